#!/usr/bin/env python3
"""Writes the faces that the detectors' Python originals find, for the Swift tests to agree with.

    make-detection-reference.py yunet FILE.onnx PHOTOS OUTPUT.json
    make-detection-reference.py mtcnn FOLDER    PHOTOS OUTPUT.json

PHOTOS is a folder of folders of JPEG files, such as LFW. FILE.onnx is YuNet; FOLDER holds the file detector.py of the
package mtcnnruntime and its folder of weights. Needs NumPy and OpenCV, for MTCNN ONNX Runtime too. The output holds
numbers only: for every seventh photo by name its path and its faces, and the faces of three group photos composed of
these: as they are, a quarter as large, and turned by 30 degrees to either side. A face is [x, y, width, height, ten
numbers of the landmarks x, y from the viewer's left to right, score], in pixels.
"""
import json
import pathlib
import sys

import cv2
import numpy as np

kind, network, folder, output = sys.argv[1:]
folder = pathlib.Path(folder)
photos = sorted(folder.glob("*/*.jpg"), key=lambda path: path.relative_to(folder).as_posix())[::7]


def yunet():
    detector = cv2.FaceDetectorYN.create(network, "", (32, 32), 0.6, 0.3, 5000)

    def detect(photo):
        detector.setInputSize((photo.shape[1], photo.shape[0]))
        found = detector.detect(photo)[1]
        return [] if found is None else found.tolist()

    return detect


def mtcnn():
    sys.path.insert(0, network)
    import detector

    # The original cuts its boxes off at the photo's edges when it copies the pixels below them, by writing to an array
    # that it doesn't own, and then measures landmarks from the cut boxes. With a copy they are where the network said.
    crop = detector.get_image_boxes
    detector.get_image_boxes = lambda boxes, *rest, **named: crop(boxes.copy(), *rest, **named)
    original = detector.MTCNN()

    def detect(photo):
        boxes, landmarks = original.detect(photo)
        return [
            [box[0], box[1], box[2] - box[0] + 1, box[3] - box[1] + 1, *np.ravel((points[:5], points[5:]), order="F"), box[4]]
            for box, points in zip(np.asarray(boxes).tolist(), np.asarray(landmarks).tolist())
        ]

    return detect


def quarter(photo):
    """Means of 4 by 4 pixels."""
    height, width = photo.shape[0] // 4, photo.shape[1] // 4
    blocks = photo[: height * 4, : width * 4].reshape(height, 4, width, 4, 3).astype(int)
    return ((blocks.sum((1, 3)) + 8) // 16).astype(np.uint8)


def turned(photo, sine):
    """Turned around its middle in whole numbers, so that Swift makes the same; sine and cosine are in 65536ths."""
    height, width = photo.shape[:2]
    y, x = np.mgrid[:height, :width].astype(int)
    y, x = y - height // 2, x - width // 2
    source_x = ((x * 56756 + y * sine + 32768) >> 16) + width // 2
    source_y = ((y * 56756 - x * sine + 32768) >> 16) + height // 2
    inside = (source_x >= 0) & (source_x < width) & (source_y >= 0) & (source_y < height)
    result = np.zeros_like(photo)
    result[inside] = photo[source_y[inside], source_x[inside]]
    return result


def group(photos, columns, rows, step):
    """The first columns * rows photos on a black canvas, row by row."""
    canvas = np.zeros((rows * step, columns * step, 3), np.uint8)
    for i, photo in enumerate(photos[: columns * rows]):
        y, x = i // columns * step, i % columns * step
        canvas[y : y + photo.shape[0], x : x + photo.shape[1]] = photo
    return canvas


def rounded(faces):
    return [[round(float(number), 3) for number in face] for face in faces]


detect = {"yunet": yunet, "mtcnn": mtcnn}[kind]()
pixels = [cv2.imread(str(path)) for path in photos]
groups = {
    "whole": group(pixels, 4, 3, 256),
    "quarter": group([quarter(photo) for photo in pixels], 16, 12, 64),
    "turned": group([turned(photo, 32768 if i % 2 == 0 else -32768) for i, photo in enumerate(pixels)], 4, 3, 256),
}
faces = {path.relative_to(folder).as_posix(): rounded(detect(photo)) for path, photo in zip(photos, pixels)}
faces |= {name: rounded(detect(photo)) for name, photo in groups.items()}
with open(output, "w") as file:
    lines = ",\n".join(f"{json.dumps(path)}: {json.dumps(found)}" for path, found in faces.items())
    file.write("{\n" + lines + "\n}\n")
print(len(photos), "photos,", sum(map(len, faces.values())), "faces;", {name: len(faces[name]) for name in groups})
