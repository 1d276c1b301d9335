"""Encoding with FaceNet beside ONNX Runtime and TensorFlow: the same photos, weights and cores, in turns.

    Benchmarks/encoding.py

A round encodes 32 photos in batches of 1, 8 or 32. Each contender starts from the same bytes, 160×160 pixels of
each photo, brings them to 0…1 and gives embeddings.
Faceprint is used as its command does: in latency mode for one photo, in throughput mode for more.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from common import BENCHMARK, CORES, SHARED, Child, data_folder, rest, sample_photos

PHOTOS = 32
BATCHES = [1, 8, 32]
ROUNDS = 21
TOLERANCES = {"TensorFlow": 0, "ONNX Runtime": 1e-4, "Faceprint f32": 1e-4, "Faceprint bf16": 5e-2}


def peer(engine, pictures):
    models = {"onnxruntime": "models/facenet/model.onnx", "tensorflow": "sources/facenet_keras.h5"}
    script = Path(__file__).with_name("encoding_peers.py")
    return Child(sys.executable, script, engine, data_folder() / models[engine], pictures)


def encode(child, batch):
    """Returns the seconds and the embeddings, [photo][128]."""
    seconds, numbers = child.round(batch)
    return seconds, np.array(numbers, np.float32).reshape(-1, 128)


def difference(found, expected):
    """The largest relative difference of an embedding."""
    return (np.linalg.norm(found - expected, axis=1) / np.linalg.norm(expected, axis=1)).max()


def check_golden():
    """The network that TensorFlow runs here must be the one whose embeddings are known."""
    golden = SHARED / "golden"
    if not golden.is_dir():
        return
    expected = np.fromfile(golden / "seed_embeddings_raw.f32", np.float32).reshape(-1, 128)
    child = peer("tensorflow", golden / "seed_pixels_160.u8")
    error = difference(encode(child, PHOTOS)[1], expected)
    child.end()
    assert error < 1e-4, f"TensorFlow's embeddings differ by {error:.1e} from the golden ones"
    print(f"TensorFlow's embeddings of the golden pictures differ by {error:.0e} from the known ones.")


def contenders(pictures):
    """By batch, the contenders' processes by name, in the order of their turns."""
    precisions = ["f32"] + ["bf16"] * ("bf16" in Path("/proc/cpuinfo").read_text())
    peers = {"TensorFlow": peer("tensorflow", pictures), "ONNX Runtime": peer("onnxruntime", pictures)}
    ours = {
        mode: {f"Faceprint {name}": Child(BENCHMARK, "encoding", pictures, name, mode) for name in precisions}
        for mode in ("latency", "throughput")
    }
    return {batch: peers | ours["latency" if batch == 1 else "throughput"] for batch in BATCHES}


def measure(children, batch):
    """Returns the median of the seconds by name. What each finds is checked in the first round, which warms up."""
    seconds = {name: [] for name in children}
    for round in range(ROUNDS + 1):
        found = {}
        for name, child in children.items():
            time, found[name] = encode(child, batch)
            seconds[name].append(time)
            rest()
        for name in children if round == 0 else ():
            error = difference(found[name], found["TensorFlow"])
            assert error <= TOLERANCES[name], f"{name}'s embeddings in batches of {batch} differ by {error:.1e}"
    return {name: statistics.median(times[1:]) for name, times in seconds.items()}


def main():
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    check_golden()
    with tempfile.NamedTemporaryFile() as pictures:
        subprocess.run([BENCHMARK, "pictures", pictures.name, *sample_photos()[:PHOTOS]], check=True)
        children = contenders(pictures.name)
        medians = {batch: measure(children[batch], batch) for batch in BATCHES}

    names = list(children[1])
    ours, peers = [name for name in names if "Faceprint" in name], [name for name in names if "Faceprint" not in name]
    columns = peers + ours
    print(f"Photos a second, {CORES} cores; medians of {ROUNDS} rounds in turns.\n")
    ratios = [f"{name.split()[1]}/fastest" for name in ours]
    print(f"{'':12}" + "".join(f"{name:>16}" for name in columns + ratios))
    for batch, median in medians.items():
        best = min(median[name] for name in peers)
        speeds = "".join(f"{PHOTOS / median[name]:16.1f}" for name in columns)
        print(f"batch {batch:<6}{speeds}" + "".join(f"{best / median[name]:16.2f}" for name in ours))
    for batch in 1, 32:
        peaks = "".join(f"{children[batch][name].peak_memory() / 1e6:13.0f} MB" for name in columns)
        print(f"{'peak memory':12}{peaks}   {'one by one' if batch == 1 else 'in batches'}")
    child = children[1]["Faceprint f32"]
    share = statistics.median(child.round("prepare")[0] for _ in range(ROUNDS)) / medians[1]["Faceprint f32"]
    print(f"\nThe pixels' way to floats takes {share:.1%} of our time in f32.")


if __name__ == "__main__":
    main()
