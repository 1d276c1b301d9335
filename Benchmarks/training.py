"""Training FaceNet beside TensorFlow and PyTorch: the same network and weights, batch and cores, in turns.

    Benchmarks/training.py [--rounds 5] [--batch 24] [--steps 2] [--compiled]

A step is forward with the batch's statistics, the loss of batch/3 triplets, backward, gradient descent with momentum;
in f32, and with bf16 as each engine offers it. Each contender is a process that reads lines from standard input. A line
says how many steps to take; the answer is a line that begins with how many photos a second they took in. At the end of
the input it ends. Ours is `FaceprintBenchmark train --batch 24 --precision f32|bf16`.

TensorFlow is that of .tools/tensorflow or $FACEPRINT_TENSORFLOW_PYTHON, PyTorch that of .tools/bench-training or
$FACEPRINT_BENCH_TRAINING_PYTHON, both of Scripts/python-env. What is missing is left out. Of an engine's variants, the
one that is fastest in a trial takes part; --compiled tries those as well that take a minute to be compiled.
"""

import os
import subprocess
from pathlib import Path

from common import BENCHMARK, CORES, HAS_BF16, Child, data_folder, rest
from results import Part, Row, Table, options_parser

TOOLS = Path(__file__).resolve().parents[1] / ".tools"
# By name: the module, the Python, and what training_peers.py has of it, without and with its compiler.
PEERS = {
    "TensorFlow": (
        "tensorflow", os.environ.get("FACEPRINT_TENSORFLOW_PYTHON") or TOOLS / "tensorflow/bin/python",
        ["graph"], ["xla"]),
    "PyTorch": (
        "torch", os.environ.get("FACEPRINT_BENCH_TRAINING_PYTHON") or TOOLS / "bench-training/bin/python",
        ["channels_last", "channels_first"], ["compiled"]),
}
# That memory goes from one step to the next without the system makes PyTorch a fifth faster, and TensorFlow no slower.
KEEPING_MEMORY = ["env", f"MALLOC_MMAP_THRESHOLD_={2**32}", f"MALLOC_TRIM_THRESHOLD_={2**33}"]
PRECISIONS = ["f32"] + ["bf16"] * HAS_BF16
# Of the loss before the first step, relative to that of the first peer in f32.
TOLERANCES = {"f32": 1e-3, "bf16": 5e-2}


def version(name):
    """None where the engine can't be imported."""
    module, python, *_ = PEERS[name]
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
    """Starts the variant of a peer that was fastest in a trial; returns its name as well."""
    *_, variants, compiled = PEERS[name]
    if arguments.compiled:
        variants = variants + compiled
    if len(variants) == 1:
        return peer(name, variants[0], precision, arguments.batch), variants[0]
    speeds = {}
    for variant in variants:
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
    chosen = max(speeds, key=speeds.get)
    return peer(name, chosen, precision, arguments.batch), chosen


def ours(precision, batch):
    """None where the benchmark isn't built, or can't train."""
    command = [BENCHMARK, "train", "--batch", str(batch), "--precision", precision]
    if not BENCHMARK.exists() or subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True).returncode:
        return None
    return Child(*command)


def contenders(arguments, part):
    """The contenders' processes and variants by name, in the order of their turns."""
    children = {}
    for name in PEERS:
        found = version(name)
        if found is None:
            part.missing.append(f"{name}, which {PEERS[name][1]} can't import.")
            continue
        part.versions[name] = found
        children |= {f"{name} {precision}": fastest(name, precision, arguments) for precision in PRECISIONS}
    for precision in PRECISIONS:
        if child := ours(precision, arguments.batch):
            children[f"Faceprint {precision}"] = child, "–"
        else:
            part.missing.append(f"Faceprint in {precision}: the benchmark is not built, or without the trait Training.")
    return children


def warm_up(children):
    """Takes one step each, and checks that the peers train the same network."""
    losses = {name: float(words[0]) for name, (child, _) in children.items() if (words := child.round(1)[1])}
    expected = next(iter(losses.values()), None)
    for name, loss in losses.items():
        tolerance = TOLERANCES[name.split()[1]]
        assert abs(loss - expected) <= tolerance * expected, f"{name}'s loss is {loss}, not {expected}"


def operations():
    """How many billions of them a photo takes in training."""
    child = Child(BENCHMARK, "limits")
    _, (training,) = child.round("operations")
    child.end()
    return float(training)


def main():
    parser = options_parser(__doc__, rounds=5)
    parser.add_argument("--batch", type=int, default=24)
    parser.add_argument("--steps", type=int, default=2, help="a round")
    parser.add_argument("--compiled", action="store_true", help="also try TensorFlow's XLA and PyTorch's compiler")
    arguments = parser.parse_args()

    part = Part("training", "Training")
    if not HAS_BF16:
        part.missing.append("bf16, which this processor hasn't.")
    children = contenders(arguments, part)
    warm_up(children)
    speeds = {name: [] for name in children}
    for _ in range(arguments.rounds):
        for name, (child, _) in children.items():
            speeds[name].append(child.round(arguments.steps)[0])
            rest()
    work = operations()
    for precision in PRECISIONS:
        rows = [
            Row(name, speeds[name], "Faceprint" in name, precision, work,
                {"variant": variant, "peak memory": f"{child.peak_memory() / 1e6:.0f} MB"})
            for name, (child, variant) in children.items() if name.split()[1] == precision]
        part.tables.append(Table(f"Training in {precision}", "photos/s", rows))
    for child, _ in children.values():
        child.end()

    part.about = (
        f"All of FaceNet, batches of {arguments.batch}, {arguments.steps} steps a round, {CORES} cores for each. A step is "
        f"forward with the batch's statistics, the loss of triplets, backward, gradient descent with momentum; "
        f"Faceprint's also chooses the triplets. Of an engine's variants the one that was fastest in a trial takes part"
        + (", among them TensorFlow's XLA and PyTorch's compiler. " if arguments.compiled else
           "; TensorFlow's XLA and PyTorch's compiler, which need a minute each, are left to `--compiled`. ") +
        f"A photo takes {work:.2f} billion operations.")
    part.publish(arguments.json)


if __name__ == "__main__":
    main()
