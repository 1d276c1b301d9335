"""The machine that benchmarks run on, and the versions of what they run, for docs/BENCHMARKS.md."""

import os
import platform
import subprocess
from pathlib import Path

# Of the processor's flags, those that decide how fast it multiplies.
FLAGS = {
    "avx2": "AVX2", "fma": "FMA", "avx512f": "AVX-512", "avx_vnni": "AVX-VNNI", "avx512_vnni": "AVX-512 VNNI",
    "avx512_bf16": "AVX-512 bf16", "amx_int8": "AMX int8", "amx_bf16": "AMX bf16", "asimd": "NEON",
    "asimddp": "dot products", "i8mm": "int8 matrices", "bf16": "bf16", "sve": "SVE",
}
ARCHITECTURE_FLAGS = {"x86_64": list(FLAGS)[:8], "aarch64": list(FLAGS)[8:]}


def description():
    """What is to be said of the machine, by heading."""
    processor = {}
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        key, _, value = line.partition(":")
        processor.setdefault(key.strip(), value.strip())
    flags = set(processor.get("flags", processor.get("Features", "")).split())
    asked = ARCHITECTURE_FLAGS.get(platform.machine(), [])
    memory = int(Path("/proc/meminfo").read_text().split()[1]) / 2**20
    family = "".join(f", {key} {processor[key]}" for key in ("cpu family", "model", "stepping") if key in processor)
    return {
        "Processor": f"{processor.get('model name', platform.machine())}{family}",
        "It has": ", ".join(FLAGS[flag] for flag in asked if flag in flags) or "–",
        "It has not": ", ".join(FLAGS[flag] for flag in asked if flag not in flags) or "–",
        "Cores": f"{len(os.sched_getaffinity(0))}" + (", of a virtual machine" if "hypervisor" in flags else ""),
        "Memory": f"{memory:.0f} GiB",
        "Kernel": f"{platform.system()} {platform.release()}",
        "Load beforehand": "{:.2f} (1 minute), {:.2f} (5 minutes)".format(*os.getloadavg()),
    }


def stolen():
    """The seconds of all cores that the machine below has given to others, so far."""
    return int(Path("/proc/stat").read_text().split()[8]) / os.sysconf("SC_CLK_TCK")


def versions(root):
    """By name, those of Faceprint and of what isn't Python's."""
    commands = {
        "Faceprint": [root / ".build/release/faceprint", "--version"],
        "Swift": ["swift", "--version"],
        "OpenVINO": ["pkg-config", "--modversion", "openvino"],
        "libvips": ["pkg-config", "--modversion", "vips"],
        "SQLite": ["pkg-config", "--modversion", "sqlite3"],
        "libmicrohttpd": ["pkg-config", "--modversion", "libmicrohttpd"],
    }
    found = {"System": platform.freedesktop_os_release().get("PRETTY_NAME", "–")}
    for name, command in commands.items():
        found[name] = first_line(command).removeprefix("faceprint ") or "unknown"
    return found | {"Faceprint's commit": commit(root), "Python": platform.python_version()}


def commit(root):
    """Of the sources, with a mark where more than the results of an earlier run has changed since."""
    git = ["git", "-C", root]
    results = [":!docs/BENCHMARKS.md", ":!docs/benchmarks.json"]
    changes = first_line([*git, "status", "--porcelain", "--", root, *results])
    return first_line([*git, "rev-parse", "--short", "HEAD"]) + ("-dirty" if changes else "")


def first_line(command):
    """What a command prints first; nothing where it can't be run."""
    try:
        output = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    except OSError:
        return ""
    return next(iter(output.splitlines()), "").strip()
