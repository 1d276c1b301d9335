"""Finds faces with another toolkit, as a child of detection.py: for each line it finds those of all photos, and answers
with the seconds, and for each photo the number of faces and of each face x, y, width and height.

    detection_peers.py opencv|dlib NETWORK PHOTO…

NETWORK is YuNet's ONNX file. The photos are read beforehand. Each has a process for each core.
"""

import multiprocessing
import os
import sys

from common import timed

CORES = sorted(os.sched_getaffinity(0))


def opencv(network, paths):
    import cv2

    cv2.setNumThreads(1)
    photos = [cv2.imread(path) for path in paths]
    detector = cv2.FaceDetectorYN.create(network, "", (320, 320), score_threshold=0.6, nms_threshold=0.3)

    def find(photo):
        size = photo.shape[1::-1]
        # Another size makes it prepare the network anew.
        if detector.getInputSize() != size:
            detector.setInputSize(size)
        _, faces = detector.detect(photo)
        return [] if faces is None else [face[:4].tolist() for face in faces]

    return lambda: [find(photo) for photo in photos]


def dlib(_, paths):
    import face_recognition

    photos = [face_recognition.load_image_file(path) for path in paths]

    def find(photo):
        places = face_recognition.face_locations(photo)
        return [[left, top, right - left, bottom - top] for top, right, bottom, left in places]

    return lambda: [find(photo) for photo in photos]


def serve(kind, network, paths, core, connection):
    """Does rounds for another process."""
    os.sched_setaffinity(0, {core})
    find = {"opencv": opencv, "dlib": dlib}[kind](network, paths)
    connection.send("ready")
    while connection.recv():
        connection.send(find())


def main():
    kind, network, *paths = sys.argv[1:]
    context = multiprocessing.get_context("spawn")
    connections = []
    for number, core in enumerate(CORES):
        ours, theirs = context.Pipe()
        share = paths[number :: len(CORES)]
        context.Process(target=serve, args=(kind, network, share, core, theirs), daemon=True).start()
        theirs.close()  # So that an end without an answer is noticed.
        connections.append(ours)
    for connection in connections:
        connection.recv()

    def find():
        for connection in connections:
            connection.send(True)
        return [connection.recv() for connection in connections]

    for _ in sys.stdin:
        seconds, parts = timed(find)
        faces = [parts[i % len(parts)][i // len(parts)] for i in range(len(paths))]
        words = [number for photo in faces for number in (len(photo), *(side for face in photo for side in face))]
        print(seconds, *words, flush=True)
    for connection in connections:
        connection.send(False)


if __name__ == "__main__":
    main()
