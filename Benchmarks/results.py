"""What a comparison found: the samples of all rounds, as tables for people and as JSON for page.py and compare.py.

A ratio is one of medians: of a contender's to another's, the base, above 1 where the contender is better. Contenders
take turns, so that each round has a ratio of its own as well. The spread is the range of these, widened by WIDENING at
both ends, since two runs differ by more than the rounds of one: in where memory comes to lie, and in the neighbours.
"""

import argparse
import importlib.metadata
import json
import statistics
from dataclasses import asdict, dataclass, field
from pathlib import Path

WIDENING = 1.25


@dataclass
class Row:
    """A contender's results.

    samples: One a round, in the table's unit.
    ours: Whether it is Faceprint's, not a peer's.
    limit: The row of limits.py that bounds it, such as “int8”; there, its own name.
    work: How many billion operations or bytes one photo or query takes, of what the limit counts.
    details: Further columns, text by heading.
    """

    name: str
    samples: list
    ours: bool = False
    limit: str = ""
    work: float = 0
    details: dict = field(default_factory=dict)

    @property
    def median(self):
        return statistics.median(self.samples)


@dataclass
class Table:
    """Contenders that did the same work, in turns.

    unit: “ms”, of which fewer are better, or of which more are, such as “photos/s”.
    bases: The contenders that all are compared with; by default the fastest peer.
    notes: Paragraphs below it.
    """

    title: str
    unit: str
    rows: list
    bases: list = field(default_factory=list)
    notes: list = field(default_factory=list)

    def row(self, name):
        """None without one of that name."""
        return next((row for row in self.rows if row.name == name), None)

    def better(self, one, other):
        """How much better one value is than another."""
        return other / one if self.unit == "ms" else one / other

    def fastest_peer(self):
        """None where there is no peer."""
        best = min if self.unit == "ms" else max
        return best((row for row in self.rows if not row.ours), key=lambda row: row.median, default=None)

    def compared_with(self):
        """The rows that are bases."""
        fastest = self.fastest_peer()
        named = [row for name in self.bases if (row := self.row(name))]
        found = named or ([fastest] if fastest else [])
        return found if len(self.rows) > 1 else []

    def ratio(self, row, base):
        """The ratio of medians, and the lower and the upper end of its spread."""
        by_round = [self.better(*pair) for pair in zip(row.samples, base.samples)]
        return self.better(row.median, base.median), min(by_round) / WIDENING, max(by_round) * WIDENING

    def ratios(self):
        """By the names of contender and base: the ratio and its spread."""
        return {
            (row.name, base.name): self.ratio(row, base)
            for base in self.compared_with() for row in self.rows if row is not base}

    def reached(self, row):
        """Billions of operations or bytes a second."""
        return row.work * (1000 / row.median if self.unit == "ms" else row.median)

    def markdown(self, limits={}):
        """The table's lines. Limits, by name, are what the machine can do, in billions a second."""
        bases = self.compared_with()
        details = list(dict.fromkeys(heading for row in self.rows for heading in row.details))
        bounded = any(row.limit in limits and row.work for row in self.rows)
        head = ["contender", self.unit, "lowest to highest"]
        head += [f"to {base.name}" for base in bases] + ["of the machine's limit"] * bounded + details
        lines = [head]
        for row in self.rows:
            name = f"**{row.name}**" if row.ours else row.name
            cells = [name, number(row.median), f"{number(min(row.samples))} to {number(max(row.samples))}"]
            for base in bases:
                ratio, low, high = self.ratio(row, base)
                cells.append("1" if row is base else f"{ratio:.2f} ({low:.2f} to {high:.2f})")
            if bounded:
                known = row.limit in limits and row.work
                cells.append(f"{self.reached(row) / limits[row.limit]:.0%} of {row.limit}" if known else "–")
            lines.append(cells + [row.details.get(heading, "–") for heading in details])
        widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
        lines.insert(1, ["-" * width for width in widths])
        return ["| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths)) + " |" for line in lines]


@dataclass
class Part:
    """A comparison: its tables, or why there are none.

    title: Its heading on the page.
    about: A paragraph that says what was done.
    missing: What takes no part, and why, a sentence each.
    versions: Of the packages that took part, by name.
    limits: What the machine could do at most meanwhile, in billions a second, by name; in place of limits.py's.
    """

    name: str
    title: str
    about: str = ""
    tables: list = field(default_factory=list)
    missing: list = field(default_factory=list)
    versions: dict = field(default_factory=dict)
    limits: dict = field(default_factory=dict)

    def lines(self, limits={}):
        """All of it in Markdown, below its heading."""
        limits = limits | self.limits
        lines = [self.about, ""] if self.about else []
        for table in self.tables:
            lines += [f"{table.title}:", "", *table.markdown(limits), ""]
            lines += [line for note in table.notes for line in (note, "")]
        return lines + [line for sentence in self.missing for line in (f"Missing: {sentence}", "")]

    def publish(self, path):
        """Prints it, and writes it to a file, if one is named."""
        print("\n" + "\n".join(self.lines()), flush=True)
        if path:
            for row in (row for table in self.tables for row in table.rows):
                row.samples = [float(f"{sample:.6g}") for sample in row.samples]
            Path(path).write_text(json.dumps(asdict(self), ensure_ascii=False, default=float))


def part(content):
    """The part that JSON describes; what else the JSON says of it is passed over."""
    tables = [
        Table(**table | {"rows": [Row(**row) for row in table["rows"]]}) for table in content.get("tables", [])]
    known = {key: content[key] for key in Part.__dataclass_fields__ if key in content}
    return Part(**known | {"tables": tables})


def number(value):
    """With three digits or so."""
    return f"{value:,.0f}" if value >= 1000 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def versions(*packages):
    """Of Python packages, by name; those that aren't there are left out."""
    found = {}
    for package in packages:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def options_parser(about, rounds):
    """A parser of a comparison's command line, of which this is what all of them understand."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=rounds, help=f"of turns; {rounds} without it")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results to it as well")
    return parser
