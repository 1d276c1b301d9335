"""Exact search against NumPy and faiss: the same templates, queries and cores, in turns.

    Benchmarks/search.py [--rounds 11]

NumPy does the product `templates @ queries` only; choosing the nearest from it is not in its time. Faceprint takes part
with templates in float32 and, as its galleries have them, with a byte a number; both find the same, exactly.
"""

import os
import tempfile
from pathlib import Path

from common import BENCHMARK, CORES, Child, rest, timed
from results import Part, Row, Table, options_parser, versions

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = str(CORES)
import faiss  # noqa: E402
import numpy as np  # noqa: E402

# By name, what Search.swift calls it.
PRECISIONS = {"Faceprint, a byte a number": "int8", "Faceprint, float32": "float32"}


class Faceprint(Child):
    """The benchmark executable, which does a round for each line it reads."""

    def __init__(self, templates, queries, k):
        self.k = k
        with tempfile.TemporaryDirectory() as folder:
            files = [Path(folder) / "templates", Path(folder) / "queries"]
            templates.tofile(files[0])
            queries.tofile(files[1])
            super().__init__(BENCHMARK, "search", *files, templates.shape[1], k)
            self.round("read")  # It answers when it has read the files.

    def round(self, *words):
        """Returns the seconds that it took, and the rows found, [query][k]."""
        seconds, rows = super().round(*words)
        return seconds, np.array(rows, dtype=int).reshape(-1, self.k)


def seconds_of(function, *arguments, **options):
    return timed(function, *arguments, **options)[0]


def unit_vectors(random, *shape):
    vectors = random.standard_normal(shape, dtype=np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def check(ours, index, templates, queries, k):
    """All must find the same, but for neighbours whose products agree to float precision."""
    products = queries @ templates.T
    best = -np.sort(np.partition(-products, k, axis=1)[:, :k], axis=1)
    rows = {"faiss": index.search(queries, k)[1]}
    for name, precision in PRECISIONS.items():
        rows[name] = np.concatenate([ours.round("one", i, precision)[1] for i in range(len(queries))])
        batch = ours.round("batch", precision)[1]
        assert np.array_equal(rows[name], batch), f"{name}: alone and in a batch, queries find others"
    for name, found in rows.items():
        found = np.take_along_axis(products, found, axis=1)
        assert np.allclose(found, best, atol=1e-6), f"{name} and NumPy find others"


def main():
    parser = options_parser(__doc__, rounds=11)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--dimension", type=int, default=128)
    parser.add_argument("--queries", type=int, default=64, help="in a batch")
    parser.add_argument("--nearest", type=int, default=10)
    options = parser.parse_args()
    k = options.nearest

    random = np.random.default_rng(1)
    templates = unit_vectors(random, options.rows, options.dimension)
    queries = unit_vectors(random, options.queries, options.dimension)
    index = faiss.IndexFlatL2(options.dimension)
    index.add(templates)
    faiss.omp_set_num_threads(CORES)
    # By default faiss takes 64 queries one by one; as matrix products it is several times as fast.
    faiss.cvar.distance_compute_blas_threshold = 1000
    ours = Faceprint(templates, queries, k)
    check(ours, index, templates, queries, k)

    # NumPy writes to memory that is there already; one query is a vector, for which it has a way of its own.
    product, products = np.empty(options.rows, np.float32), np.empty((options.rows, len(queries)), np.float32)
    one, batch = "One query", f"{len(queries)} queries at once"
    ways = {
        (one, "NumPy, the product only"): lambda i: seconds_of(np.matmul, templates, queries[i], out=product),
        (one, "faiss, IndexFlatL2"): lambda i: seconds_of(index.search, queries[i : i + 1], k),
        (batch, "NumPy, the product only"): lambda i: seconds_of(np.matmul, templates, queries.T, out=products),
        (batch, "faiss, IndexFlatL2"): lambda i: seconds_of(index.search, queries, k),
    }
    for name, precision in PRECISIONS.items():
        ways[one, name] = lambda i, precision=precision: ours.round("one", i, precision)[0]
        ways[batch, name] = lambda i, precision=precision: ours.round("batch", precision)[0]
    times = {way: [] for way in ways}
    fastest_reading = float("inf")
    for round in range(options.rounds + 1):
        for way, run in ways.items():
            seconds = run(round % len(queries))
            rest()
            if round:  # The first is to warm up.
                times[way].append(seconds * 1000)
        fastest_reading = min(fastest_reading, ours.round("read")[0])
        rest()
    ours.end()

    def rows(case):
        # The limit is to read the templates once.
        return [
            Row(name, samples, "Faceprint" in name, "read",
                templates.nbytes / (4 if PRECISIONS.get(name) == "int8" else 1) / 1e9)
            for (of, name), samples in times.items() if of == case]

    limits = {"read": templates.nbytes / fastest_reading / 1e9}
    about = (
        f"The {k} nearest of {options.rows:,} templates of {options.dimension} numbers, exactly, {CORES} cores for each. "
        f"All find the same. The machine's limit is to read all templates from memory once, as fast as that went between "
        f"the rounds: {limits['read']:.1f} GB/s.")
    bases = ["faiss, IndexFlatL2", "NumPy, the product only"]
    Part(
        "search", "Search", about, [Table(case, "ms", rows(case), bases) for case in (one, batch)],
        versions=versions("faiss-cpu", "numpy"), limits=limits).publish(options.json)


if __name__ == "__main__":
    main()
