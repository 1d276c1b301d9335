"""One verification from the command line, start to end, once the model has been compiled and kept: by itself, through
a resident `faceprint serve`, and by other toolkits, in turns; and where the time goes.

    Benchmarks/verify.py [--peers opencv face_recognition deepface]

Faceprint looks its person up in a gallery; the peers, which have none, encode both photos. They need the Python of
.tools/bench-recognition, which $FACEPRINT_BENCH_RECOGNITION_PYTHON names; without it they are left out.
"""

import contextlib
import os
import statistics
import subprocess
import tempfile
from pathlib import Path

from common import BENCHMARK, FACEPRINT, rest, sample_photos, timed
from results import Part, Row, Table, options_parser

PEERS = "opencv", "face_recognition", "deepface"
TOOLS = Path(__file__).resolve().parents[1] / ".tools"
PYTHON = Path(
    os.environ.get("FACEPRINT_BENCH_RECOGNITION_PYTHON") or TOOLS / "bench-recognition/bin/python")


def run(command, environment=None):
    """Returns the most bytes in memory. Both exit codes of an answer will do: yes and no."""
    words = [str(word) for word in command]
    process = subprocess.Popen(
        words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | (environment or {}))
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode in (0, 1), f"“{' '.join(words)}” failed"
    return usage.ru_maxrss * 1024


@contextlib.contextmanager
def resident_server(folder, gallery):
    """A server that answers commands at a socket in a folder while the block runs; gives the socket's path."""
    socket = f"{folder}/serve.sock"
    process = subprocess.Popen(
        [FACEPRINT, "serve", "--listen", "127.0.0.1:0", "--socket", socket, "--log", "off", *gallery],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        # It says so when it listens.
        assert process.stdout.readline(), "the server has ended"
        yield socket
    finally:
        process.terminate()
        process.wait()


def contenders(peers, enrolled, probe, folder, gallery, socket):
    """Returns commands with their environments, by name. The first one is Faceprint by itself."""
    verify = [FACEPRINT, "verify", probe, "--as", "somebody", *gallery]
    commands = {
        "Faceprint": ([*verify, "--no-resident"], {}),
        "Faceprint, resident server": (verify, {"FACEPRINT_SOCKET": socket}),
        "faceprint --version": ([FACEPRINT, "--version"], {}),
    }
    if not PYTHON.exists():
        return commands
    if "deepface" in peers:
        # Of that Python, as are the packages that it links the weights for.
        subprocess.run(
            [PYTHON, "-c", f"import recognition; recognition.link_weights({folder!r})"], check=True,
            cwd=Path(__file__).parent)
    script = Path(__file__).with_name("verify_peers.py")
    environment = {"DEEPFACE_HOME": folder, "DEEPFACE_BACKEND_ENGINE": "onnx", "DEEPFACE_LOG_LEVEL": "40"}
    return commands | {peer: ([PYTHON, script, peer, enrolled, probe], environment) for peer in peers}


def steps_of(probe, rounds):
    """Returns the median seconds to decode the photo, to load the networks, and to find and encode the face."""
    steps = []
    for _ in range(rounds):
        output = subprocess.run([BENCHMARK, "steps", probe], check=True, capture_output=True, text=True).stdout
        steps.append([float(word) for word in output.split()])
        rest()
    return [statistics.median(times) for times in zip(*steps)]


def measure(rounds, peers):
    """Returns by contender the seconds of each round and the most bytes in memory; the seconds of the steps; and what is
    missing."""
    enrolled, probe = sample_photos()[:2]
    with tempfile.TemporaryDirectory() as folder:
        gallery = ["--gallery", f"{folder}/gallery.sqlite"]
        run([FACEPRINT, "enroll", "somebody", enrolled, *gallery])
        with resident_server(folder, gallery) as socket:
            commands = contenders(peers, enrolled, probe, folder, gallery, socket)
            seconds, peaks = {name: [] for name in commands}, dict.fromkeys(commands, 0)
            for round in range(rounds + 1):
                for name, (command, environment) in commands.items():
                    time, peak = timed(run, command, environment)
                    rest()
                    if round > 0:  # The first one warms up.
                        seconds[name].append(time)
                        peaks[name] = max(peaks[name], peak)
    missing = [] if PYTHON.exists() or not peers else [f"{', '.join(peers)}: there is no {PYTHON}."]
    return seconds, peaks, steps_of(probe, rounds), missing


def main():
    parser = options_parser(__doc__, rounds=9)
    parser.add_argument("--peers", nargs="*", choices=PEERS, default=PEERS)
    options = parser.parse_args()
    seconds, peaks, (decode, load, encode), missing = measure(options.rounds, options.peers)
    rows = [
        Row(name, [time * 1e3 for time in times], "faceprint" in name.lower(),
            details={"MB": f"{peaks[name] / 1e6:.0f}"})
        for name, times in seconds.items()]
    Part(
        "verify", "One verification from the command line",
        "A process from its start to its end, its networks compiled and kept before. Faceprint looks its person up in a "
        "gallery; the others, which have none, encode both photos.",
        tables=[Table("Is it this person?", "ms", rows, notes=[
            f"Faceprint by itself: to load the networks {load * 1e3:.0f} ms, beside it to decode the photo "
            f"{decode * 1e3:.0f} ms; to find the face and encode it {encode * 1e3:.0f} ms."])],
        missing=missing).publish(options.json)


if __name__ == "__main__":
    main()
