"""The server under load, beside the bulk command line and deepface's API server: the same photos and cores.

    Benchmarks/server.py [--seconds 60] [--memory-requests 100000]

Photos of 250×250 with one face go to /api/v1/recognition/recognize of a gallery of 100 people, all on this machine:

- Bulk: `faceprint identify` on the photos, without the time that it takes to load the model; before and after the rest.
- Saturation: as many requests at once as a client may send (wrk, 32 connections). There may be no error.
- Half of it: requests at a fixed rate, whether those before are answered or not; each counts from when it was due.
- Memory: bytes of the server in memory over that many requests.
- deepface's API server: /represent, which finds faces and encodes them, with the FaceNet and YuNet of Faceprint's. It
  searches nothing. By TensorFlow, which it takes where that is installed, and by its ONNX engine, its fastest; each in
  one process, as deepface's own image starts it, and in as many as there are cores.

All of Faceprint's but the memory once with its default model, two networks, and once with FaceNet alone.

The photos are those of $FACEPRINT_SHARED/lfw-dev, or --lfw.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from http.client import HTTPConnection
from importlib.util import find_spec
from pathlib import Path
from queue import SimpleQueue

from common import CORES, FACEPRINT, SHARED, rest
from recognition import link_weights

HERE = Path(__file__).resolve().parent
BOUNDARY = "photo-boundary"


def memory(pid):
    """The bytes of a process that are in memory."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS:"))


def faceprint(*words):
    words = [str(word) for word in (FACEPRINT, *words)]
    return subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout


class Load:
    """What wrk sends to an address, and what came of it."""

    def __init__(self, url, photos, part, seconds, connections, key="", fields=""):
        environment = os.environ | {"PHOTOS": str(photos), "PART": part, "FIELDS": fields}
        if key:
            environment["KEY"] = key
        command = ["wrk", "--threads", "1", "--connections", str(connections), "--duration", f"{seconds}s",
                   "--timeout", "60s", "--script", HERE / "post-photos.lua", url]
        output = subprocess.run(
            [str(word) for word in command], env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
        numbers = next(line for line in output.splitlines() if line.startswith("RESULT")).split()[1:]
        self.requests, self.seconds, self.broken, self.refused, self.median, self.p99 = map(float, numbers)
        self.speed = self.requests / self.seconds

    def __str__(self):
        return (
            f"{self.requests:.0f} requests in {self.seconds:.1f} s, {self.speed:.1f}/s; "
            f"{self.broken:.0f} broken connections, {self.refused:.0f} refused; "
            f"median {self.median:.0f} ms, p99 {self.p99:.0f} ms")


def form(path):
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="photo.jpg"\r\n\r\n'
    return head.encode() + path.read_bytes() + f"\r\n--{BOUNDARY}--\r\n".encode()


def at_rate(port, key, paths, rate, seconds):
    """Sends requests at a fixed rate, each by whichever of many clients is free, and returns their times in ms from
    when each was due, and how many failed."""
    due = SimpleQueue()
    times, failures = [], []
    headers = {"x-api-key": key, "Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}

    def client():
        connection = HTTPConnection("127.0.0.1", port)
        while (moment := due.get()) is not None:
            body = bodies[int(moment * rate) % len(bodies)]
            connection.request("POST", "/api/v1/recognition/recognize", body, headers)
            response = connection.getresponse()
            response.read()
            times.append((time.perf_counter() - moment) * 1000)
            if response.status != 200:
                failures.append(response.status)

    bodies = [form(path) for path in paths]
    clients = [threading.Thread(target=client) for _ in range(64)]
    for thread in clients:
        thread.start()
    start = time.perf_counter()
    for number in range(int(rate * seconds)):
        moment = start + number / rate
        time.sleep(max(moment - time.perf_counter(), 0))
        due.put(moment)
    for _ in clients:
        due.put(None)
    for thread in clients:
        thread.join()
    return times, len(failures)


def bulk(gallery, photos):
    """The photos a second of the command line, in bulk, without its start."""
    def seconds(paths):
        start = time.perf_counter()
        faceprint("identify", "--gallery", gallery, *paths)
        return time.perf_counter() - start

    return (len(photos) - 1) / (seconds(photos) - seconds(photos[:1]))


class Server:
    """Faceprint with a gallery of its own, of the photos in a folder."""

    def __init__(self, gallery, people, model):
        faceprint("enroll", "--folder", people, "--gallery", gallery, "--model", model)
        self.key = faceprint("key", "create", "bench", "--scopes", "recognise", "--gallery", gallery).split()[-1]
        command = [FACEPRINT, "serve", "--gallery", gallery, "--listen", "127.0.0.1:0"]
        command += ["--rate-limit", 0, "--log", "off"]
        self.process = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, text=True)
        words = self.process.stdout.readline().split()
        self.address = next(word for word in words if word.startswith("http")).rstrip(":,")
        self.port = int(self.address.rpartition(":")[2])
        self.url = self.address + "/api/v1/recognition/recognize"

    def end(self):
        self.process.terminate()
        assert self.process.wait() == 0


def deepface(home, engine, processes):
    """Starts deepface's API server, as its own image does but for the number of processes; returns it and its port."""
    port = 18900 + processes
    environment = os.environ | {
        "DEEPFACE_HOME": str(home), "DEEPFACE_BACKEND_ENGINE": engine, "DEEPFACE_LOG_LEVEL": "40",
        "TF_CPP_MIN_LOG_LEVEL": "3"}
    command = [sys.executable, "-m", "gunicorn", f"--workers={processes}", "--timeout=7200",
               f"--bind=127.0.0.1:{port}", "--log-level=error", "deepface.api.src.app:create_app()"]
    process = subprocess.Popen(command, env=environment)
    while True:
        assert process.poll() is None, "deepface's server doesn't start"
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/").read()
            return process, f"http://127.0.0.1:{port}/represent"
        except OSError:
            time.sleep(0.2)


def measure_rate(server, photos, rate, seconds):
    """Prints how long requests at a fixed rate take."""
    times, failures = at_rate(server.port, server.key, photos, rate, seconds)
    times.sort()
    median, p99 = statistics.median(times), times[int(len(times) * 0.99)]
    print(
        f"half of that, {rate:.1f}/s: median {median:.1f} ms, p99 {p99:.1f} ms, {p99 / median:.2f} × the median; "
        f"{failures} failures", flush=True)


def measure_memory(server, load, requests, speed):
    """Prints the server's memory as it goes through many requests, so many a second."""
    sent, series = 0, []
    while sent < requests:
        sent += load(server, max(min(60, int((requests - sent) / speed)), 1)).requests
        series.append(memory(server.process.pid) / 1e6)
    shown = series[:: max(len(series) // 12, 1)] + series[-1:]
    print(f"memory over {sent:.0f} requests, in MB: " + " ".join(f"{size:.0f}" for size in shown), flush=True)


def measure_peer(folder, engine, processes, seconds, speeds):
    """Prints the throughput of deepface's server, and how Faceprint's compare, which are by their names."""
    process, url = deepface(folder / "deepface", engine, processes)

    def ask(seconds):
        return Load(
            url, folder / "photos", "img", seconds, 2 * processes,
            fields="model_name=Facenet,detector_backend=yunet,enforce_detection=")

    ask(5)
    found = ask(seconds)
    ratios = ", ".join(f"{name} {speed / found.speed:.2f} times" for name, speed in speeds.items())
    print(f"deepface's server, {engine}, {processes} process(es): {found}; Faceprint's throughput: {ratios}", flush=True)
    process.terminate()
    process.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lfw", type=Path, default=SHARED / "lfw-dev", help="with images/")
    parser.add_argument("--photos", type=int, default=1000)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--memory-requests", type=int, default=100_000)
    options = parser.parse_args()
    everything = sorted((options.lfw / "images").glob("*/*.jpg"))
    enrolled = everything[:: len(everything) // options.people][: options.people]
    photos = [path for path in everything if path not in set(enrolled)][: options.photos]

    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "people").mkdir()
        for path in enrolled:
            shutil.copy(path, folder / "people" / f"{path.parent.name}.jpg")
        (folder / "photos").write_text("\n".join(map(str, photos)) + "\n")

        def load(server, seconds):
            return Load(server.url, folder / "photos", "file", seconds, options.connections, server.key)

        speeds = {}
        for model in ("fused", "facenet"):
            gallery = folder / f"{model}.sqlite"
            server = Server(gallery, folder / "people", model)
            first = bulk(gallery, photos)
            load(server, 3)  # It warms up.
            saturation = load(server, options.seconds)
            speeds[model] = saturation.speed
            print(f"{model}, saturation, {options.connections} connections, {CORES} cores: {saturation}", flush=True)
            rest()
            measure_rate(server, photos, saturation.speed / 2, options.seconds)
            second = bulk(gallery, photos)
            print(
                f"bulk command line: {first:.1f} and {second:.1f} photos/s; the server reaches "
                f"{2 * saturation.speed / (first + second):.0%}", flush=True)
            if model == "fused":
                measure_memory(server, load, options.memory_requests, saturation.speed)
            server.end()

        link_weights(folder / "deepface")
        for engine in ("tensorflow", "onnx") if find_spec("tensorflow") else ("onnx",):
            for processes in (CORES, 1):
                measure_peer(folder, engine, processes, max(options.seconds // 2, 5), speeds)


if __name__ == "__main__":
    main()
