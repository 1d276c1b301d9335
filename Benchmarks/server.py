"""The server under load beside deepface's API server: the same photos and cores, in turns.

    Benchmarks/server.py [--rounds 4] [--seconds 5]
    Benchmarks/server.py --alone [--seconds 60] [--memory-requests 100000]

Photos with one face go to /api/v1/recognition/recognize of a gallery of people, all on this machine, as many requests
as are answered (wrk, 16 connections). A turn takes some seconds; requests that are not answered by then don't count.

deepface's API server: /represent, which finds faces and encodes them, with the FaceNet and YuNet of Faceprint's. It
searches nothing. By TensorFlow, which it takes where that is installed, and by its ONNX engine, its fastest; each in one
process, as deepface's own image starts it, or in as many as there are cores, whichever is faster in a trial.

--alone measures Faceprint's server without peers, with its default model and with FaceNet alone:

- Bulk: `faceprint identify` on the photos, without the time that it takes to load the model; before and after the rest.
- Saturation: as many requests at once as a client may send (wrk, 32 connections). There may be no error.
- Half of it: requests at a fixed rate, whether those before are answered or not; each counts from when it was due.
- Memory: bytes of the server in memory over that many requests.

The photos are those of $FACEPRINT_SHARED/lfw-dev, or --lfw, where they are; else the celebrities' that `faceprint model
fetch` brings.
"""

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from contextlib import ExitStack, closing
from functools import partial
from http.client import HTTPConnection
from importlib.util import find_spec
from pathlib import Path
from queue import SimpleQueue

from common import CORES, FACEPRINT, SHARED, has_model, rest, test_photos
from recognition import MODELS, link_weights
from results import Part, Row, Table, options_parser, versions

HERE = Path(__file__).resolve().parent
BOUNDARY = "photo-boundary"
WARM_UP = 3


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

    processes = 1

    def __init__(self, gallery, people, model):
        faceprint("enroll", "--folder", people, "--gallery", gallery, "--model", model)
        self.key = faceprint("key", "create", "bench", "--scopes", "recognise", "--gallery", gallery).split()[-1]
        command = [FACEPRINT, "serve", "--gallery", gallery, "--model", model, "--listen", "127.0.0.1:0"]
        command += ["--rate-limit", 0, "--log", "off"]
        self.process = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, text=True)
        words = self.process.stdout.readline().split()
        self.address = next(word for word in words if word.startswith("http")).rstrip(":,")
        self.port = int(self.address.rpartition(":")[2])
        self.url = self.address + "/api/v1/recognition/recognize"

    def load(self, photos, seconds, connections):
        return Load(self.url, photos, "file", seconds, connections, self.key)

    def close(self):
        self.process.terminate()
        assert self.process.wait() == 0


class DeepFace:
    """deepface's API server, started as its own image does but for the number of processes."""

    def __init__(self, home, engine, processes):
        self.processes = processes
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        environment = os.environ | {
            "DEEPFACE_HOME": str(home), "DEEPFACE_BACKEND_ENGINE": engine, "DEEPFACE_LOG_LEVEL": "40",
            "TF_CPP_MIN_LOG_LEVEL": "3"}
        command = [sys.executable, "-m", "gunicorn", f"--workers={processes}", "--timeout=7200",
                   f"--bind={self.address}", "--log-level=error", "deepface.api.src.app:create_app()"]
        self.process = subprocess.Popen(command, env=environment)
        while True:
            assert self.process.poll() is None, "deepface's server doesn't start"
            try:
                urllib.request.urlopen(f"http://{self.address}/").read()
                break
            except OSError:
                time.sleep(0.2)

    def load(self, photos, seconds):
        return Load(
            f"http://{self.address}/represent", photos, "img", seconds, 2 * self.processes,
            fields="model_name=Facenet,detector_backend=yunet,enforce_detection=")

    def close(self):
        self.process.terminate()
        self.process.wait()


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
        sent += load(seconds=max(min(60, int((requests - sent) / speed)), 1)).requests
        series.append(memory(server.process.pid) / 1e6)
    shown = series[:: max(len(series) // 12, 1)] + series[-1:]
    print(f"memory over {sent:.0f} requests, in MB: " + " ".join(f"{size:.0f}" for size in shown), flush=True)


def best_processes(home, engine, photos):
    """The number of processes with which deepface's server is fastest in a trial."""
    speeds = {}
    for processes in 1, CORES:
        with closing(DeepFace(home, engine, processes)) as server:
            server.load(photos, WARM_UP)
            speeds[processes] = server.load(photos, WARM_UP).speed
    return max(speeds, key=speeds.get)


def start(folder, people, photos, options, part, opened):
    """By name, the servers and what loads each for some seconds; they are closed with `opened`."""
    servers, loads = {}, {}
    for model in MODELS:
        if not has_model(model):
            part.missing.append(f"{model}, which is not in the catalogue.")
            continue
        server = opened.enter_context(closing(Server(folder / f"{model}.sqlite", people, model)))
        servers[f"Faceprint, {model}"] = server
        loads[f"Faceprint, {model}"] = partial(server.load, photos, connections=options.connections)
    home = folder / "deepface"
    link_weights(home)
    for name, engine, package in ("TensorFlow", "tensorflow", "tensorflow"), ("ONNX", "onnx", "onnxruntime"):
        if not (find_spec("deepface") and find_spec(package)):
            part.missing.append(f"deepface's server by {name}, which this Python hasn't.")
            continue
        processes = best_processes(home, engine, photos)
        server = opened.enter_context(closing(DeepFace(home, engine, processes)))
        servers[f"deepface, {name}"], loads[f"deepface, {name}"] = server, partial(server.load, photos)
    return servers, loads


def compare(folder, people, photos, options, part):
    """Lets all take turns; returns the table."""
    with ExitStack() as opened:
        servers, loads = start(folder, people, photos, options, part, opened)
        speeds, refused = {name: [] for name in loads}, {name: 0 for name in loads}
        for load in loads.values():
            load(seconds=WARM_UP)
        for _ in range(options.rounds):
            for name, load in loads.items():
                time.sleep(1)  # The one before goes on with requests whose client has gone.
                found = load(seconds=options.seconds)
                assert found.requests and not found.broken, f"{name}: {found}"
                speeds[name].append(found.speed)
                refused[name] += int(found.refused)
    rows = [
        Row(name, speeds[name], "Faceprint" in name,
            details={"processes": f"{servers[name].processes}", "refused": f"{refused[name]}"})
        for name in loads]
    return Table("Requests at once, as many as are answered", "requests/s", rows)


def measure_alone(folder, people, paths, photos, options):
    """Prints what Faceprint's server does with two models."""
    for model in ("fused", "facenet"):
        gallery = folder / f"{model}.sqlite"
        server = Server(gallery, people, model)
        load = partial(server.load, photos, connections=options.connections)
        first = bulk(gallery, paths)
        load(seconds=WARM_UP)
        saturation = load(seconds=options.seconds)
        print(f"{model}, saturation, {options.connections} connections, {CORES} cores: {saturation}", flush=True)
        rest()
        measure_rate(server, paths, saturation.speed / 2, options.seconds)
        second = bulk(gallery, paths)
        print(
            f"bulk command line: {first:.1f} and {second:.1f} photos/s; the server reaches "
            f"{2 * saturation.speed / (first + second):.0%}", flush=True)
        if model == "fused":
            measure_memory(server, load, options.memory_requests, saturation.speed)
        server.close()


def main():
    parser = options_parser(__doc__, rounds=4)
    parser.add_argument("--lfw", type=Path, default=SHARED / "lfw-dev", help="with images/")
    parser.add_argument("--photos", type=int, default=1000)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--seconds", type=int, help="of a turn, 5 without it; with --alone of each load, 60 without it")
    parser.add_argument("--connections", type=int, help="to Faceprint's server; 16 without it, with --alone 32")
    parser.add_argument("--alone", action="store_true", help="measure Faceprint's server without peers")
    parser.add_argument("--memory-requests", type=int, default=100_000, help="with --alone")
    options = parser.parse_args()
    options.seconds = options.seconds or (60 if options.alone else 5)
    options.connections = options.connections or (32 if options.alone else 16)
    everything, source = test_photos(options.lfw)
    enrolled = everything[:: max(len(everything) // options.people, 2)][: options.people]
    paths = [path for path in everything if path not in set(enrolled)][: options.photos]

    part = Part(
        "server", "Server", versions=versions("deepface", "gunicorn", "tensorflow-cpu", "onnxruntime"))
    if not shutil.which("wrk"):
        part.missing.append("all of it: there is no wrk, which sends the requests.")
        part.publish(options.json)
        return
    part.versions["wrk"] = subprocess.run(["wrk", "-v"], stdout=subprocess.PIPE, text=True).stdout.split()[1]
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        people, photos = folder / "people", folder / "photos"
        people.mkdir()
        for path in enrolled:
            shutil.copy(path, people / f"{path.parent.name}.jpg")
        photos.write_text("\n".join(map(str, paths)) + "\n")
        if options.alone:
            return measure_alone(folder, people, paths, photos, options)
        part.about = (
            f"{len(paths)} {source}, sent to `/api/v1/recognition/recognize` of a gallery of "
            f"{len(list(people.iterdir()))} people by {options.connections} connections at once (wrk, on the same "
            f"{CORES} cores), {options.seconds} seconds a turn; to deepface's by two a process. That has the same FaceNet and YuNet; its "
            f"`/represent` finds and encodes faces, and searches nothing. It has one process or one a core, whichever "
            f"was faster in a trial.")
        part.tables = [compare(folder, people, photos, options, part)]
    part.publish(options.json)


if __name__ == "__main__":
    main()
