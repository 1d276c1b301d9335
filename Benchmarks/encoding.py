"""Encoding with FaceNet beside ONNX Runtime and TensorFlow: the same photos, weights and cores, in turns.

    Benchmarks/encoding.py [--rounds 9]

A round encodes 32 photos in batches of 1, 8, 16 or 32. Each contender starts from the same bytes, 160×160 pixels of
each photo, brings them to 0…1 and gives embeddings.
Faceprint is used as its command does: in latency mode for one photo, in throughput mode for more. It takes part in f32,
in bf16 where the processor has it, and in int8 where `faceprint model quantize` has put facenet-int8 in the catalogue.
"""

import statistics
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from common import BENCHMARK, CORES, HAS_BF16, SHARED, Child, data_folder, has_model, rest, sample_photos
from results import Part, Row, Table, options_parser, versions

PHOTOS = 32
BATCHES = [1, 8, 16, 32]
# By name: its package, and the model's file in the data folder.
PEERS = {
    "TensorFlow": ("tensorflow", "sources/facenet_keras.h5"),
    "ONNX Runtime": ("onnxruntime", "models/facenet/model.onnx"),
}
# By arithmetic: the largest relative difference that an embedding may have from the first peer's.
TOLERANCES = {"f32": 1e-4, "bf16": 5e-2, "int8": 0.2}


def peer(name, pictures):
    package, model = PEERS[name]
    return Child(
        sys.executable, Path(__file__).with_name("encoding_peers.py"), package, data_folder() / model, pictures)


def own():
    """Faceprint's contenders by their arithmetic: the model and the precision to ask for."""
    found = {"f32": ("facenet", "f32")}
    if HAS_BF16:
        found["bf16"] = ("facenet", "bf16")
    if has_model("facenet-int8"):
        found["int8"] = ("facenet-int8", "automatic")
    return found


def encode(child, batch):
    """Returns the seconds and the embeddings, [photo][128]."""
    seconds, numbers = child.round(batch)
    return seconds, np.array(numbers, np.float32).reshape(-1, 128)


def difference(found, expected):
    """The largest relative difference of an embedding."""
    return (np.linalg.norm(found - expected, axis=1) / np.linalg.norm(expected, axis=1)).max()


def check_golden():
    """The network that TensorFlow runs here must be the one whose embeddings are known."""
    golden = SHARED / "golden"
    if not golden.is_dir():
        return
    expected = np.fromfile(golden / "seed_embeddings_raw.f32", np.float32).reshape(-1, 128)
    child = peer("TensorFlow", golden / "seed_pixels_160.u8")
    error = difference(encode(child, PHOTOS)[1], expected)
    child.end()
    assert error < 1e-4, f"TensorFlow's embeddings differ by {error:.1e} from the golden ones"
    print(f"TensorFlow's embeddings of the golden pictures differ by {error:.0e} from the known ones.")


def measure(children, batch, rounds, operations):
    """The table of one size of batches. What each finds is checked in the first round, which warms up."""
    speeds, details = {name: [] for name in children}, {name: {} for name in children}
    expected = None
    for round in range(rounds + 1):
        for name, (child, arithmetic) in children.items():
            time, found = encode(child, batch)
            rest()
            if round:
                speeds[name].append(PHOTOS / time)
                continue
            expected = found if expected is None else expected
            error = difference(found, expected)
            assert error <= TOLERANCES[arithmetic], f"{name}'s embeddings in batches of {batch} differ by {error:.1e}"
            details[name]["embeddings differ by"] = f"{error:.0e}" if error else "–"
    for name, (child, _) in children.items():
        details[name]["peak memory"] = f"{child.peak_memory() / 1e6:.0f} MB"
    title = "One photo at a time" if batch == 1 else f"Batches of {batch}"
    return Table(
        title, "photos/s",
        [Row(name, speeds[name], "Faceprint" in name, arithmetic, operations, details[name])
         for name, (_, arithmetic) in children.items()])


def main():
    parser = options_parser(__doc__, rounds=9)
    options = parser.parse_args()

    peers = [name for name, (package, _) in PEERS.items() if find_spec(package)]
    part = Part(
        "encoding", "Encoding",
        versions=versions("tensorflow-cpu", "tensorflow", "onnxruntime", "numpy"),
        missing=[f"{name}, which this Python hasn't." for name in PEERS if name not in peers])
    if not HAS_BF16:
        part.missing.append("bf16, which this processor hasn't.")
    if "int8" not in own():
        part.missing.append("int8: there is no facenet-int8 in the catalogue.")
    if "TensorFlow" in peers:
        check_golden()
    child = Child(BENCHMARK, "limits")
    operations, _ = child.round("operations")
    child.end()

    with tempfile.NamedTemporaryFile() as pictures:
        subprocess.run([BENCHMARK, "pictures", pictures.name, *sample_photos()[:PHOTOS]], check=True)
        others = {name: (peer(name, pictures.name), "f32") for name in peers}
        ours = {
            mode: {
                f"Faceprint {arithmetic}": (Child(BENCHMARK, "encoding", pictures.name, *chosen, mode), arithmetic)
                for arithmetic, chosen in own().items()}
            for mode in ("latency", "throughput")}
        for batch in BATCHES:
            children = others | ours["latency" if batch == 1 else "throughput"]
            part.tables.append(measure(children, batch, options.rounds, operations))
            print(f"{part.tables[-1].title} is measured.", flush=True)
        child, _ = ours["latency"]["Faceprint f32"]
        prepare = statistics.median(child.round("prepare")[0] for _ in range(options.rounds))
        share = prepare / PHOTOS * part.tables[0].row("Faceprint f32").median
        part.tables[0].notes.append(
            f"The pixels' way to floats takes {share:.2%} of Faceprint's time in f32.")
        for child, _ in [*others.values(), *ours["latency"].values(), *ours["throughput"].values()]:
            child.end()

    part.about = (
        f"FaceNet from pixels to embeddings: {PHOTOS} photos a round, 160×160, {CORES} cores for each. The peers have the "
        f"same weights. A photo takes {operations:.2f} billion operations, which gives the share of the machine's limit "
        f"in the contender's arithmetic. Embeddings differ from the first contender's, relative to their length, by at "
        f"most what is stated.")
    part.publish(options.json)


if __name__ == "__main__":
    main()
