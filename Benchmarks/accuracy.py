"""Accuracy by model, profile, mirror image, arithmetic and detector, as `faceprint evaluate lfw` measures it, as a table
in Markdown.

    Benchmarks/accuracy.py [--lfw FOLDER]

FOLDER holds images/ and pairs.txt; by default it is $FACEPRINT_SHARED/lfw-dev.
"""

import argparse
import json
import subprocess
from pathlib import Path

from common import FACEPRINT, SHARED

# Model, profile (“” for the model's own), mirror image, arithmetic, detector (“–” where no face is looked for).
VARIANTS = [
    ("facenet", "assignment", False, "bf16", "–"),
    ("facenet", "standardized", False, "bf16", "–"),
    ("facenet", "box", False, "bf16", "yunet"),
    ("facenet", "box", True, "bf16", "yunet"),
    ("facenet", "arcface", False, "bf16", "yunet"),
    ("facenet", "warp", False, "bf16", "yunet"),
    ("facenet", "warp", False, "f32", "yunet"),
    ("facenet", "warp", True, "bf16", "yunet"),
    ("facenet", "box", False, "bf16", "mtcnn"),
    ("facenet", "warp", False, "bf16", "mtcnn"),
    ("sface", "sface", False, "bf16", "yunet"),
    ("sface", "sface", False, "f32", "yunet"),
    ("sface", "sface", True, "bf16", "yunet"),
    ("sface", "sface", False, "bf16", "mtcnn"),
    ("fused", "", False, "bf16", "yunet"),
    ("fused", "", False, "f32", "yunet"),
    ("fused", "", True, "bf16", "yunet"),
    ("fused", "", True, "f32", "yunet"),
    ("fused", "", False, "bf16", "mtcnn"),
    ("fused", "", True, "bf16", "mtcnn"),
]


def evaluate(folder, model, profile, mirror, precision, detector):
    command = [FACEPRINT, "evaluate", "lfw", folder / "images", "--pairs", folder / "pairs.txt", "--json"]
    command += ["--model", model, "--precision", precision]
    command += ["--profile", profile] * bool(profile) + ["--mirror"] * mirror
    command += ["--detector", detector] * (detector != "–")
    words = [str(word) for word in command]
    return json.loads(subprocess.run(words, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout)


def accepted(report, rate):
    """The share of all genuine pairs that is accepted at a false match rate."""
    level = next(level for level in report["rates"]["levels"] if abs(level["wantedFMR"] / rate - 1) < 1e-6)
    return 1 - level["point"]["fnmr"]["value"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lfw", type=Path, default=SHARED / "lfw-dev")
    folder = parser.parse_args().lfw
    print("| model | profile | mirror | arithmetic | detector | accuracy | VAL @ FAR 1e-3 | EER | TAR @ 1e-4 | TAR @ 1e-5"
          " | ms a photo | no face |")
    print("|---|---|---|---|---|---|---|---|---|---|---|---|")
    for model, profile, mirror, precision, detector in VARIANTS:
        report = evaluate(folder, model, profile, mirror, precision, detector)
        folds = report["folds"]
        print(
            f"| {model} | {profile or 'its own'} | {'yes' if mirror else ''} | {precision} | {detector}"
            f" | {folds['accuracy']['mean']:.2%} ± {folds['accuracy']['standardError']:.2%}"
            f" | {folds['validationRate']['mean']:.2%} | {report['rates']['equalErrorRate']['rate']:.2%}"
            f" | {accepted(report, 1e-4):.2%} | {accepted(report, 1e-5):.2%} | {1000 / report['photosPerSecond']:.1f}"
            f" | {report['refusedPhotos']['count']} |", flush=True)


if __name__ == "__main__":
    main()
