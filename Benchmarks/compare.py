"""Says of each ratio of a run whether that of another run lies within its stated spread.

    Benchmarks/compare.py OLD.json NEW.json

Both are results of Benchmarks/run. A ratio of the new run is to the same base as that of the old one. The exit status
is 1 if one lies outside, or is missing.
"""

import argparse
import json
import sys
from pathlib import Path

import results


def tables(run):
    """The tables by the names of part and table."""
    parts = [results.part(part) for part in run["parts"]]
    return {(part.name, table.title): table for part in parts for table in part.tables}


def comparisons(old, new):
    """For each ratio of the old run: part, table, contender and base; the ratio and its spread; and the new ratio, None
    where there is none."""
    found = tables(new)
    for place, table in tables(old).items():
        for (name, base), stated in table.ratios().items():
            other = found.get(place)
            rows = [other.row(name), other.row(base)] if other else [None]
            yield (*place, name, base), stated, other.ratio(*rows)[0] if all(rows) else None


def report(old, new):
    """Prints all comparisons; returns how many lie outside or are missing."""
    outside, count = 0, 0
    for place, (ratio, low, high), found in comparisons(old, new):
        count += 1
        within = found is not None and low <= found <= high
        outside += not within
        verdict = "missing" if found is None else f"{found:.2f} {'within' if within else 'OUTSIDE'}"
        part, table, name, base = place
        print(f"{part}, {table}: {name} to {base}: {ratio:.2f} ({low:.2f} to {high:.2f}), now {verdict}")
    print(f"\n{count - outside} of {count} ratios lie within their spread.")
    return outside


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    options = parser.parse_args()
    return 1 if report(*(json.loads(path.read_text()) for path in (options.old, options.new))) else 0


if __name__ == "__main__":
    sys.exit(main())
