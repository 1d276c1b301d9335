"""Encoding with FaceNet and SFace beside ONNX Runtime and TensorFlow: the same photos, weights and cores, in turns.

    Benchmarks/encoding.py [--rounds 9]

A round encodes 32 photos in batches, of 1, 8, 16 or 32 with FaceNet and of 16 with SFace. Each contender starts from
the same bytes, which have the network's size already, brings them to the network's numbers and gives embeddings.
Faceprint is used as its command does: in latency mode for one photo, in throughput mode for more. It takes part in f32,
in bf16 where the processor has it, and in int8 where `faceprint model quantize` has made that.
"""

import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from common import BENCHMARK, CORES, HAS_BF16, SHARED, Child, data_folder, has_model, rest, sample_photos
from results import Part, Row, Table, number, options_parser, versions

PHOTOS = 32


@dataclass
class Network:
    """A network that all contenders run.

    name: In Faceprint's catalogue.
    side: Of its pictures, in pixels.
    normalization: Faceprint's name of how their values become its numbers; for the peers, by what they are divided.
    peers: By name, the package and the file in the data folder.
    tolerances: By arithmetic, the largest relative difference that an embedding may have from the first peer's.
    operations: How many billion a photo takes; 0 where that isn't counted.
    """

    name: str
    title: str
    side: int
    normalization: str
    divisor: int
    batches: list
    peers: dict
    tolerances: dict
    operations: float = 0

    def contenders(self):
        """Faceprint's by their arithmetic: the model and the precision to ask for."""
        found = {"f32": (self.name, "f32")}
        if HAS_BF16:
            found["bf16"] = (self.name, "bf16")
        if has_model(f"{self.name}-int8"):
            found["int8"] = (f"{self.name}-int8", "automatic")
        return found

    def own(self, mode, pictures):
        """Faceprint's processes in a mode, and their arithmetic."""
        return {
            f"Faceprint {arithmetic}": (
                Child(BENCHMARK, "encoding", pictures, model, self.normalization, precision, mode), arithmetic)
            for arithmetic, (model, precision) in self.contenders().items()}

    def peer(self, name, pictures):
        package, model = self.peers[name]
        script = Path(__file__).with_name("encoding_peers.py")
        return Child(sys.executable, script, package, data_folder() / model, self.side, self.divisor, pictures)

    def others(self, pictures):
        """The processes of those peers that this Python has, and their arithmetic."""
        known = [name for name, (package, _) in self.peers.items() if find_spec(package)]
        return {name: (self.peer(name, pictures), "f32") for name in known}


FACENET = Network(
    "facenet", "FaceNet", 160, "unit", 255, [1, 8, 16, 32],
    peers={
        "TensorFlow": ("tensorflow", "sources/facenet_keras.h5"),
        "ONNX Runtime": ("onnxruntime", "models/facenet/model.onnx"),
    },
    tolerances={"f32": 1e-4, "bf16": 5e-2, "int8": 0.2})
# Rounded numbers move its embeddings more than FaceNet's.
SFACE = Network(
    "sface", "SFace", 112, "raw", 1, [16],
    peers={"ONNX Runtime": ("onnxruntime", "models/sface/model.onnx")},
    tolerances={"f32": 1e-4, "bf16": 0.2, "int8": 0.4})


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
    child = FACENET.peer("TensorFlow", golden / "seed_pixels_160.u8")
    error = difference(encode(child, PHOTOS)[1], expected)
    child.end()
    assert error < 1e-4, f"TensorFlow's embeddings differ by {error:.1e} from the golden ones"
    print(f"TensorFlow's embeddings of the golden pictures differ by {error:.0e} from the known ones.")


def measure_batches(network, children, batch, rounds):
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
            assert error <= network.tolerances[arithmetic], (
                f"{name}'s embeddings in batches of {batch} differ by {error:.1e}")
            details[name]["embeddings differ by"] = f"{error:.0e}" if error else "–"
    for name, (child, _) in children.items():
        details[name]["peak memory"] = f"{child.peak_memory() / 1e6:.0f} MB"
    title = "one photo at a time" if batch == 1 else f"batches of {batch}"
    return Table(
        f"{network.title}, {title}", "photos/s",
        [Row(name, speeds[name], "Faceprint" in name, arithmetic, network.operations, details[name])
         for name, (_, arithmetic) in children.items()])


def mode_for(batch):
    """How Faceprint's command runs a network for so many photos at once."""
    return "latency" if batch == 1 else "throughput"


def measure(network, rounds):
    """The tables of a network."""
    with tempfile.NamedTemporaryFile() as pictures:
        photos = sample_photos()[:PHOTOS]
        subprocess.run([BENCHMARK, "pictures", pictures.name, str(network.side), *photos], check=True)
        others = network.others(pictures.name)
        ours = {mode: network.own(mode, pictures.name) for mode in dict.fromkeys(map(mode_for, network.batches))}
        tables = []
        for batch in network.batches:
            children = others | ours[mode_for(batch)]
            tables.append(measure_batches(network, children, batch, rounds))
            print(f"{tables[-1].title} is measured.", flush=True)
        child, _ = ours["throughput"]["Faceprint f32"]
        prepare = statistics.median(child.round("prepare")[0] for _ in range(rounds))
        share = prepare / PHOTOS * tables[0].row("Faceprint f32").median
        tables[0].notes.append(f"The pixels' way to floats takes {share:.2%} of Faceprint's time in f32.")
        for child, _ in [child for children in (others, *ours.values()) for child in children.values()]:
            child.end()
    return tables


def fused(facenet, sface):
    """What the fused model comes to by the tables of its networks, as a sentence: FaceNet once and SFace twice."""
    speeds = {
        row.name: 1 / (1 / row.median + 2 / other.median) for row in facenet.rows if (other := sface.row(row.name))}
    shown = [f"{name} {number(speed)}" for name, speed in speeds.items()]
    ratios = [
        f"{speeds['Faceprint int8'] / speeds[name]:.2f} times {name}"
        for name in speeds if "Faceprint int8" in speeds and name != "Faceprint int8"]
    return (
        f"The fused model runs FaceNet once and SFace twice, on a face and its mirror image. By these tables that "
        f"makes, in photos a second: {', '.join(shown)}." + (f" int8 is {', '.join(ratios)}." if ratios else ""))


def main():
    parser = options_parser(__doc__, rounds=9)
    options = parser.parse_args()

    part = Part("encoding", "Encoding", versions=versions("tensorflow-cpu", "tensorflow", "onnxruntime", "numpy"))
    part.missing = [
        f"{name}, which this Python hasn't." for name, (package, _) in FACENET.peers.items() if not find_spec(package)]
    if not HAS_BF16:
        part.missing.append("bf16, which this processor hasn't.")
    part.missing += [
        f"int8: there is no {network.name}-int8 in the catalogue." for network in (FACENET, SFACE)
        if "int8" not in network.contenders()]
    if find_spec("tensorflow"):
        check_golden()
    child = Child(BENCHMARK, "limits")
    FACENET.operations, _ = child.round("operations")
    child.end()

    part.tables = measure(FACENET, options.rounds) + measure(SFACE, options.rounds)
    part.tables[-1].notes.append(
        "SFace's file has its weights among its inputs, which keeps ONNX Runtime from a little of its speed.")
    part.tables[-1].notes.append(fused(part.tables[FACENET.batches.index(16)], part.tables[-1]))
    part.about = (
        f"From pixels to embeddings: {PHOTOS} photos a round, of the network's size, {CORES} cores for each. The peers "
        f"have the same weights. With FaceNet a photo takes {FACENET.operations:.2f} billion operations, which gives "
        f"the share of the machine's limit in the contender's arithmetic. Embeddings differ from the first contender's, "
        f"relative to their length, by at most what is stated.")
    part.publish(options.json)


if __name__ == "__main__":
    main()
