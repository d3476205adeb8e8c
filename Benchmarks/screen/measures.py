"""What the screen costs, measured from outside: bytes, writes, processor time, and waiting."""

import os
import random
import re
import statistics
import struct
import subprocess
import tempfile
import threading
import time

from terminal import Screen, Terminal

COLUMNS, ROWS = 200, 60
FRAME_TIME = re.compile(r"\d+fps ([0-9.]+)/\d+ms")


def demo(weir, seconds):
    """weir's demo at 10 frames a second: bytes and milliseconds of each frame, the cells of each,
    and the screen thread's share of a core."""
    terminal = Terminal([weir, "demo", "--seed", "5"], COLUMNS, ROWS)
    screen = Screen(COLUMNS, ROWS)
    for frame, _ in terminal.frames(8):
        screen.show(frame)
    began, cpu = time.monotonic(), terminal.thread_seconds()
    recorded = list(terminal.frames(seconds))
    share = (terminal.thread_seconds() - cpu) / (time.monotonic() - began)
    terminal.end()
    bytes_, times, cells = [], [], []
    for frame, _ in recorded:
        screen.show(frame)
        bytes_.append(len(frame))
        found = FRAME_TIME.search(screen.text())
        if found:
            times.append(float(found[1]))
        cells.append([list(row) for row in screen.cells])
    return bytes_, times, cells, share


def plain(program, frames, folder):
    """The same cells by plain ncurses: the bytes of a frame but the first, on average, and the
    milliseconds of each."""
    path = os.path.join(folder, "frames")
    with open(path, "wb") as file:
        file.write(struct.pack("iii", COLUMNS, ROWS, len(frames)))
        for frame in frames:
            for row in frame:
                for cell in row:
                    file.write(struct.pack("iiii", *cell))
    reader, writer = os.pipe()
    terminal = Terminal(
        [program, path, "100"], COLUMNS, ROWS, extra=[(3, writer)], TERM="xterm-direct")
    os.close(writer)
    os.set_blocking(reader, False)
    lines, first = b"", None
    while terminal.read(time.monotonic() + 0.02) is not None:
        try:
            lines += os.read(reader, 4096)
        except BlockingIOError:
            pass
        # Between two frames there is time enough to have read all of the first.
        if lines and first is None:
            while terminal.read(time.monotonic() + 0.02):
                pass
            first = terminal.total
    lines += os.read(reader, 1 << 16)
    os.close(reader)
    os.close(terminal.fd)
    times = [int(line) / 1000 for line in lines.split()]
    return (terminal.total - first) / max(1, len(times) - 1), times[1:]


def btop(milliseconds, seconds):
    """btop's bytes a frame, and its share of a core, when it draws so often."""
    with tempfile.TemporaryDirectory() as folder:
        os.makedirs(f"{folder}/btop")
        with open(f"{folder}/btop/btop.conf", "w") as file:
            file.write(f"#? Config file for btop v. 1.2.13\nupdate_ms = {milliseconds}\n")
        terminal = Terminal(
            ["btop", "--utf-force"], COLUMNS, ROWS, XDG_CONFIG_HOME=folder, HOME=folder)
        for _ in terminal.frames(4):
            pass
        began, cpu = time.monotonic(), terminal.process_seconds()
        sizes = [len(frame) for frame, _ in terminal.frames(seconds)]
        share = (terminal.process_seconds() - cpu) / (time.monotonic() - began)
        terminal.end()
    return sizes, share


CALL = re.compile(r"write\(.*/dev/tty>, .*, (\d+)\) += (-?\d+)")


def writes_a_frame(weir, folder, seconds=6):
    """Calls of write for each frame, without those that send the rest of what the terminal took
    only a part of."""
    path = os.path.join(folder, "trace")
    command = ["strace", "-f", "-y", "-e", "trace=write", "-o", path, weir, "demo"]
    terminal = Terminal(command, COLUMNS, ROWS)
    for _ in terminal.frames(seconds):
        pass
    terminal.end()
    frames = calls = 0
    is_rest = False
    with open(path) as trace:
        for line in trace:
            call = CALL.search(line)
            if not call:
                continue
            frames += "[?2026h" in line
            calls += not is_rest
            is_rest = int(call[2]) < int(call[1])
    return calls / max(1, frames)


def unchanged(weir, seconds=5):
    """Frames at 60 a second that were written and changed no cell."""
    terminal = Terminal([weir, "demo", "--fps", "60"], COLUMNS, ROWS)
    screen = Screen(COLUMNS, ROWS)
    before, count = None, 0
    for frame, _ in terminal.frames(seconds):
        screen.show(frame)
        cells = [list(row) for row in screen.cells]
        count += cells == before
        before = cells
    terminal.end()
    return count


def first_frame(weir, runs=20):
    """Milliseconds from exec to the first whole frame."""
    times = []
    for _ in range(runs):
        terminal = Terminal([weir, "demo"], COLUMNS, ROWS)
        for _, at in terminal.frames(10):
            times.append((at - terminal.started) * 1000)
            break
        terminal.end()
    return statistics.median(times)


EVENTS = """
version: 1
streams: { s: { from: stdin } }
views: { seen: count() as n }
panels: [ { events: s } ]
"""
MARK = re.compile(r"mark(\d{6})")


def to_glass(weir, folder, count, pause):
    """Milliseconds from an event's last byte to the end of the frame that shows it, of each."""
    reader, writer = os.pipe()
    dashboard = write(folder, EVENTS)
    terminal = Terminal([weir, "watch", dashboard, "--fps", "60"], 100, 30, stdin=reader)
    os.close(reader)
    screen = Screen(100, 30)
    for frame, _ in terminal.frames(1):
        screen.show(frame)
    sent, waits = {}, []

    def feed():
        for number in range(count):
            time.sleep(pause(number))
            sent[number] = time.monotonic()
            os.write(writer, f'{{"m":"mark{number:06}"}}\n'.encode())

    thread = threading.Thread(target=feed)
    thread.start()
    seen = 0
    while thread.is_alive() or seen < count:
        got = False
        for frame, at in terminal.frames(2):
            got = True
            screen.show(frame)
            newest = max((int(n) for n in MARK.findall(screen.text())), default=-1)
            while seen <= newest:
                waits.append((at - sent[seen]) * 1000)
                seen += 1
            if seen == count:
                break
        if not got and not thread.is_alive():
            break
    thread.join()
    os.close(writer)
    terminal.end()
    return waits


def intake(weir, folder, seconds, reading):
    """Megabytes a second that are taken from a pipe, while `reading` reads the terminal."""
    reader, writer = os.pipe()
    dashboard = write(folder, """
version: 1
streams: { s: { from: stdin } }
views: { load: "count() as n, avg(x) as mean by k over 1s" }
""")
    terminal = Terminal([weir, "watch", dashboard], COLUMNS, ROWS, stdin=reader)
    os.close(reader)
    batch = b"".join(b'{"k":"key%d","x":%d}\n' % (i % 50, i) for i in range(2000))
    stop = threading.Event()
    thread = threading.Thread(target=reading, args=(terminal, stop))
    thread.start()
    os.write(writer, batch)
    time.sleep(1)
    written, began = 0, time.monotonic()
    while time.monotonic() < began + seconds:
        written += os.write(writer, batch)
    rate = written / (time.monotonic() - began) / 1e6
    stop.set()
    thread.join()
    os.close(writer)
    terminal.end()
    return rate


def read_all(terminal, stop):
    while not stop.is_set():
        terminal.read(time.monotonic() + 0.1)


def read_slowly(terminal, stop):
    while not stop.wait(0.1):
        os.read(terminal.fd, 205)


def read_nothing(terminal, stop):
    stop.wait()


def write(folder, text):
    path = os.path.join(folder, "dashboard.yaml")
    with open(path, "w") as file:
        file.write(text.lstrip())
    return path


def irregular(_):
    return random.uniform(0.005, 0.045)


def after_quiet(_):
    return random.uniform(1.0, 1.3)
