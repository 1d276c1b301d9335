"""What the machine can do at most: multiplications and additions in f32, bf16 and int8, and bytes from memory.

    Benchmarks/limits.py [--rounds 9]

A library of a processor's best code sets the limit, not its data sheet: the most that oneDNN reaches on all cores with
products of matrices and convolutions of several sizes, the fastest of which takes part. NumPy's product of matrices
(OpenBLAS) stands beside it for f32. A multiplication and an addition are two operations. Bytes are read from a gigabyte,
which no cache holds.
"""

import os
import subprocess

from common import BENCHMARK, CORES, HAS_BF16, Child, rest, timed
from results import Part, Row, Table, options_parser, versions

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = str(CORES)
import numpy as np  # noqa: E402

SIDE = 2048
PRODUCTS = 4


def numpy_rate(matrix, product):
    """Billions of operations a second."""
    seconds, _ = timed(lambda: [np.matmul(matrix, matrix, out=product) for _ in range(PRODUCTS)])
    return 2 * PRODUCTS * SIDE**3 / seconds / 1e9


def can_multiply():
    """Whether the benchmark is built with oneDNN."""
    command = subprocess.run([BENCHMARK, "limits"], input="onednn\n", capture_output=True, text=True)
    return command.returncode == 0


def main():
    parser = options_parser(__doc__, rounds=9)
    options = parser.parse_args()

    part = Part("limits", "The machine's limit", versions=versions("numpy"))
    child = Child(BENCHMARK, "limits")
    precisions = []
    if can_multiply():
        precisions = ["f32", "bf16", "int8"] if HAS_BF16 else ["f32", "int8"]
        major, *others = child.round("onednn")
        part.versions["oneDNN"] = ".".join([str(int(major)), *others[0]])
    else:
        part.missing.append("oneDNN, which this build of the benchmark goes without (the trait Training).")
    if not HAS_BF16:
        part.missing.append("bf16, which this processor hasn't.")

    matrix, product = np.full((SIDE, SIDE), 0.7, np.float32), np.empty((SIDE, SIDE), np.float32)
    ways = {name: lambda name=name: child.round(name) for name in [*precisions, "read"]}
    ways["f32, NumPy"] = lambda: (numpy_rate(matrix, product), [])
    samples, reached_by = {name: [] for name in ways}, {}
    for round in range(options.rounds + 1):
        for name, run in ways.items():
            rate, words = run()
            reached_by[name] = {"reached by": words[0].replace("-", " of ")} if words else {}
            if round:  # The first is to warm up.
                samples[name].append(rate)
            rest()
    child.end()

    def rows(*names):
        return [Row(name, samples[name], limit=name.split(",")[0], details=reached_by[name]) for name in names]

    part.about = (
        f"What {CORES} cores can do at most, by a library's best code: oneDNN's products of matrices and convolutions, "
        f"of several sizes the one that is fastest; for f32 also NumPy's product of matrices. A multiplication and an "
        f"addition are two operations.")
    part.tables = [
        Table("Arithmetic, billions of operations a second", "GOP/s", rows(*precisions, "f32, NumPy"),
              bases=["f32"] if precisions else []),
        Table("Memory, billions of bytes a second, read from a gigabyte", "GB/s", rows("read")),
    ]
    part.publish(options.json)


if __name__ == "__main__":
    main()
