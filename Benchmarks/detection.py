"""Finding faces with YuNet beside OpenCV's FaceDetectorYN and dlib: the same photos and cores, in turns.

    Benchmarks/detection.py [--rounds 7] [--photos 192]

A round finds the faces of all photos, which are in memory beforehand, at most 640 pixels wide and high. OpenCV has the
same network and the same input: it must find the same faces. It has a process a core, which is faster than its own
threads. dlib, by face_recognition, has another way (HOG), finds no landmarks, and is given a part of the photos.

The photos are those of $FACEPRINT_SHARED/lfw-dev, or --lfw, where they are; else the celebrities' that `faceprint model
fetch` brings.
"""

import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from common import BENCHMARK, CORES, SHARED, Child, data_folder, rest, test_photos
from results import Part, Row, Table, options_parser, versions

LONGEST_SIDE = 640
# By name: the package, what detection_peers.py calls it, and of how many photos it is given one.
PEERS = {
    "OpenCV": ("cv2", "opencv", 1),
    "dlib, HOG": ("face_recognition", "dlib", 8),
}
SEARCH, WHOLE = "Faceprint", "Faceprint, with a closer look"
# The smallest share of photos with as many faces by OpenCV, and the smallest intersection over union of a face.
SAME_COUNT = 0.98
SAME_PLACE = 0.9


def prepare(paths, folder):
    """Writes the photos without loss, and shrinks large ones; returns the files."""
    import cv2

    files = []
    for number, path in enumerate(paths):
        picture = cv2.imread(str(path))
        scale = LONGEST_SIDE / max(picture.shape[:2])
        if scale < 1:
            picture = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        files.append(f"{folder}/{number:05}.png")
        cv2.imwrite(files[-1], picture)
    return files


def boxes(words):
    """For each photo its boxes: x, y, width, height."""
    numbers = iter(map(float, words))
    found = []
    for count in numbers:
        found.append([tuple(next(numbers) for _ in range(4)) for _ in range(int(count))])
    return found


def intersection_over_union(one, other):
    sides = [
        max(min(one[i] + one[i + 2], other[i] + other[i + 2]) - max(one[i], other[i]), 0) for i in (0, 1)]
    common = sides[0] * sides[1]
    return common / (one[2] * one[3] + other[2] * other[3] - common)


def compare(found, expected):
    """The share of photos with as many faces, and the smallest intersection over union of a face on those."""
    same = [(mine, others) for mine, others in zip(found, expected) if len(mine) == len(others)]
    places = [max(intersection_over_union(face, other) for other in others) for mine, others in same for face in mine]
    return len(same) / len(expected), min(places, default=0)


def main():
    parser = options_parser(__doc__, rounds=7)
    parser.add_argument("--lfw", type=Path, default=SHARED / "lfw-dev", help="with images/")
    parser.add_argument("--photos", type=int, default=192, help="a round")
    options = parser.parse_args()
    everything, source = test_photos(options.lfw)
    chosen = everything[:: max(len(everything) // options.photos, 1)][: options.photos]

    part = Part(
        "detection", "Detection",
        versions=versions("opencv-contrib-python-headless", "dlib-bin", "face-recognition"))
    with tempfile.TemporaryDirectory() as folder:
        files = prepare(chosen, folder)
        ours = Child(BENCHMARK, "detection", *files)
        rounds = {SEARCH: (ours, "search", 1), WHOLE: (ours, "whole", 1)}
        script = Path(__file__).with_name("detection_peers.py")
        for name, (package, kind, step) in PEERS.items():
            if not find_spec(package):
                part.missing.append(f"{name}, which this Python hasn't.")
                continue
            network = data_folder() / "detectors/yunet.onnx"
            rounds[name] = (Child(sys.executable, script, kind, network, *files[::step]), "round", step)

        speeds, details, found = {name: [] for name in rounds}, {}, {}
        for round in range(options.rounds + 1):
            for name, (child, word, step) in rounds.items():
                seconds, words = child.round(word)
                rest()
                if round:
                    speeds[name].append(len(files[::step]) / seconds)
                    continue
                found[name] = boxes(words)
                details[name] = {
                    "photos": f"{len(found[name])}", "faces": f"{sum(map(len, found[name]))}"}
        for child in dict.fromkeys(child for child, *_ in rounds.values()):
            child.end()

    table = Table(
        "Finding faces", "photos/s",
        [Row(name, speeds[name], "Faceprint" in name, details=details[name]) for name in rounds])
    if peer := next((name for name in found if "OpenCV" in name), None):
        share, place = compare(found[SEARCH], found[peer])
        assert share >= SAME_COUNT and place >= SAME_PLACE, (
            f"Faceprint and OpenCV find as many faces on {share:.1%} of the photos, with an overlap of {place:.3f}")
        table.notes.append(
            f"Faceprint and OpenCV find as many faces on {share:.1%} of the photos; there, a face of one and that of the "
            f"other have at least {place:.3f} of their area in common.")
    part.tables = [table]
    part.about = (
        f"YuNet on {len(files)} {source}, in memory beforehand, {CORES} cores for each. OpenCV's FaceDetectorYN has the "
        f"same network, input and threshold, and a process a core, which is faster than its own threads. “With a closer "
        f"look” is what Faceprint's commands do: each face is looked at again for its landmarks, in the arithmetic that "
        f"suits the processor; the other is in f32. dlib's detector "
        f"(HOG, by face_recognition, a process a core) is another method, without landmarks.")
    part.publish(options.json)


if __name__ == "__main__":
    main()
