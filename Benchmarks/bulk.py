"""Enrolling a folder of many photos: its speed beside the bare pipeline's, its memory, and that it can be resumed.

    Benchmarks/bulk.py [--photos 20000] [--folder DIR] [--gallery sqlite|postgres|postgres://…/faceprint_bulk …]

The photos are made from those of $FACEPRINT_SHARED/lfw-dev, or --lfw: each is moved, scaled, turned, mirrored, lit and
compressed otherwise. They are the same in each run, and stay in --folder.

- Pipeline: decode, find the face, encode; no judgement, no thumbnail, no gallery. Before and after each enrolment.
- Enrolment: `faceprint enroll --folder --force` into an empty gallery, by the clock on the wall, its start included.
  Forced, since refused photos would not be encoded, which is faster. It has to reach 90 % of the pipeline, with less
  than 1.5 GB of memory.
- Again: a second run, which has to change nothing.
- Interrupted: killed at a random moment, and run again. The gallery has to hold as much as the first.

Each for every --gallery: a file, a PostgreSQL that is started here (Scripts/postgres-server), or a database elsewhere
whose name ends in “_bulk”, which is emptied by psql. The first two, unless said otherwise.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import tempfile
import time
from multiprocessing import Pool
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image, ImageEnhance, ImageOps

from common import BENCHMARK, CORES, FACEPRINT, SHARED, Child, rest

ROOT = Path(__file__).resolve().parents[1]
LEAST_SHARE, MOST_MEMORY = 0.90, 1.5e9


def vary(source, target, number):
    """Writes a variant of a photo, the same for the same number. Number 0 is the photo itself, saved again."""
    draw = random.Random(f"{source.name} {number}")
    photo = Image.open(source).convert("RGB")
    if number > 0:
        side = photo.width * draw.uniform(0.88, 1.0)
        left, top = ((length - side) * draw.random() for length in photo.size)
        photo = photo.rotate(draw.uniform(-6, 6), Image.Resampling.BICUBIC)
        photo = photo.transform(
            photo.size, Image.Transform.EXTENT, (left, top, left + side, top + side), Image.Resampling.BICUBIC)
        if draw.random() < 0.5:
            photo = ImageOps.mirror(photo)
        photo = ImageEnhance.Brightness(photo).enhance(draw.uniform(0.8, 1.2))
        photo = ImageEnhance.Contrast(photo).enhance(draw.uniform(0.85, 1.15))
    photo.save(target, quality=draw.randint(75, 95))


def make(task):
    source, target, number = task
    if not target.exists():
        partial = target.with_suffix(".part.jpg")
        vary(source, partial, number)
        partial.rename(target)


def photos(lfw, folder, count):
    """Makes the photos, a folder a person, and returns their paths in the order in which they are enrolled."""
    sources = sorted((lfw / "images").glob("*/*.jpg"))
    tasks = []
    for place in range(count):
        number, which = divmod(place, len(sources))
        source = sources[which]
        tasks.append((source, folder / source.parent.name / f"{source.stem}_{number:02}.jpg", number))
    for parent in {target.parent for _, target, _ in tasks}:
        parent.mkdir(parents=True, exist_ok=True)
    with Pool(CORES) as pool:
        pool.map(make, tasks, chunksize=64)
    return sorted(target for _, target, _ in tasks)


class Pipeline(Child):
    """The steps from files to embeddings, without a gallery."""

    def __init__(self, model, paths, list_file):
        super().__init__(BENCHMARK, "recognition", model)
        self.count = len(paths)
        self.file = list_file
        list_file.write_text("\n".join(map(str, paths[:64])) + "\n")
        self.round(list_file)
        list_file.write_text("\n".join(map(str, paths)) + "\n")

    def speed(self):
        """Photos a second."""
        rest()
        seconds, _ = self.round(self.file)
        rest()
        return self.count / seconds


class Place:
    """Where a gallery is, which can be emptied."""

    def __init__(self, location):
        self.name, self.location = "SQLite", str(location)

    def empty(self):
        for suffix in ("", "-wal", "-shm"):
            Path(self.location + suffix).unlink(missing_ok=True)

    def end(self):
        self.empty()

    def exists(self):
        return Path(self.location).exists()

    def counts(self):
        """The templates of each person."""
        words = [FACEPRINT, "people", "list", "--json", "--gallery", self.location]
        output = subprocess.run([str(word) for word in words], check=True, stdout=subprocess.PIPE).stdout
        return {person["name"]: person["templates"] for person in json.loads(output)}


class Database(Place):
    """A database of somebody's server."""

    def __init__(self, url):
        if not urlsplit(url).path.endswith("_bulk"):
            raise SystemExit("the database is emptied, so its name has to end in “_bulk”")
        self.name, self.location = "PostgreSQL", url

    def empty(self):
        statement = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"
        subprocess.run(["psql", "--quiet", self.location, "-c", statement], check=True)

    def exists(self):
        return True


class OwnDatabase(Database):
    """A server of this benchmark's own, new each time it is emptied."""

    def __init__(self):
        self.name, self.location, self.server = "PostgreSQL", None, None

    def empty(self):
        self.end()
        python = os.environ.get("FACEPRINT_TEST_PYTHON") or ROOT / ".tools/test/bin/python"
        self.server = Child(python, ROOT / "Scripts/postgres-server")
        self.server.process.stdout.readline()
        print("socket", file=self.server.process.stdin, flush=True)
        self.location = self.server.process.stdout.readline().strip()

    def end(self):
        if self.server:
            self.server.end()
            self.server = None


def enroll(place, folder, model, log, kill_after=None):
    """Returns the seconds, the most bytes in memory, and the last lines of what was printed."""
    words = [FACEPRINT, "enroll", "--folder", folder, "--gallery", place.location, "--model", model, "--force"]
    start = time.perf_counter()
    with log.open("w") as output:
        process = subprocess.Popen([str(word) for word in words], stdout=output, stderr=subprocess.DEVNULL)
        if kill_after is not None:
            time.sleep(kill_after)
            process.send_signal(signal.SIGKILL)
        _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if kill_after is None and os.waitstatus_to_exitcode(status) not in (0, 3):
        raise SystemExit(f"“{' '.join(map(str, words))}” ended with {os.waitstatus_to_exitcode(status)}")
    return seconds, usage.ru_maxrss * 1024, log.read_text().splitlines()


def measure(place, pipeline, before, folder, model, log):
    """Measures one kind of gallery, and returns the pipeline's speed afterwards."""
    place.empty()
    seconds, memory, lines = enroll(place, folder, model, log)
    speed = pipeline.count / seconds
    after = pipeline.speed()
    share = speed / ((before + after) / 2)
    print(f"\n{place.name}: {speed:.1f} photos/s; the pipeline {before:.1f} before and {after:.1f} after")
    print(f"  {share:.1%} of the pipeline (needed: {LEAST_SHARE:.0%}); at most {memory / 1e6:.0f} MB in memory")
    print("  " + lines[-1])
    whole = place.counts()
    again, _, _ = enroll(place, folder, model, log)
    same = place.counts() == whole
    print(f"  again: {again:.1f} s, {'nothing changed' if same else 'SOMETHING CHANGED'}", flush=True)

    place.empty()
    moment = random.uniform(0.05, 0.9) * seconds
    _, _, lines = enroll(place, folder, model, log, kill_after=moment)
    reported = sum(": enrolled " in line for line in lines)
    kept = sum(place.counts().values()) if place.exists() else 0
    enroll(place, folder, model, log)
    resumed = place.counts() == whole
    print(
        f"  killed after {moment:.1f} s: {reported} reported, {kept} kept; run again: "
        f"{'as many as without' if resumed else 'NOT AS MANY'} ({sum(whole.values())})", flush=True)
    kept_all = resumed and kept >= reported
    return after, share >= LEAST_SHARE and memory < MOST_MEMORY and same and kept_all


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lfw", type=Path, default=SHARED / "lfw-dev", help="with images/")
    parser.add_argument("--photos", type=int, default=20_000)
    parser.add_argument("--model", default="fused")
    parser.add_argument("--gallery", nargs="+", default=["sqlite", "postgres"], help="sqlite, postgres or a URL")
    parser.add_argument("--folder", type=Path, help="where the photos are made, or were")
    options = parser.parse_args()
    temporary = Path(tempfile.gettempdir())
    folder = options.folder or temporary / f"faceprint-bulk-{options.photos}"
    paths = photos(options.lfw, folder, options.photos)
    print(f"{len(paths)} photos of {len({path.parent for path in paths})} people, {CORES} cores, {options.model}")

    with tempfile.TemporaryDirectory() as work:
        work = Path(work)
        pipeline = Pipeline(options.model, paths, work / "photos")
        speed, passed = pipeline.speed(), True
        for kind in options.gallery:
            place = {"sqlite": lambda: Place(work / "gallery.sqlite"), "postgres": OwnDatabase}.get(
                kind, lambda: Database(kind))()
            try:
                speed, is_good = measure(place, pipeline, speed, folder, options.model, work / "log")
            finally:
                place.end()
            passed = passed and is_good
        pipeline.end()
    print(f"\n{'passed' if passed else 'FAILED'}")
    raise SystemExit(0 if passed else 1)


if __name__ == "__main__":
    main()
