"""What becomes of errors, time, memory and cost as a gallery grows from a thousand people to a billion: writes the tables
of docs/growth.md, its plot, and the figures in docs/growth-accuracy.csv.

    Benchmarks/growth.py

Errors are measured on simulated people up to a million, and on LFW-dev's 844, and extended by a power law. Times and
memory are read from docs/growth-speed.csv, which is made by

    Benchmarks/gallery.py --people 1000 10000 100000 1000000 --csv docs/growth-speed.csv

and extended by the bytes that have to be read or kept.
"""

import argparse
import csv
import os
import tempfile
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from common import CORES

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = str(CORES)
import faiss  # noqa: E402
import numpy as np  # noqa: E402
import population  # noqa: E402

DOCS = Path(__file__).resolve().parents[1] / "docs"
SIZES = (1_000, 10_000, 100_000, 1_000_000)
BILLION = 1_000_000_000
WANTED = 0.01  # The FPIR that a threshold is looked for.
THRESHOLDS = {"fused": 1.0, "facenet": 0.77}  # The models' own for identification.


@dataclass
class Errors:
    """FPIR and FNIR of a gallery of one template a person. Bounds are of 95 %, from those of the exponent alone."""

    model: str
    people: int
    source: str  # LFW-dev, simulated, extended
    threshold: float
    fpir: float
    fnir: float
    wanted_threshold: float
    wanted_fnir: float
    wanted_threshold_low: float
    wanted_threshold_high: float
    wanted_fnir_low: float
    wanted_fnir_high: float


class Distances:
    """of probes to a gallery: of strangers to the nearest [probe], of enrolled people to their own template [probe] and to
    the nearest of others [probe]"""

    def __init__(self, strangers, own, others):
        self.strangers, self.own, self.others = strangers, own, others

    def fnir(self, threshold):
        """The share of enrolled people who are refused, or for whom another is nearer."""
        return ((self.own > threshold) | (self.others < self.own)).mean()

    def errors(self, model, people, source):
        wanted = np.quantile(self.strangers, WANTED)
        threshold, fnir = THRESHOLDS[model], self.fnir(wanted)
        fpir = (self.strangers <= threshold).mean()
        return Errors(
            model, people, source, threshold, fpir, self.fnir(threshold), wanted, fnir, wanted, wanted, fnir, fnir)


def nearest(rows, probes, own=None):
    """The distance of each probe to the nearest row that isn't its own."""
    index = faiss.IndexFlatL2(rows.shape[1])
    index.add(np.ascontiguousarray(rows))
    squares, found = index.search(probes, 2)
    first = np.ones(len(probes), int) if own is not None else np.zeros(len(probes), int)
    if own is not None:
        first[found[:, 0] != own] = 0
    return np.sqrt(np.maximum(0, squares[np.arange(len(probes)), first]))


def simulate(model, simulated, count):
    """The distances in galleries of each size; each holds the one before."""
    with tempfile.TemporaryDirectory() as folder:
        rows = simulated.write(Path(folder) / "templates", SIZES[-1])
        strangers = simulated.strangers(count)
        probes, who = simulated.probes(SIZES[-1], count // 4)
        own = np.linalg.norm(probes - rows[who], axis=1)
        to_stranger, to_other = np.full(len(strangers), np.inf), np.full(len(probes), np.inf)
        start = 0
        for people in SIZES:
            block = rows[start:people]
            to_stranger = np.minimum(to_stranger, nearest(block, strangers))
            to_other = np.minimum(to_other, nearest(block, probes, who - start))
            start = people
            yield people, Distances(to_stranger, own, to_other)


def real(embeddings, people):
    """The distances in a gallery of a photo of each person of LFW-dev. Each photo is a stranger's once, for which the
    person is left out; the person's other photos are probes."""
    order = np.unique(people, return_index=True)[1]
    distances = population.distances(embeddings, embeddings[order])
    every = np.arange(len(people))
    own = distances[every, people].copy()
    distances[every, people] = np.inf
    others = distances.min(1)
    probes = ~np.isin(every, order)
    return Distances(others, own[probes], others[probes])


def extend(errors, distances, exponent, bounds, people):
    """To more people: strangers come within a threshold in proportion to people · threshold^exponent."""
    growth = people / errors.people
    thresholds = [errors.wanted_threshold * growth ** (-1 / k) for k in (exponent, *bounds)]
    # A threshold at which so few strangers are accepted leaves hardly anybody nearer to a probe than its own template.
    refused = [(distances.own > threshold).mean() for threshold in thresholds]
    return Errors(
        errors.model, people, "extended", errors.threshold, 1 - (1 - errors.fpir) ** growth,
        np.nan, thresholds[0], refused[0], min(thresholds), max(thresholds), min(refused), max(refused))


def measure_errors(model, count):
    embeddings, people = population.lfw(model)
    first, second = np.triu_indices(len(people), 1)
    other = people[first] != people[second]
    exponent = population.dimension_of(population.distances(embeddings, embeddings)[first, second][other])
    bounds = population.bounds(embeddings, people)
    yield real(embeddings, people).errors(model, people.max(), "LFW-dev")

    simulated = population.Population(embeddings, people, population.TAILS[model])
    for size, distances in simulate(model, simulated, count):
        errors = distances.errors(model, size, "simulated")
        yield errors
    yield extend(errors, distances, exponent, bounds, BILLION)


def rate(value):
    return "–" if np.isnan(value) else f"{value:.2%}" if value < 0.0995 else f"{value:.0%}"


def size(people):
    return f"{people:,}" if people < 1_000 else f"1e{round(np.log10(people))}"


def errors_table(table):
    lines = [
        "| model | people | | FPIR at the model's threshold | FNIR there | threshold for FPIR 1 % | FNIR there |",
        "|---|---|---|---|---|---|---|"]
    for row in table:
        wanted, fnir = f"{row.wanted_threshold:.3f}", rate(row.wanted_fnir)
        if row.source == "extended":
            wanted += f" ({row.wanted_threshold_low:.3f} to {row.wanted_threshold_high:.3f})"
            fnir += f" ({rate(row.wanted_fnir_low)} to {rate(row.wanted_fnir_high)})"
        lines.append(
            f"| {row.model} | {size(row.people)} | {row.source} | {rate(row.fpir)} at {row.threshold:.2f}"
            f" | {rate(row.fnir)} | {wanted} | {fnir} |")
    return lines


def write(path, table):
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(field.name for field in fields(Errors))
        for row in table:
            writer.writerow(f"{value:.6g}" if isinstance(value, float) else value for value in astuple(row))


def read_errors(path):
    """The figures that write() has written."""
    with open(path) as file:
        return [
            Errors(**{name: value if name in ("model", "source") else int(value) if name == "people" else float(value)
                      for name, value in row.items()})
            for row in csv.DictReader(file)]


def read_speeds():
    """The figures that gallery.py has written, {contender: {people: row}}."""
    with open(DOCS / "growth-speed.csv") as file:
        speeds = {}
        for row in csv.DictReader(file):
            numbers = {name: float(value) for name, value in row.items() if name not in ("model", "contender") and value}
            speeds.setdefault(row["contender"], {})[int(row["people"])] = numbers
    return speeds


def on_paper(name, measured):
    """A billion on the same two cores, if they had the memory. Whoever reads all takes a thousand times as long as for a
    million. An HNSW graph's search goes on growing as from 1e4 to 1e6; its construction grows as n log n."""
    last = measured[SIZES[-1]]
    growth = BILLION / SIZES[-1]
    row = {name: value * growth for name, value in last.items()}
    if "hnsw" in name:
        row["build_s"] *= np.log(BILLION) / np.log(SIZES[-1])
        for column in "one_ms", "batch_ms":
            row[column] = last[column] * (last[column] / measured[10_000][column]) ** 1.5
    return row


def speed_table(speeds, column, form):
    lines = ["| | " + " | ".join(map(size, SIZES)) + " | 1e9, on paper |", "|---|" + "---|" * (len(SIZES) + 1)]
    for name, measured in speeds.items():
        values = [measured[people].get(column) for people in SIZES] + [on_paper(name, measured).get(column)]
        if values[0] is not None:
            shown = "reading all templates" if name == "read" else name
            lines.append(f"| {shown} | " + " | ".join(map(form, values)) + " |")
    return lines


def duration(seconds):
    for unit, length in ("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1), ("ms", 1e-3):
        if seconds >= length:
            return f"{seconds / length:.3g} {unit}"
    return f"{seconds * 1e6:.3g} µs"


def bytes_of(number):
    for unit, length in ("TB", 1e12), ("GB", 1e9), ("MB", 1e6):
        if number >= length:
            return f"{number / length:.3g} {unit}"
    return f"{number / 1e3:.3g} kB"


# Assumed prices in dollars, of no provider in particular: a core for an hour, a gigabyte of memory and of disk for a month.
CORE, MEMORY, DISK = 0.03, 3.0, 0.10
HOURS = 730
NODE_CORES, NODE_MEMORY = 8, 64e9  # of a node, where one isn't enough
THUMBNAIL = 4_000  # bytes, on the disk with each template


def plans(speeds):
    """What each size takes: exact int8 in one process, or shared by nodes, and PostgreSQL with HNSW; and the bandwidth
    that a node is assumed to have, in bytes a second."""
    read = speeds["read"][SIZES[-1]]["one_ms"] / 1e3
    bandwidth = SIZES[-1] * 4 * DIMENSION / read
    int8, graph = (speeds[name][SIZES[-1]]["bytes"] / SIZES[-1] for name in ("faceprint int8", "faceprint hnsw"))
    lines = [
        "| people | way | memory | nodes | the query alone | dollars a month |", "|---|---|---|---|---|---|"]
    for people in *SIZES, BILLION:
        disk = people * (THUMBNAIL + 4 * DIMENSION)
        for way, each, seconds in (
            ("exact, int8", int8, lambda nodes: people * DIMENSION / bandwidth / nodes),
            ("PostgreSQL, HNSW", graph, lambda nodes: hnsw_seconds(speeds, people))):
            memory = people * each
            nodes = int(np.ceil(memory / NODE_MEMORY / 0.8))
            cores = 2 if nodes == 1 else NODE_CORES * nodes
            held = max(4e9, memory * 1.25) if nodes == 1 else NODE_MEMORY * nodes
            dollars = cores * CORE * HOURS + held / 1e9 * MEMORY + disk / 1e9 * DISK
            lines.append(
                f"| {size(people)} | {way} | {bytes_of(memory)} | {nodes} | {duration(seconds(nodes))} | {dollars:,.0f} |")
    return lines, bandwidth


def hnsw_seconds(speeds, people):
    measured = speeds["faceprint hnsw"]
    row = measured.get(people) or on_paper("faceprint hnsw", measured)
    return row["one_ms"] / 1e3


DIMENSION = 128  # of FaceNet's, which the speeds are measured with


def plot(path, table, speeds):
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    matplotlib.rcParams.update({"svg.hashsalt": "growth", "font.size": 9, "axes.grid": True, "grid.alpha": 0.3})
    figure, ((time, memory), (fpir, fnir)) = pyplot.subplots(2, 2, figsize=(10, 7.5), layout="constrained")
    for name, measured in speeds.items():
        if name == "read":
            continue
        for axes, column, scale in (time, "one_ms", 1), (memory, "bytes", 1e-6):
            values = [measured[people][column] * scale for people in SIZES]
            line, = axes.loglog(SIZES, values, "o-", ms=3, label=name)
            paper = on_paper(name, measured)[column] * scale
            axes.loglog([SIZES[-1], BILLION], [values[-1], paper], "--", color=line.get_color())
    time.set(title="One query on two cores", ylabel="ms")
    memory.set(title="Memory of the index", ylabel="MB")
    for model in THRESHOLDS:
        rows = [row for row in table if row.model == model and row.source != "LFW-dev"]
        real, = (row for row in table if row.model == model and row.source == "LFW-dev")
        people, measured = [row.people for row in rows], len(rows) - 1
        for axes, column in (fpir, "fpir"), (fnir, "wanted_fnir"):
            values = [max(getattr(row, column), 1e-4) for row in rows]
            line, = axes.plot(people[:measured], values[:measured], "o-", ms=4, label=model)
            axes.plot(people[-2:], values[-2:], "--", color=line.get_color())
            axes.plot(real.people, getattr(real, column), "x", color=line.get_color(), label=f"{model}, LFW-dev")
            if axes is fnir:
                last = rows[-1]
                axes.vlines(last.people, last.wanted_fnir_low, last.wanted_fnir_high, color=line.get_color())
            axes.set_xscale("log")
    fpir.set(title="Strangers accepted at the model's threshold", ylabel="FPIR", yscale="log")
    fnir.set(title="Enrolled people refused at FPIR 1 %", ylabel="FNIR", ylim=(0, 1))
    for axes in time, memory, fpir, fnir:
        axes.set_xlabel("people enrolled; dashed: on paper")
    memory.legend(fontsize=7)
    fpir.legend(fontsize=8)
    figure.savefig(path, metadata={"Date": None})


def replace(page, name, lines):
    """Puts lines between the marks of that name."""
    begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
    before, _, rest = page.partition(begin)
    assert end in rest, f"docs/growth.md has no place for {name}"
    return before + begin + "\n".join(lines) + "\n" + end + rest.partition(end)[2]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--probes", type=int, default=10_000, help="of strangers; a fourth as many of enrolled people")
    parser.add_argument("--errors", type=Path, help="take the figures of errors from this file, rather than measure them")
    options = parser.parse_args()

    if options.errors:
        table = read_errors(options.errors)
    else:
        table = [row for model in THRESHOLDS for row in measure_errors(model, options.probes)]
    write(DOCS / "growth-accuracy.csv", table)
    speeds = read_speeds()
    deployments, bandwidth = plans(speeds)
    plot(DOCS / "growth.svg", table, speeds)
    page = (DOCS / "growth.md").read_text()
    for name, lines in {
        "errors": errors_table(table),
        "one query": speed_table(speeds, "one_ms", lambda ms: duration(ms / 1e3)),
        "batches": speed_table(speeds, "batch_ms", lambda ms: duration(ms / 1e3)),
        "memory": speed_table(speeds, "bytes", bytes_of),
        "build": speed_table(speeds, "build_s", duration),
        "plans": deployments,
    }.items():
        page = replace(page, name, lines)
        print(name, *lines, "", sep="\n")
    print(f"Templates are read at {bandwidth / 1e9:.1f} GB/s.")
    (DOCS / "growth.md").write_text(page)


if __name__ == "__main__":
    main()
