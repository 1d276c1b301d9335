"""From JPEG files to decisions beside deepface and face_recognition: the same photos and cores, in turns.

    Benchmarks/recognition.py [--rounds 5] [--photos 96] [--accuracy]

A round decodes the photos, finds the faces, encodes them, and compares each with the first. The photos are those of
$FACEPRINT_SHARED/lfw-dev, or --lfw, where they are; else the celebrities' that `faceprint model fetch` brings.

Faceprint takes part with the models fused and facenet, and with those of their quantised forms that are in the
catalogue. deepface takes part twice: tuned, with its ONNX engine, a process a core and batches; and as its users call
it, a photo at a time by TensorFlow, in one process that may use all cores. The peers that are slow are given fewer of
the photos.

--accuracy also measures, on the pairs of lfw-dev, how often each decides rightly: the threshold is chosen on the other
folds. A photo without a face makes its pairs “another person”, as `faceprint evaluate lfw` counts them.

deepface's weights come from outside of the package index. It is given the same FaceNet as Faceprint's, as the files of
`faceprint model fetch`; and the same YuNet.
"""

import os
import statistics
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from common import BENCHMARK, CORES, SHARED, Child, data_folder, has_model, rest, test_photos
from results import Part, Row, Table, options_parser, versions

WEIGHTS = {
    "facenet_weights.onnx": "models/facenet/model.onnx",
    "facenet_weights.h5": "sources/facenet_keras.h5",
    "face_detection_yunet_2023mar.onnx": "detectors/yunet.onnx",
}
MODELS = ["fused", "facenet", "fused-int8", "facenet-int8"]
TUNED, PLAIN = "deepface, tuned", "deepface, as its users call it"
# By name: the packages, what recognition_peers.py calls it, its engine, and of how many photos it is given one.
PEERS = {
    TUNED: (["deepface"], "deepface", "onnx", 1),
    PLAIN: (["deepface", "tensorflow"], "deepface-plain", "tensorflow", 8),
    "face_recognition": (["face_recognition"], "face_recognition", "", 2),
}


def processor_seconds(pid):
    """Of a process and its children, user's and system's."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(processor_seconds(child) for child in children)


class Contender(Child):
    def recognise(self, photos):
        """Returns the seconds, the share of the cores' time that it used, and the embeddings, [photo][numbers]."""
        with tempfile.NamedTemporaryFile("w") as file:
            print(*photos, sep="\n", file=file, flush=True)
            before = processor_seconds(self.process.pid)
            seconds, numbers = self.round(file.name)
            used = processor_seconds(self.process.pid) - before
        return seconds, used / seconds / CORES, np.array(numbers, np.float32).reshape(len(photos), -1)

    def stages(self):
        """Where the time of a photo went on its lane, of which two share a core: its stages in words."""
        words = self.round("stages")[1]
        stages = [(words[i], float(words[i + 1]), int(words[i + 2])) for i in range(0, len(words), 3)]
        return ", ".join(f"{name} {seconds / count * 1e3:.2f} ms" for name, seconds, count in stages if seconds > 0)


def link_weights(home):
    """Gives deepface, whose home a folder becomes, Faceprint's networks."""
    weights = Path(home) / ".deepface/weights"
    weights.mkdir(parents=True)
    for name, source in WEIGHTS.items():
        (weights / name).symlink_to(data_folder() / source)


def contenders(home):
    """Each contender's process, and of how many photos it is given one, by name."""
    link_weights(home)
    os.environ |= {"DEEPFACE_HOME": home, "DEEPFACE_LOG_LEVEL": "40", "TF_CPP_MIN_LOG_LEVEL": "3"}
    script = Path(__file__).with_name("recognition_peers.py")
    found = {f"Faceprint {name}": (Contender(BENCHMARK, "recognition", name), 1) for name in MODELS if has_model(name)}
    for name, (packages, toolkit, engine, step) in PEERS.items():
        if all(find_spec(package) for package in packages):
            engine = ["env", f"DEEPFACE_BACKEND_ENGINE={engine}"]
            found[name] = (Contender(*engine, sys.executable, script, toolkit), step)
    return found


def measure(children, photos, rounds):
    """The table. The first round warms up, and says how many faces each finds."""
    speeds, shares = {name: [] for name in children}, {name: [] for name in children}
    details = {}
    for round in range(rounds + 1):
        for name, (child, step) in children.items():
            given = photos[::step]
            time, share, found = child.recognise(given)
            rest()
            if round == 0:
                missing = int(np.isnan(found[:, 0]).sum())
                assert missing < len(given) / 2, f"{name} finds no face on {missing} of {len(given)} photos"
                details[name] = {"photos": f"{len(given)}", "without a face": f"{missing}"}
                continue
            speeds[name].append(len(given) / time)
            shares[name].append(share)
    rows = [
        Row(name, speeds[name], "Faceprint" in name,
            details=details[name] | {"cores used": f"{statistics.median(shares[name]):.0%}"})
        for name in children]
    table = Table("From file to decision", "photos/s", rows)
    table.notes += [
        f"{name}, a photo on its lane, of which two share a core: {child.stages()}."
        for name, (child, _) in children.items() if "Faceprint" in name]
    table.bases = list(dict.fromkeys([table.fastest_peer().name, PLAIN])) if table.fastest_peer() else []
    return table


def read_pairs(path):
    """Returns by fold the pairs of photos, as paths below the folder of people, and whether they show one person."""
    head, *lines = [line.split() for line in path.read_text().splitlines() if line.strip()]
    size = 2 * int(head[1])
    pairs = []
    for words in lines:
        one, other = (words[0], words[0]) if len(words) == 3 else (words[0], words[2])
        first, second = int(words[1]), int(words[-1])
        pairs.append((f"{one}/{one}_{first:04}.jpg", f"{other}/{other}_{second:04}.jpg", len(words) == 3))
    return [pairs[i : i + size] for i in range(0, len(pairs), size)]


def best_threshold(distances, same):
    """The one at which most are right."""
    candidates = np.unique(distances[np.isfinite(distances)])
    return max(candidates, key=lambda threshold: ((distances <= threshold) == same).sum())


def accuracy(child, folder, folds):
    """Returns each fold's share of right decisions at the other folds' best threshold, and photos without a face."""
    photos = sorted({photo for fold in folds for pair in fold for photo in pair[:2]})
    _, share, found = child.recognise([folder / photo for photo in photos])
    embeddings = dict(zip(photos, found))
    distances = [np.array([np.linalg.norm(embeddings[a] - embeddings[b]) for a, b, _ in fold]) for fold in folds]
    distances = [np.where(np.isnan(fold), np.inf, fold) for fold in distances]
    same = [np.array([pair[2] for pair in fold]) for fold in folds]
    right = []
    for i in range(len(folds)):
        others = [j for j in range(len(folds)) if j != i]
        threshold = best_threshold(*(np.concatenate([of[j] for j in others]) for of in (distances, same)))
        right.append(((distances[i] <= threshold) == same[i]).mean())
    return right, int(np.isnan(found[:, 0]).sum()), len(photos), share


def print_accuracies(children, options):
    folds = read_pairs(options.lfw / "pairs.txt")
    if options.pairs:
        half = options.pairs // 2
        folds = [fold[:half] + fold[len(fold) // 2 :][:half] for fold in folds]
    print(f"\nAccuracy on {len(folds)} folds of {len(folds[0])} pairs, by fold; all photos in one round:\n")
    for name, (child, _) in children.items():
        right, missing, photos, share = accuracy(child, options.lfw / "images", folds)
        error = statistics.stdev(right) / len(right) ** 0.5
        print(
            f"{name:32}{statistics.mean(right):8.2%} ± {error:.2%}   no face on {missing} of {photos} photos,"
            f" {share:.0%} of the cores used")


def main():
    parser = options_parser(__doc__, rounds=5)
    parser.add_argument("--lfw", type=Path, default=SHARED / "lfw-dev", help="with images/ and pairs.txt")
    parser.add_argument("--photos", type=int, default=96, help="a round")
    parser.add_argument("--accuracy", action="store_true")
    parser.add_argument("--pairs", type=int, help="the most pairs a fold for --accuracy, half of them of one person")
    options = parser.parse_args()
    everything, source = test_photos(options.lfw)
    photos = everything[:: max(len(everything) // options.photos, 1)][: options.photos]

    part = Part(
        "recognition", "From file to decision",
        versions=versions(
            "deepface", "face-recognition", "dlib-bin", "tensorflow-cpu", "onnxruntime", "opencv-contrib-python-headless"))
    with tempfile.TemporaryDirectory() as home:
        children = contenders(home)
        part.missing = [f"{name}, which this Python hasn't." for name in PEERS if name not in children]
        part.missing += [
            f"{name}, which is not in the catalogue." for name in MODELS if f"Faceprint {name}" not in children]
        part.tables = [measure(children, photos, options.rounds)]
        if options.accuracy:
            print_accuracies(children, options)
        for child, _ in children.values():
            child.end()
    part.about = (
        f"JPEG files are decoded, faces found and encoded, and each compared with the first: {len(photos)} {source}, "
        f"{CORES} cores for each; slow peers are given a part of them. deepface has the same FaceNet and YuNet as "
        f"Faceprint. “Tuned” is its ONNX engine, a process a core, with photos in batches; “as its users call it” is "
        f"`DeepFace.represent` for a photo at a time, by TensorFlow, in one process that may use all cores. "
        f"face_recognition has a process a core.")
    part.publish(options.json)


if __name__ == "__main__":
    main()
