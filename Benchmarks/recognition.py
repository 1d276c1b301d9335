"""From JPEG files to decisions beside deepface and face_recognition: the same photos and cores, in turns.

    Benchmarks/recognition.py [--accuracy]

A round decodes the photos, finds the faces, encodes them, and compares each with the first. The photos are those of
$FACEPRINT_SHARED/lfw-dev, or --lfw, where they are; else the celebrities' that `faceprint model fetch` brings.

--accuracy also measures, on the pairs of lfw-dev, how often each decides rightly: the threshold is chosen on the other
folds. A photo without a face makes its pairs “another person”, as `faceprint evaluate lfw` counts them.

deepface's weights come from outside of the package index. It is given the same FaceNet as Faceprint's, as the ONNX
file of `faceprint model fetch`, for its own ONNX engine; and the same YuNet.
"""

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path

import numpy as np

from common import BENCHMARK, CORES, SHARED, Child, data_folder, rest, sample_photos

WEIGHTS = {
    "facenet_weights.onnx": "models/facenet/model.onnx",
    "facenet_weights.h5": "sources/facenet_keras.h5",
    "face_detection_yunet_2023mar.onnx": "detectors/yunet.onnx",
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


def link_weights(home):
    """Gives deepface, whose home a folder becomes, Faceprint's networks."""
    weights = Path(home) / ".deepface/weights"
    weights.mkdir(parents=True)
    for name, source in WEIGHTS.items():
        (weights / name).symlink_to(data_folder() / source)


def contenders(home):
    link_weights(home)
    os.environ |= {"DEEPFACE_HOME": home, "DEEPFACE_BACKEND_ENGINE": "onnx", "DEEPFACE_LOG_LEVEL": "40"}
    script = Path(__file__).with_name("recognition_peers.py")
    ours = {f"Faceprint {model}": Contender(BENCHMARK, "recognition", model) for model in ("fused", "facenet")}
    return ours | {name: Contender(sys.executable, script, name) for name in ("deepface", "face_recognition")}


def measure(children, photos, rounds):
    """Prints the photos a second of each, and how Faceprint compares with the faster peer in each round."""
    seconds, shares = {name: [] for name in children}, {name: [] for name in children}
    for round in range(rounds + 1):
        for name, child in children.items():
            time, share, found = child.recognise(photos)
            rest()
            if round == 0:  # It warms up.
                missing = int(np.isnan(found[:, 0]).sum())
                assert missing < len(photos) / 2, f"{name} finds no face on {missing} of {len(photos)} photos"
                print(f"{name}: no face on {missing} of {len(photos)} photos")
                continue
            seconds[name].append(time)
            shares[name].append(share)
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    fastest = min((name for name in children if "Faceprint" not in name), key=medians.get)
    print(f"\nFrom file to decision, {len(photos)} photos, {CORES} cores; {rounds} rounds in turns.\n")
    print(f"{'':20}{'photos/s':>10}{'min':>8}{'max':>8}{'cores used':>12}   × {fastest} (by round)")
    for name, times in seconds.items():
        speeds = [len(photos) / time for time in (medians[name], max(times), min(times))]
        ratios = [peer / own for peer, own in zip(seconds[fastest], times)]
        print(
            f"{name:20}{speeds[0]:10.1f}{speeds[1]:8.1f}{speeds[2]:8.1f}{statistics.median(shares[name]):12.0%}"
            f"   {medians[fastest] / medians[name]:.2f} ({min(ratios):.2f} to {max(ratios):.2f})")


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


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lfw", type=Path, default=SHARED / "lfw-dev", help="with images/ and pairs.txt")
    parser.add_argument("--photos", type=int, default=256, help="a round")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--accuracy", action="store_true")
    parser.add_argument("--pairs", type=int, help="the most pairs a fold for --accuracy, half of them of one person")
    options = parser.parse_args()
    everything = sorted((options.lfw / "images").glob("*/*.jpg")) or sample_photos()
    step = max(len(everything) // options.photos, 1)

    with tempfile.TemporaryDirectory() as home:
        children = contenders(home)
        measure(children, everything[::step][: options.photos], options.rounds)
        if options.accuracy:
            folds = read_pairs(options.lfw / "pairs.txt")
            if options.pairs:
                half = options.pairs // 2
                folds = [fold[:half] + fold[len(fold) // 2 :][:half] for fold in folds]
            print(f"\nAccuracy on {len(folds)} folds of {len(folds[0])} pairs, by fold; all photos in one round:\n")
            for name, child in children.items():
                right, missing, photos, share = accuracy(child, options.lfw / "images", folds)
                error = statistics.stdev(right) / len(right) ** 0.5
                print(
                    f"{name:20}{statistics.mean(right):8.2%} ± {error:.2%}   no face on {missing} of {photos} photos,"
                    f" {share:.0%} of the cores used")
        for child in children.values():
            child.end()


if __name__ == "__main__":
    main()
