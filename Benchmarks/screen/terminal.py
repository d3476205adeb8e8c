"""A program on a pseudo-terminal, and what its terminal then shows."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

BEGIN, END = b"\x1b[?2026h", b"\x1b[?2026l"


class Terminal:
    """Runs a program. What it writes is read in `frames`, or not at all."""

    def __init__(self, command, columns, rows, stdin=None, extra=(), **environment):
        self.started = time.monotonic()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            if stdin is not None:
                os.dup2(stdin, 0)
            for number, descriptor in extra:
                os.dup2(descriptor, number)
            keep = ("PATH", "HOME")
            base = {name: os.environ[name] for name in keep if name in os.environ}
            base |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
            os.execvpe(command[0], command, base | environment)
        self.held = b""
        self.total = 0

    def read(self, until):
        """What comes next, at most until then; empty when nothing does, None at the end."""
        left = until - time.monotonic()
        if left <= 0 or not select.select([self.fd], [], [], left)[0]:
            return b""
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:
            return None
        self.total += len(data)
        return data or None

    def frames(self, seconds):
        """Each frame's bytes without what encloses them, and when its last one came."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            data = self.read(until)
            if data is None:
                return
            self.held += data
            now = time.monotonic()
            while END in self.held:
                frame, self.held = self.held.split(END, 1)
                yield frame.split(BEGIN, 1)[-1], now

    def type(self, text):
        os.write(self.fd, text.encode())

    def thread_seconds(self):
        """The processor time of the program's first thread."""
        return cpu_seconds(f"/proc/{self.pid}/task/{self.pid}/stat")

    def process_seconds(self):
        return cpu_seconds(f"/proc/{self.pid}/stat")

    def end(self):
        os.kill(self.pid, signal.SIGTERM)
        limit = time.monotonic() + 5
        while time.monotonic() < limit and os.waitpid(self.pid, os.WNOHANG) == (0, 0):
            if self.read(time.monotonic() + 0.05) is None:
                time.sleep(0.01)
        os.close(self.fd)


def cpu_seconds(path):
    with open(path) as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Screen:
    """The cells that weir's bytes make, for the few sequences that its entry has. A cell is
    (scalar, foreground, background, attributes): a colour 0xRRGGBB or -1, 1 bold, 2 reverse."""

    TOKEN = re.compile(r"\x1b\[([?0-9;]*)([A-Za-z])|([^\x1b])", re.S)

    def __init__(self, columns, rows):
        self.columns, self.rows = columns, rows
        self.cells = [[(32, -1, -1, 0)] * columns for _ in range(rows)]
        self.x = self.y = 0
        self.look = (-1, -1, 0)

    def show(self, data):
        for match in self.TOKEN.finditer(data.decode("utf-8", "replace")):
            parameters, final, character = match.groups()
            if character is not None:
                self.put(character)
            elif not parameters.startswith("?"):
                self.act([int(p or 0) for p in parameters.split(";")], final)

    def put(self, character):
        if character == "\r":
            self.x = 0
        elif character == "\n":
            self.y = min(self.y + 1, self.rows - 1)
        elif character == "\b":
            self.x = max(0, self.x - 1)
        elif character >= " ":
            if self.x == self.columns:
                self.x, self.y = 0, min(self.y + 1, self.rows - 1)
            self.cells[self.y][self.x] = (ord(character), *self.look)
            self.x += 1

    def act(self, numbers, final):
        n = max(1, numbers[0])
        row = self.cells[self.y]
        blank = (32, -1, self.look[1], 0)
        if final == "H":
            self.y, self.x = n - 1, (numbers[1:] or [1])[0] - 1 if numbers[1:] else 0
        elif final in "AB":
            self.y = max(0, min(self.rows - 1, self.y + (n if final == "B" else -n)))
        elif final in "CD":
            self.x = max(0, min(self.columns - 1, self.x + (n if final == "C" else -n)))
        elif final == "G":
            self.x = n - 1
        elif final == "d":
            self.y = n - 1
        elif final == "X":
            row[self.x : self.x + n] = [blank] * min(n, self.columns - self.x)
        elif final in "JK":
            row[self.x :] = [blank] * (self.columns - self.x)
            if final == "J":
                for y in range(self.y + 1, self.rows):
                    self.cells[y] = [blank] * self.columns
        elif final == "m":
            self.paint(numbers)

    def paint(self, numbers):
        front, back, attributes = self.look
        rest = list(numbers)
        while rest:
            n = rest.pop(0)
            if n == 0:
                front, back, attributes = -1, -1, 0
            elif n == 1:
                attributes |= 1
            elif n == 7:
                attributes |= 2
            elif n in (38, 48) and rest[:1] == [2]:
                color = rest[1] << 16 | rest[2] << 8 | rest[3]
                del rest[:4]
                front, back = (color, back) if n == 38 else (front, color)
            elif n == 39:
                front = -1
            elif n == 49:
                back = -1
        self.look = (front, back, attributes)

    def text(self):
        return "\n".join("".join(chr(cell[0]) for cell in row) for row in self.cells)
