"""Training FaceNet beside TensorFlow and PyTorch: the same network and weights, batch and cores, in turns.

    Benchmarks/training.py [--batch 24] [--rounds 5] [--steps 3]

A step is forward with the batch's statistics, the loss of batch/3 triplets, backward, gradient descent with momentum;
in f32, and with bf16 as each engine offers it. Each contender is a process that reads lines from standard input. A line
says how many steps to take; the answer is a line that begins with how many photos a second they took in. At the end of
the input it ends. Ours is `FaceprintBenchmark train --batch 24 --precision f32|bf16`.

TensorFlow is that of .tools/tensorflow or $FACEPRINT_TENSORFLOW_PYTHON, PyTorch that of .tools/bench-training or
$FACEPRINT_BENCH_TRAINING_PYTHON, both of Scripts/python-env. What is missing is left out. Of an engine's variants, the
one that is fastest in a trial takes part.
"""

import argparse
import os
import statistics
import subprocess
from pathlib import Path

from common import BENCHMARK, CORES, Child, data_folder, rest

TOOLS = Path(__file__).resolve().parents[1] / ".tools"
# By name: the module, the Python, and what training_peers.py has of it.
PEERS = {
    "TensorFlow": (
        "tensorflow", os.environ.get("FACEPRINT_TENSORFLOW_PYTHON") or TOOLS / "tensorflow/bin/python",
        ["graph", "xla"]),
    "PyTorch": (
        "torch", os.environ.get("FACEPRINT_BENCH_TRAINING_PYTHON") or TOOLS / "bench-training/bin/python",
        ["channels_last", "channels_first", "compiled"]),
}
# That memory goes from one step to the next without the system makes PyTorch a fifth faster, and TensorFlow no slower.
KEEPING_MEMORY = ["env", f"MALLOC_MMAP_THRESHOLD_={2**32}", f"MALLOC_TRIM_THRESHOLD_={2**33}"]
PRECISIONS = ["f32"] + ["bf16"] * ("bf16" in Path("/proc/cpuinfo").read_text())
# Of the loss before the first step, relative to that of the first peer in f32.
TOLERANCES = {"f32": 1e-3, "bf16": 5e-2}


def version(name):
    """None where the engine can't be imported."""
    module, python, _ = PEERS[name]
    script = f"import {module}; print({module}.__version__)"
    try:
        found = subprocess.run([python, "-c", script], capture_output=True, text=True)
    except FileNotFoundError:
        return None
    return found.stdout.strip() if found.returncode == 0 else None


def peer(name, variant, precision, batch):
    script, model = Path(__file__).with_name("training_peers.py"), data_folder() / "sources/facenet_keras.h5"
    return Child(*KEEPING_MEMORY, PEERS[name][1], script, name.lower(), variant, precision, model, batch)


def fastest(name, precision, arguments):
    """Starts the variant of a peer that was fastest in a trial."""
    speeds = {}
    for variant in PEERS[name][2]:
        child = peer(name, variant, precision, arguments.batch)
        try:
            child.round(1)
            speeds[variant] = max(child.round(arguments.steps)[0] for _ in range(2))
        except SystemExit:
            # Such as PyTorch's compiler, where there is none of C++.
            print(f"{name} can't train in {precision} as “{variant}”")
        child.end()
    tried = ", ".join(f"{variant} {speed:.1f}" for variant, speed in speeds.items())
    print(f"{name} in {precision}, a trial: {tried} photos a second", flush=True)
    return peer(name, max(speeds, key=speeds.get), precision, arguments.batch)


def ours(precision, batch):
    """None where the benchmark isn't built, or can't train."""
    command = [BENCHMARK, "train", "--batch", str(batch), "--precision", precision]
    if not BENCHMARK.exists() or subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True).returncode:
        return None
    return Child(*command)


def contenders(arguments):
    """The contenders' processes by name, in the order of their turns."""
    children = {}
    for name in PEERS:
        found = version(name)
        if found is None:
            print(f"skipped: {name}, which {PEERS[name][1]} can't import")
            continue
        print(f"{name} {found}")
        children |= {f"{name} {precision}": fastest(name, precision, arguments) for precision in PRECISIONS}
    own = {f"Faceprint {precision}": ours(precision, arguments.batch) for precision in PRECISIONS}
    if None in own.values():
        print(f"skipped: Faceprint, of which {BENCHMARK} can't train")
    return children | {name: child for name, child in own.items() if child}


def warm_up(children):
    """Takes one step each, and checks that the peers train the same network."""
    losses = {name: float(words[0]) for name, child in children.items() if (words := child.round(1)[1])}
    expected = next(iter(losses.values()), None)
    for name, loss in losses.items():
        tolerance = TOLERANCES[name.split()[1]]
        assert abs(loss - expected) <= tolerance * expected, f"{name}'s loss is {loss}, not {expected}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--batch", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--steps", type=int, default=3)
    arguments = parser.parse_args()

    children = contenders(arguments)
    warm_up(children)
    speeds = {name: [] for name in children}
    for _ in range(arguments.rounds):
        for name, child in children.items():
            speeds[name].append(child.round(arguments.steps)[0])
            rest()

    medians = {name: statistics.median(found) for name, found in speeds.items()}
    peers = {name: speed for name, speed in medians.items() if "Faceprint" not in name}
    print(f"\nPhotos a second in batches of {arguments.batch}, {CORES} cores; medians of {arguments.rounds} rounds in "
          f"turns, of {arguments.steps} steps each.\n")
    print(f"{'':18}{'photos/s':>10}{'lowest':>10}{'highest':>10}{'/fastest peer':>16}{'peak memory':>16}")
    for name, speed in medians.items():
        best = max((peers[peer] for peer in peers if peer.split()[1] == name.split()[1]), default=None)
        ratio = f"{speed / best:.2f}" if best else "–"
        peak = f"{children[name].peak_memory() / 1e6:.0f} MB"
        print(f"{name:18}{speed:10.2f}{min(speeds[name]):10.2f}{max(speeds[name]):10.2f}{ratio:>16}{peak:>16}")
    for child in children.values():
        child.end()
    print()
    for precision in PRECISIONS:
        if (name := f"Faceprint {precision}") in medians:
            print(share_of_peak(precision, arguments.batch, medians[name]))


def share_of_peak(precision, batch, photos_per_second):
    """Of what oneDNN's convolutions reach here at their best, forward and backward."""
    command = [BENCHMARK, "training-peak", "--batch", str(batch), "--precision", precision]
    operations, peak = map(float, subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())
    reached = operations * photos_per_second
    return (f"Faceprint in {precision}: {reached:.0f} of oneDNN's {peak:.0f} billion operations a second, "
            f"{100 * reached / peak:.0f} %; a photo takes {operations:.2f}")


if __name__ == "__main__":
    main()
