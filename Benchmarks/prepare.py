"""What a run needs: the streams, the compiled programs, the Python with the peers."""

import dataclasses
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "data")
BUILT = os.path.join(HERE, "..", ".build", "benchmarks")
WEIR = os.environ.get("WEIR_BINARY", os.path.join(HERE, "..", ".build", "weir"))
PEERS = ["duckdb==2.0.0", "polars==2.1.0", "bytewax==0.21.1"]
HEAD = 100_000  # lines, for the peers that would take minutes over all of them


@dataclasses.dataclass(frozen=True)
class Stream:
    """A file of events, one a line."""

    path: str
    lines: int
    devices: int = 200


@dataclasses.dataclass(frozen=True)
class Streams:
    usual: Stream
    whole: Stream  # the usual one without its broken lines
    head: Stream  # the first lines of the usual one
    kilobyte: Stream  # the first four
    keys: Stream
    more_keys: Stream
    mixed: Stream


def here(*names):
    return os.path.join(HERE, *names)


def make_streams(events):
    """Writes those that are missing. Reading them here brings them into the page cache."""
    os.makedirs(DATA, exist_ok=True)
    usual = generated(f"events-{events}", events)
    return Streams(
        usual=usual,
        whole=derived(f"whole-{events}", usual, filter(is_whole, lines_of(usual.path))),
        head=derived(f"head-{events}", usual, lines_of(usual.path, HEAD)),
        kilobyte=derived(f"kilobyte-{events}", usual, lines_of(usual.path, 4)),
        keys=with_devices(events, events // 5),
        more_keys=with_devices(2 * events, 2 * events),
        mixed=generated(f"mixed-{events}", events, "--mixed"),
    )


def with_devices(events, devices):
    made = generated(f"devices-{devices}-{events}", events, "--devices", str(devices))
    return dataclasses.replace(made, devices=devices)


def generated(name, events, *options):
    path, generator = os.path.join(DATA, name + ".ndjson"), here("generate.py")
    if not is_newer(path, generator):
        print(f"writing {events:,} events", file=sys.stderr)
        command = [sys.executable, generator, path, "--events", str(events), *options]
        subprocess.run(command, check=True, stdout=sys.stderr)
    return stream(path)


def derived(name, origin, lines):
    path = os.path.join(DATA, name + ".ndjson")
    if not is_newer(path, origin.path):
        with open(path + ".part", "wb") as file:
            file.writelines(lines)
        os.rename(path + ".part", path)
    return stream(path)


def is_newer(made, origin):
    return os.path.exists(made) and os.path.getmtime(made) >= os.path.getmtime(origin)


def is_whole(line):
    return line.startswith(b'{"ts":1') and line.endswith(b"}}\n")


def lines_of(path, count=None):
    with open(path, "rb") as file:
        for index, line in enumerate(file):
            if index == count:
                return
            yield line


def stream(path):
    with open(path, "rb") as file:
        lines = sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 22), b""))
    return Stream(path, lines)


def compiled(name, *libraries):
    """The program of this C++ file."""
    os.makedirs(BUILT, exist_ok=True)
    source, program = here(name + ".cpp"), os.path.join(BUILT, name)
    if not is_newer(program, source):
        compiler = shutil.which("g++") or "clang++"
        flags = ["-O3", "-march=native", "-std=c++20", "-DNDEBUG"]
        subprocess.run([compiler, *flags, source, "-o", program, *libraries], check=True)
    return program


def peers_python():
    """The Python that has the peers, in these versions."""
    venv = here("venv")
    python = os.path.join(venv, "bin", "python")
    mark = os.path.join(venv, "peers")
    wanted = "\n".join(PEERS)
    if not os.path.exists(mark) or open(mark).read() != wanted:
        print(f"installing {', '.join(PEERS)} into {venv}", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *PEERS], check=True)
        with open(mark, "w") as file:
            file.write(wanted)
    return python
