"""What the benchmarks share: contenders in processes of their own, which take their rounds in turns."""

import os
import subprocess
import time
from pathlib import Path

CORES = len(os.sched_getaffinity(0))
BINARIES = Path(__file__).resolve().parents[1] / ".build/release"
BENCHMARK = BINARIES / "FaceprintBenchmark"
FACEPRINT = BINARIES / "faceprint"
HAS_BF16 = "bf16" in Path("/proc/cpuinfo").read_text()
SHARED = Path(os.environ.get("FACEPRINT_SHARED") or Path(__file__).resolve().parents[1] / "../shared")

# OpenBLAS, in NumPy and faiss, knows the processor better than settings that were made for another one.
for variable in "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE":
    os.environ.pop(variable, None)
# What peers warn of at each start is nothing that a reader of the results could mend.
os.environ |= {"OPENCV_LOG_LEVEL": "ERROR", "PYTHONWARNINGS": "ignore"}


class Child:
    """A process that does one round for each line it reads, and answers with a line of numbers, seconds first."""

    def __init__(self, *command):
        command = [str(word) for word in command]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def round(self, *words):
        """Returns the seconds that it took, and the answer's other words."""
        print(*words, file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline().split()
        if not answer:
            raise SystemExit(f"“{' '.join(self.process.args)}” has ended before its round")
        return float(answer[0]), answer[1:]

    def peak_memory(self):
        """The most bytes that it has had in memory at once."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def timed(function, *arguments, **options):
    """Returns the seconds that a call took, and its result."""
    start = time.perf_counter()
    result = function(*arguments, **options)
    return time.perf_counter() - start, result


def rest():
    """Lets the worker threads of a contender end, which go on spinning for a while after their work."""
    time.sleep(0.1)


def data_folder():
    """Where Faceprint keeps what it has fetched."""
    home = os.environ.get("FACEPRINT_HOME")
    return Path(home or Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "faceprint")


def sample_photos():
    return sorted((data_folder() / "samples/5-celebrity-faces-dataset/train").glob("*/*.jpg"))


def test_photos(lfw):
    """The photos of LFW below a folder, where they are; else those of the celebrities that Faceprint fetches. Says what
    they are."""
    photos = sorted((lfw / "images").glob("*/*.jpg"))
    if photos:
        return photos, "photos of LFW (250×250)"
    return sample_photos(), f"photos of celebrities, which `faceprint model fetch` brings (there is no LFW in {lfw.name})"


def has_model(name):
    """Whether it is in Faceprint's catalogue."""
    folder = data_folder() / "models" / name
    return any((folder / file).exists() for file in ("manifest.json", "fusion.json"))
