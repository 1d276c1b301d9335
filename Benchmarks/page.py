"""Writes docs/BENCHMARKS.md out of the results of a run.

    Benchmarks/page.py [docs/benchmarks.json] >docs/BENCHMARKS.md
"""

import json
import sys
from pathlib import Path

import results

INTRODUCTION = """\
# Benchmarks

Measured on {date} by `make bench`, which sets up what it needs, runs every comparison below in one run of {minutes} minutes, and writes this page. No number on it is typed by hand; the samples are in [benchmarks.json](benchmarks.json).
{quick}
In a comparison all contenders do the same work on the same cores, in turns: one round after the other, each with a turn of every contender, after one that isn't counted. A table has the median of the rounds, and their lowest and highest. A ratio is that of medians, above 1 where the contender is better than the one in the heading, by default the fastest peer. In brackets is its spread: the range of the ratios of single rounds, widened by {widening:.0%} at both ends, because two runs differ by more than the rounds of one. Faceprint's contenders are in bold type.

`make rebench` measures again and says of each ratio whether it lies within the spread stated here. Nothing else should run on the machine meanwhile. A part is repeated alone by the command below its heading.

What takes longer than a page should, has commands of its own: `Benchmarks/gallery.py` (galleries of a million people), `growth.py`, `clustering.py`, `video.py`, `bulk.py` (enrolment), `accuracy.py`, `recognition.py --accuracy` and `server.py --alone`.
"""
QUICK = "\n**This was a quick run to try the scripts, of two rounds: its numbers say little.**\n"


def facts(values):
    """A table of two columns."""
    return ["| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in values.items())]


def limits(parts):
    """The most that the machine reached in this run, in billions a second, by name."""
    tables = next((part["tables"] for part in parts if part["name"] == "limits" and "tables" in part), [])
    rows = [results.Row(**row) for table in tables for row in table["rows"]]
    return {name: max(max(row.samples) for row in rows if row.limit == name) for name in {row.limit for row in rows}}


def markdown(run):
    """The page."""
    widening = results.WIDENING - 1
    introduction = INTRODUCTION.format(
        date=run["date"], minutes=round(run["seconds"] / 60), quick=QUICK * run["quick"], widening=widening)
    packages = {}
    for part in run["parts"]:
        packages |= part.get("versions", {})
    lines = [introduction, "## Machine", "", *facts(run["machine"]), "", "## Versions", ""]
    lines += [*facts(run["versions"] | dict(sorted(packages.items(), key=lambda pair: pair[0].lower()))), ""]
    bounds = limits(run["parts"])
    for part in run["parts"]:
        took = f" ({part['seconds']} seconds)" if "seconds" in part else ""
        lines += [f"## {part['title']}", "", f"`{part['command']}`{took}", ""]
        lines += results.part(part).lines({} if part["name"] == "limits" else bounds)
    return "\n".join(lines).rstrip() + "\n"


def main():
    file = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parents[1] / "docs/benchmarks.json")
    print(markdown(json.loads(file.read_text())), end="")


if __name__ == "__main__":
    main()
