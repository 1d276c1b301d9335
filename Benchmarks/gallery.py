"""Recognition through the gallery, beside faiss, hnswlib and PostgreSQL with pgvector: the same simulated people, probes
and cores, in turns.

    Benchmarks/gallery.py [--people N…] [--model facenet|fused] [--contenders NAME…] [--csv FILE]

Half of the probes are second photos of enrolled people, half are of strangers. All find the nearest people, those with an
HNSW graph with the narrowest search whose recall@1 is 0.99 for either half.

A contender is a process. It reads lines and answers each on one line, seconds first:

    ready        →  0, when the process has loaded its libraries and read the probes
    build        →  seconds until it can search, and the bytes of its index (0 for those of the process)
    alone I N    →  seconds for probes I to I + N − 1, one after another, and for each the nearest people
    batch I N    →  the same, at once
    width N      →  with HNSW: seconds to set ef_search
    read         →  Faceprint alone: seconds to read all templates in memory on all cores

Faceprint's is `FaceprintBenchmark gallery LOCATION SEARCH PROBES DIMENSION NEAREST`: a gallery's file or URL, `float32`,
`int8` or `hnsw`, and float32 numbers row by row. People are named by their number. `FaceprintBenchmark fill LOCATION
TEMPLATES DIMENSION` enrolls them, unless --fill says how else.
"""

import argparse
import csv
import os
import shlex
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from common import BENCHMARK, CORES, SHARED, Child, rest, timed

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = str(CORES)
import numpy as np  # noqa: E402
import population  # noqa: E402

NEAREST, ALONE, BATCH = 10, 8, 64
RECALL = 0.99
WIDTHS = (16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 640, 768, 896, 1000)
SCRIPTS = Path(__file__).resolve().parents[1] / "Scripts"
FACEPRINT = ("faceprint float32", "faceprint int8", "faceprint hnsw")
FLAT = "faiss flat"
EVERY = sys.maxsize
# Recall of those that take long is measured on fewer probes.
PEERS = {
    FLAT: {"checked": EVERY}, "faiss int8": {"checked": 512}, "faiss hnsw": {}, "hnswlib": {},
    "pgvector exact": {"checked": BATCH, "slow": True}, "pgvector hnsw": {"checked": 1024},
}
FILL = f"{BENCHMARK} fill {{gallery}} {{templates}} {{dimension}}"


class Contender(Child):
    """
    checked: how many probes its recall is measured on
    slow: it takes part in the batches of each seventh round only
    """

    def __init__(self, name, *command, checked=2048, slow=False):
        super().__init__(*command)
        self.name, self.checked, self.slow = name, checked, slow
        self.width = None
        self.seconds = {"alone": [], "batch": []}

    def build(self):
        self.round("ready")
        before = self.memory()
        peak, done = [before], threading.Event()

        def watch():
            while not done.wait(0.02):
                peak[0] = max(peak[0], self.memory())

        watcher = threading.Thread(target=watch)
        watcher.start()
        self.build_seconds, (size, *_) = self.round("build")
        done.set()
        watcher.join()
        self.bytes = int(size) or self.memory() - before
        self.peak = self.bytes if int(size) else max(peak[0] - before, self.bytes)

    def memory(self):
        """The bytes of memory that are its own, which leaves out files."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("RssAnon:"))

    def find(self, word, first, count):
        """Returns seconds, and the people found, [count][NEAREST]."""
        seconds, people = self.round(word, first, count)
        return seconds, np.array(people, int).reshape(count, -1)

    def measure_recall(self, truth):
        """Sets `recall`: at 1 for enrolled people and for strangers, at NEAREST, and the share of probes for which all of
        the nearest are found."""
        # The probes alternate, so that any number of the first has as many of either kind.
        count = min(self.checked, len(truth.probes))
        found = np.concatenate([
            self.find("batch", first, min(BATCH, count - first))[1] for first in range(0, count, BATCH)])
        first, all = truth.hits(found)
        self.recall = first[::2].mean(), first[1::2].mean(), all.mean(), (all == 1).mean()

    def tune(self, truth):
        """Takes the narrowest search that finds enough, or the widest."""
        for self.width in WIDTHS:
            self.round("width", self.width)
            self.measure_recall(truth)
            if min(self.recall[:2]) >= RECALL:
                return


class Truth:
    """Who is nearest to each probe, by distances in double precision."""

    def __init__(self, templates, probes, candidates):
        """candidates: the NEAREST people for each probe, as float32 finds them"""
        self.templates, self.probes = templates, probes
        self.nearest = np.sort(self.distances(candidates), axis=1)

    def distances(self, people):
        vectors = self.templates[np.maximum(people, 0)].astype(np.float64)
        squares = ((vectors - self.probes[: len(people), None]) ** 2).sum(2)
        return np.where(people < 0, np.inf, squares)

    def hits(self, people, tolerance=1e-6):
        """Whether the first found is a nearest one, [probe], and the share of the nearest found, [probe]. As near as the
        tolerance says is as good."""
        squares = self.distances(people)
        limits = self.nearest[: len(people)] + tolerance
        return squares[:, 0] <= limits[:, 0], (squares <= limits[:, -1:]).mean(1)


@contextmanager
def postgres():
    """Runs a server and yields the URL of its socket."""
    settings = ["shared_buffers=4GB", "maintenance_work_mem=4GB", "max_wal_size=16GB"]
    server = Child(sys.executable, SCRIPTS / "postgres-server", *settings)
    server.process.stdout.readline()
    print("socket", file=server.process.stdin, flush=True)
    try:
        yield server.process.stdout.readline().strip()
    finally:
        server.end()


def read_seconds(templates):
    """Reads the templates in memory on all cores: the least time that a look at each of them can take."""
    parts = np.array_split(templates.reshape(-1), CORES)
    with ThreadPoolExecutor(CORES) as pool:
        return timed(lambda: list(pool.map(np.max, parts)))[0]


def start(name, folder, url, dimension):
    """The process of a contender. PostgreSQL's are told the URL."""
    files = [folder / "templates", folder / "probes", dimension, NEAREST]
    kind, _, search = name.partition(" ")
    if kind == "faceprint":
        location = url if search == "hnsw" else folder / "gallery.sqlite"
        checked = 1024 if search == "hnsw" else EVERY
        return Contender(name, BENCHMARK, "gallery", location, search, *files[1:], checked=checked)
    command = [sys.executable, Path(__file__).with_name("gallery_peers.py"), name, *files]
    return Contender(name, *command, *[url] * (kind == "pgvector"), **PEERS[name])


def enroll(names, fill, folder, url, dimension):
    """Fills the galleries that Faceprint's contenders need."""
    locations = [url if name.endswith("hnsw") else folder / "gallery.sqlite" for name in names if name in FACEPRINT]
    for location in dict.fromkeys(locations):
        words = fill.format(gallery=shlex.quote(str(location)), templates=folder / "templates", dimension=dimension)
        seconds, _ = timed(subprocess.run, words, shell=True, check=True, stdout=subprocess.DEVNULL)
        print(f"enrolled in {'PostgreSQL' if location is url else 'SQLite'} in {seconds:.1f} s", flush=True)


def measure(people, model, simulated, names, rounds, count, fill):
    """Returns a row of figures for each contender."""
    with tempfile.TemporaryDirectory() as folder, postgres() as url:
        folder = Path(folder)
        templates = simulated.write(folder / "templates", people)
        probes = np.empty((count, simulated.dimension), np.float32)
        probes[::2], probes[1::2] = simulated.probes(people, count // 2)[0], simulated.strangers(count // 2)
        probes.tofile(folder / "probes")

        entered = []
        try:
            enroll(names, fill, folder, url, simulated.dimension)
            for name in names:
                contender = start(name, folder, url, simulated.dimension)
                entered.append(contender)
                contender.build()
                print(f"{name}: built in {contender.build_seconds:.1f} s", flush=True)
                if len(entered) == 1:
                    truth = truth_by(contender, templates, probes)
                if "hnsw" in name:
                    contender.tune(truth)
                else:
                    contender.measure_recall(truth)
            resident = np.array(templates)
            reads = []
            for round in range(rounds + 1):
                first = round * BATCH % (count - BATCH + 1)
                for contender in entered:
                    contender.seconds["alone"].append(contender.find("alone", first, ALONE)[0] / ALONE)
                    rest()
                    if not contender.slow or round % 7 == 0:
                        contender.seconds["batch"].append(contender.find("batch", first, BATCH)[0] / BATCH)
                        rest()
                reads.append(read_seconds(resident))
            return rows(people, model, entered, statistics.median(reads[1:]))
        finally:
            for contender in entered:
                contender.end()


def truth_by(flat, templates, probes):
    """The nearest by exact float32, measured again in double precision."""
    found = [flat.find("batch", first, BATCH)[1] for first in range(0, len(probes), BATCH)]
    return Truth(templates, probes, np.concatenate(found))


COLUMNS = (
    "people", "model", "contender", "width", "one_ms", "batch_ms", "build_s", "bytes", "peak_bytes", "recall_1_enrolled",
    "recall_1_strangers", "recall_10", "all_10")


def rows(people, model, entered, read):
    """A row of COLUMNS for each contender; times are medians, by query. The first round is to warm up. `read` is the row of
    the time to read all templates."""
    table = []
    for contender in entered:
        row = {
            "people": people, "model": model, "contender": contender.name, "width": contender.width or "",
            "build_s": contender.build_seconds, "bytes": contender.bytes, "peak_bytes": contender.peak}
        for case, column in ("alone", "one_ms"), ("batch", "batch_ms"):
            row[column] = statistics.median(contender.seconds[case][1:]) * 1e3
        row.update(zip(COLUMNS[-4:], contender.recall))
        table.append(row)
    return [*table, {"people": people, "model": model, "contender": "read", "one_ms": read * 1e3}]


def show(table):
    flat, read = table[0], table[-1]
    print(f"\n{flat['people']:,} people, one template each, {flat['model']}, {CORES} cores\n")
    print("| | queries/s, one | to faiss flat | queries/s, 64 | to faiss flat | build, s | memory, MB | at most | recall@1 enrolled"
          " | strangers | recall@10 | all 10 |")
    print("|---|---|---|---|---|---|---|---|---|---|---|---|")
    for row in table[:-1]:
        name = row["contender"] + (f", ef {row['width']}" if row["width"] else "")
        print(
            f"| {name} | {1e3 / row['one_ms']:,.1f} | {flat['one_ms'] / row['one_ms']:.2f}"
            f" | {1e3 / row['batch_ms']:,.1f} | {flat['batch_ms'] / row['batch_ms']:.2f} | {row['build_s']:.1f}"
            f" | {row['bytes'] / 1e6:,.0f} | {row['peak_bytes'] / 1e6:,.0f} | {row['recall_1_enrolled']:.4f}"
            f" | {row['recall_1_strangers']:.4f} | {row['recall_10']:.4f} | {row['all_10']:.3%} |")
    print(f"\nTo read all templates on all cores takes {read['one_ms']:.2f} ms.", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, nargs="+", default=[1_000_000])
    parser.add_argument("--model", default="facenet", choices=sorted(population.TAILS))
    parser.add_argument("--rounds", type=int, default=21, help="at least 7")
    parser.add_argument("--probes", type=int, default=10_240)
    parser.add_argument("--csv", type=Path, help="write the figures there too")
    parser.add_argument("--contenders", nargs="+", default=[*FACEPRINT, *PEERS], choices=[*FACEPRINT, *PEERS],
                        metavar="NAME", help="beside faiss's flat index; default: all of %(choices)s")
    parser.add_argument("--fill", default=FILL, help="the command that enrolls the people; default: %(default)s")
    options = parser.parse_args()

    names = list(dict.fromkeys([FLAT, *options.contenders]))
    simulated = population.like_lfw(options.model)
    table = []
    for people in options.people:
        part = measure(people, options.model, simulated, names, options.rounds, options.probes, options.fill)
        show(part)
        table += part
    if options.csv:
        with open(options.csv, "w", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(table)


if __name__ == "__main__":
    main()
