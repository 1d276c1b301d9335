"""`faceprint verify` from the command line, once its model has been compiled and kept: wall time and where it goes.

    Benchmarks/verify.py
"""

import argparse
import os
import statistics
import subprocess
import tempfile

from common import BENCHMARK, FACEPRINT, rest, sample_photos, timed

ROUNDS = 15


def run(*command):
    """Returns the most bytes in memory. Both exit codes of an answer will do: yes and no."""
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode in (0, 1), f"faceprint {command[1]} failed"
    return usage.ru_maxrss * 1024


def main():
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    enrolled, probe = sample_photos()[:2]
    with tempfile.TemporaryDirectory() as folder:
        gallery = ["--gallery", f"{folder}/gallery.sqlite"]
        run(FACEPRINT, "enroll", "somebody", enrolled, *gallery)
        verify = [FACEPRINT, "verify", probe, "--as", "somebody", *gallery]
        run(*verify)
        walls, starts, steps, peaks = [], [], [], []
        for _ in range(ROUNDS):
            seconds, peak = timed(run, *verify)
            walls.append(seconds)
            peaks.append(peak)
            starts.append(timed(run, FACEPRINT, "--version")[0])
            output = subprocess.run([BENCHMARK, "steps", probe], check=True, capture_output=True, text=True).stdout
            steps.append([float(word) for word in output.split()])
            rest()
    decode, load, encode = (statistics.median(times) * 1e3 for times in zip(*steps))
    wall, start = statistics.median(walls) * 1e3, statistics.median(starts) * 1e3
    print(f"faceprint verify: {wall:.0f} ms, {min(walls) * 1e3:.0f} to {max(walls) * 1e3:.0f} ms in {ROUNDS} runs;")
    print(f"at most {max(peaks) / 1e6:.0f} MB in memory.")
    print(f"To start and end a process: {start:.0f} ms. To load the networks: {load:.0f} ms, and beside it the photo:")
    print(f"{decode:.0f} ms. To find the face and encode it: {encode:.0f} ms.")


if __name__ == "__main__":
    main()
