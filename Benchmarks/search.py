"""Exact search against NumPy and faiss: the same templates, queries and cores, in turns.

    Benchmarks/search.py

NumPy does the product `templates @ queries` only; choosing the nearest from it is not in its time.
"""

import argparse
import os
import statistics
import tempfile
from pathlib import Path

from common import BENCHMARK, CORES, Child, rest, timed

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = str(CORES)
import faiss  # noqa: E402
import numpy as np  # noqa: E402


class Faceprint(Child):
    """The benchmark executable, which does a round for each line it reads."""

    def __init__(self, templates, queries, k):
        self.k = k
        with tempfile.TemporaryDirectory() as folder:
            files = [Path(folder) / "templates", Path(folder) / "queries"]
            templates.tofile(files[0])
            queries.tofile(files[1])
            super().__init__(BENCHMARK, "search", *files, templates.shape[1], k)
            self.round("copy")  # It answers when it has read the files.

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
    """All three must find the same, but for neighbours whose products agree to float precision."""
    products = queries @ templates.T
    best = -np.sort(np.partition(-products, k, axis=1)[:, :k], axis=1)
    alone = np.concatenate([ours.round("one", i)[1] for i in range(len(queries))])
    for name, rows in ("search", alone), ("batch search", ours.round("batch")[1]), ("faiss", index.search(queries, k)[1]):
        found = np.take_along_axis(products, rows, axis=1)
        assert np.allclose(found, best, atol=1e-6), f"{name} and NumPy find others"
    assert np.array_equal(alone, ours.round("batch")[1]), "alone and in a batch, queries find others"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--dimension", type=int, default=128)
    parser.add_argument("--queries", type=int, default=64, help="in a batch")
    parser.add_argument("--nearest", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=21)
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
    one, batch = "1 query", f"{len(queries)} queries"
    ways = {
        (one, "Faceprint"): lambda i: ours.round("one", i)[0],
        (one, "NumPy"): lambda i: seconds_of(np.matmul, templates, queries[i], out=product),
        (one, "faiss"): lambda i: seconds_of(index.search, queries[i : i + 1], k),
        (batch, "Faceprint"): lambda i: ours.round("batch")[0],
        (batch, "NumPy"): lambda i: seconds_of(np.matmul, templates, queries.T, out=products),
        (batch, "faiss"): lambda i: seconds_of(index.search, queries, k),
        "copy": lambda i: ours.round("copy")[0],
    }
    seconds = {way: [] for way in ways}
    for round in range(options.rounds + 1):
        for way, run in ways.items():
            seconds[way].append(run(round % len(queries)))
            rest()
    median = {way: statistics.median(values[1:]) for way, values in seconds.items()}  # The first is to warm up.

    size = templates.nbytes / 1e9
    print(f"{options.rows:,} templates of {options.dimension} numbers, the {k} nearest, {CORES} cores; medians of")
    print(f"{options.rounds} rounds in turns. A copy moves {2 * size / median['copy']:.1f} GB/s (read and written).\n")
    print(f"{'':12}{'Faceprint':>12}{'NumPy':>12}{'faiss':>12}{'ours/fastest':>15}{'we read':>13}")
    for case in one, batch:
        mine, *others = (median[case, name] for name in ("Faceprint", "NumPy", "faiss"))
        times = "".join(f"{value * 1e3:9.1f} ms" for value in (mine, *others))
        print(f"{case:12}{times}{mine / min(others):15.2f}{size / mine:8.1f} GB/s")


if __name__ == "__main__":
    main()
