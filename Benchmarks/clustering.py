"""Putting faces together by person, beside scikit-learn: the same embeddings, thresholds and cores, in turns.

    Benchmarks/clustering.py [--people 12500 --photos 8] [--threshold 1.0]

First LFW-dev's photos, by agglomerative clustering with average linkage, in Faceprint and in scikit-learn; then generated
embeddings (see population.py), by Chinese whispers in Faceprint and by scikit-learn's DBSCAN. The threshold is the model's
for identification, which wasn't chosen on these labels.
"""

import argparse
import statistics
import tempfile
from pathlib import Path

from common import BENCHMARK, Child, rest, timed
import numpy as np
from population import TAILS, Population, lfw
from sklearn.cluster import DBSCAN, AgglomerativeClustering


class Faceprint(Child):
    def __init__(self, embeddings):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "embeddings"
            embeddings.tofile(file)
            super().__init__(BENCHMARK, "cluster", file, embeddings.shape[1])
            self.round("whispers", 0.1)  # It answers when it has read the file.

    def round(self, *words):
        """Returns the seconds that it took, and the cluster of each embedding."""
        seconds, labels = super().round(*words)
        return seconds, np.array(labels, dtype=int)


def agreement(labels, people):
    """Precision, recall and F, BCubed and pairwise."""
    _, labels = np.unique(labels, return_inverse=True)
    cells, counts = np.unique(np.stack([labels, people]), axis=1, return_counts=True)
    clusters, persons = np.bincount(labels), np.bincount(people)
    b_cubed = [(counts**2 / sizes).sum() / len(people) for sizes in (clusters[cells[0]], persons[cells[1]])]
    pairs = [(sizes * (sizes - 1.0) / 2).sum() for sizes in (counts, clusters, persons)]
    pairwise = [pairs[0] / max(pairs[1], 1), pairs[0] / max(pairs[2], 1)]
    return [(p, r, 2 * p * r / max(p + r, 1e-12)) for p, r in (b_cubed, pairwise)]


def report(name, seconds, labels, people):
    (p, r, f), (pp, pr, pf) = agreement(labels, people)
    print(
        f"{name:38}{statistics.median(seconds):9.2f} s{labels.max() + 1:9} clusters"
        f"   BCubed {p:.4f} {r:.4f} F {f:.4f}   pairwise {pp:.4f} {pr:.4f} F {pf:.4f}", flush=True)


def compare(embeddings, people, method, name, peer, threshold, rounds):
    print(f"{len(people)} embeddings of {len(set(people))} people, threshold {threshold}", flush=True)
    ours = Faceprint(embeddings)
    times, others = [], []
    for _ in range(rounds):
        seconds, labels = ours.round(method, threshold)
        times.append(seconds)
        rest()
        seconds, found = timed(peer.fit_predict, embeddings)
        others.append(seconds)
        rest()
    memory = ours.peak_memory()
    ours.end()
    # DBSCAN says −1 for who has no neighbour: each is a cluster of its own.
    alone = found < 0
    found[alone] = found.max() + 1 + np.arange(alone.sum())
    report(f"Faceprint, {method}", times, labels, people)
    report(f"scikit-learn, {name}", others, found, people)
    pairs = agreement(labels, np.unique(found, return_inverse=True)[1])[1][2]
    print(
        f"ratio {statistics.median(others) / statistics.median(times):.1f}; Faceprint's memory at most"
        f" {memory / 1e6:.0f} MB; the two agree by a pairwise F of {pairs:.4f}\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="fused", choices=sorted(TAILS))
    parser.add_argument("--threshold", type=float, default=1.0)
    parser.add_argument("--people", type=int, default=12_500)
    parser.add_argument("--photos", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()

    embeddings, people = lfw(options.model)
    linkage = AgglomerativeClustering(None, linkage="average", distance_threshold=options.threshold)
    compare(embeddings, people, "agglomerative", "AgglomerativeClustering", linkage, options.threshold, options.rounds)

    population = Population(embeddings, people, TAILS[options.model])
    photos = population.photos(0, range(options.photos))[:, : options.people]
    generated = np.ascontiguousarray(photos.reshape(-1, population.dimension))
    who = np.tile(np.arange(photos.shape[1]), options.photos)
    scan = DBSCAN(options.threshold, min_samples=2, algorithm="brute", n_jobs=-1)
    compare(generated, who, "whispers", "DBSCAN", scan, options.threshold, 1)


if __name__ == "__main__":
    main()
