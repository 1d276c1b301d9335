"""Embeddings of people who don't exist, as many as are wanted, that lie as those of real photos do.

    Benchmarks/population.py [--model facenet|fused]

compares simulated distances with those of LFW-dev's photos, which the model is fitted to.

The model is probabilistic linear discriminant analysis (Prince and Elder, 2007) with two additions, without which both
tails are too thin. An identity is `mean + B^½ z`, a photo of it `identity + s W^½ e`, cut to unit length; B and W are the
covariances between people and between the photos of one. First, people resemble each other: z is a sum over nested groups,
ten groups, a hundred, and so on, each with its share of the variance. Second, photos differ in difficulty: s is log-normal,
and a few photos are bad. Shares and scales are fitted to the quantiles of distances.
"""

import argparse
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from common import CORES, FACEPRINT, SHARED
import numpy as np

CHUNK = 1 << 15
GROUPS = (10, 100, 1_000, 10_000, 100_000)


@dataclass(frozen=True)
class Tails:
    """What covariances don't say."""

    resemblance: tuple  # the share of the variance between people that a group of each size has
    spread: float  # the standard deviation of ln s
    bad: float  # the share of bad photos
    badness: float  # their s, in multiples of the others'


TAILS = {
    "facenet": Tails((0.175, 0.173, 0.146, 0.14, 0.142), 0.318, 0.026, 2.844),
    "fused": Tails((0.109, 0.095, 0.101, 0.095, 0.1), 0.262, 0.012, 3.333),
}


class Population:
    """People without end, numbered from 0, and photos of them, numbered too: the same for the same seed."""

    def __init__(self, embeddings, people, tails, seed=1):
        """Fits to embeddings [photo][dimension] of the people [photo], numbered from 0."""
        embeddings = embeddings.astype(np.float64)
        counts = np.bincount(people)
        means = np.stack([embeddings[people == person].mean(0) for person in range(len(counts))])
        differences = embeddings - means[people]
        within = differences.T @ differences / (len(people) - len(counts))
        between = np.cov(means.T) - within * (1 / counts).mean()
        self.dimension = embeddings.shape[1]
        self.mean = means.mean(0).astype(np.float32)
        self.between, self.within = square_root(between), square_root(within)
        self.tails, self.seed = tails, seed
        random = self.random(0)
        self.groups = [random.standard_normal((size, self.dimension), np.float32) for size in GROUPS]

    def random(self, *numbers):
        return np.random.Generator(np.random.SFC64(np.random.SeedSequence((self.seed, *numbers))))

    def photos(self, chunk, numbers):
        """Photos of the people of a chunk, [number][CHUNK][dimension]."""
        random = self.random(1, chunk)
        z = random.standard_normal((CHUNK, self.dimension), np.float32)
        z *= np.float32(np.sqrt(1 - sum(self.tails.resemblance)))
        place = random.random(CHUNK)
        for vectors, share in zip(self.groups, self.tails.resemblance):
            z += vectors[(place * len(vectors)).astype(int)] * np.float32(np.sqrt(share))
        identities = self.mean + z @ self.between
        return np.stack([self.photo(identities, self.random(2, chunk, number)) for number in numbers])

    def photo(self, identities, random):
        noise = random.standard_normal(identities.shape, np.float32) @ self.within
        scale = np.exp(self.tails.spread * random.standard_normal(len(identities)) - self.tails.spread**2)
        scale[random.random(len(scale)) < self.tails.bad] *= self.tails.badness
        noise *= scale.astype(np.float32)[:, None]
        noise += identities
        noise /= np.linalg.norm(noise, axis=1, keepdims=True)
        return noise

    def write(self, path, people):
        """Writes photo 0 of the first people to a file, float32 row by row, and maps it."""
        rows = np.memmap(path, np.float32, "w+", shape=(people, self.dimension))

        def fill(chunk):
            part = rows[chunk * CHUNK : (chunk + 1) * CHUNK]
            part[:] = self.photos(chunk, [0])[0][: len(part)]

        with ThreadPoolExecutor(CORES) as pool:
            list(pool.map(fill, range(-(-people // CHUNK))))
        return rows

    def probes(self, people, count):
        """Photo 1 of `count` of the first people, spread evenly, and who they are; [count][dimension], [count]."""
        who = np.linspace(0, people - 1, count).astype(int)
        with ThreadPoolExecutor(CORES) as pool:
            parts = pool.map(lambda c: self.photos(c, [1])[0][who[who // CHUNK == c] % CHUNK], np.unique(who // CHUNK))
            return np.concatenate(list(parts)), who

    def strangers(self, count):
        """A photo each of people whom no gallery holds, [count][dimension]."""
        first = 1 << 20
        return np.concatenate([self.photos(first + c, [0])[0] for c in range(-(-count // CHUNK))])[:count]


def square_root(covariance):
    """R with Rᵀ R nearest to the covariance, so that a row z of independent normals gives z R."""
    values, vectors = np.linalg.eigh(covariance)
    return (vectors * np.sqrt(np.maximum(values, 0))).T.astype(np.float32)


def lfw(model):
    """Embeddings of LFW-dev's photos, [photo][dimension], and whose they are, [photo]."""
    photos = sorted((SHARED / "lfw-dev/images").glob("*/*.jpg"))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "embeddings.npy"
        command = [FACEPRINT, "encode", *photos, "--model", model, "--output", file]
        subprocess.run([str(word) for word in command], check=True, stdout=subprocess.DEVNULL)
        embeddings = np.load(file)
    return embeddings, np.unique([photo.parent.name for photo in photos], return_inverse=True)[1]


def like_lfw(model, seed=1):
    return Population(*lfw(model), TAILS[model], seed)


def distances(a, b):
    """Between each of a and each of b, [a][b]."""
    return np.sqrt(np.maximum(0, (a**2).sum(1)[:, None] + (b**2).sum(1) - 2 * (a @ b.T)))


def dimension_of(impostors, share=1e-3):
    """The exponent k of FMR ∝ thresholdᵏ among the nearest share of the pairs (Hill, 1975), as if people filled a space
    of k dimensions."""
    near = np.partition(impostors, int(share * len(impostors)))[: int(share * len(impostors)) + 1]
    return 1 / np.log(near.max() / near[near < near.max()]).mean()


def bounds(embeddings, people, draws=200):
    """Bounds of 95 % for that exponent, by drawing people with replacement."""
    random = np.random.default_rng(1)
    first, second = np.triu_indices(len(people), 1)
    other = people[first] != people[second]
    first, second = first[other], second[other]
    values = distances(embeddings, embeddings)[first, second]
    near = values <= np.quantile(values, 0.003)  # More than any draw looks at.
    first, second, values = people[first[near]], people[second[near]], values[near]
    order = np.argsort(values)
    first, second, values = first[order], second[order], values[order]
    found = []
    for _ in range(draws):
        times = np.bincount(random.integers(people.max() + 1, size=people.max() + 1), minlength=people.max() + 1)
        weights = (times[first] * times[second]).astype(float)
        total = np.cumsum(weights)
        end = np.searchsorted(total, 1e-3 * other.sum())
        limit = values[min(end, len(values) - 1)]
        found.append(weights[:end].sum() / (weights[:end] * np.log(limit / values[:end])).sum())
    return np.quantile(found, [0.025, 0.975])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="facenet", choices=sorted(TAILS))
    model = parser.parse_args().model
    embeddings, people = lfw(model)
    first, second = np.triu_indices(len(people), 1)
    same = people[first] == people[second]
    all_distances = distances(embeddings, embeddings)[first, second]
    real = all_distances[same], all_distances[~same]

    simulated = Population(embeddings, people, TAILS[model])
    one, two = simulated.photos(0, [0, 1])
    half = 8192
    ours = np.linalg.norm(one - two, axis=1), distances(one[:half], one[half : 2 * half]).ravel()

    print(f"{model}: {len(people)} photos of {people.max() + 1} people\n")
    for kind, shares, index in (
        ("one person", (0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99), 0), ("two people", (1e-5, 1e-4, 1e-3, 0.01, 0.1, 0.5, 0.9), 1)):
        print(f"distances of {kind}, by share of pairs".ljust(44) + "".join(f"{share:>9g}" for share in shares))
        for name, values in ("LFW-dev", real[index]), ("simulated", ours[index]):
            print(f"  {name:42}" + "".join(f"{value:9.3f}" for value in np.quantile(values, shares)))
    print("\nthreshold     FMR, LFW-dev   simulated    FNMR, LFW-dev   simulated")
    for threshold in {"facenet": (0.77, 0.87, 0.99), "fused": (1.0, 1.05, 1.1)}[model]:
        fmr = [(values <= threshold).mean() for values in (real[1], ours[1])]
        fnmr = [(values > threshold).mean() for values in (real[0], ours[0])]
        print(f"{threshold:9.2f}{fmr[0]:17.1e}{fmr[1]:12.1e}{fnmr[0]:17.2%}{fnmr[1]:12.2%}")
    low, high = bounds(embeddings, people)
    print(
        f"\nFMR grows as threshold^k below FMR 1e-3: k = {dimension_of(real[1]):.1f} ({low:.1f} to {high:.1f}),"
        f" simulated {dimension_of(ours[1]):.1f}")


if __name__ == "__main__":
    main()
