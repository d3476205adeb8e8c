#!/usr/bin/env python3
"""Writes the benchmark's streams: NDJSON events of a plant, the same on every machine.

    generate.py FILE [--events N] [--devices N | --mixed]

Ten minutes of event time, 200 devices at 20 sites, eight types. As in real streams, some of it is
not in order: 2 % of the events come up to 5 s late, 0.1 % come twice (the whole line again within
the next 1,000, in a small stream within a second; none that was late), and 0.01 % are broken: cut
in half, not JSON, or with a letter in a number.

With `--devices N` there are exactly N devices, if there are as many events, and each comes again
only after all others. With `--mixed` producers of six layouts take turns by chance: the usual one
(40 % of the events); another order of keys, blanks, and fields that are missing with others too
many (15 % each); escapes (10 %); exponents (5 %). In these two no line is broken, so that every
line is an event.

Standard library only; blocks of lines are made on all cores at once.
"""

import argparse
import math
import multiprocessing
import operator
import os
import random
import re

SEED = 1
START = 1_760_000_000_000  # ms since the epoch
SPAN = 600_000  # ms
BLOCK = 100_000  # lines made at once; a duplicate stays in its block
STRIDE = 1_000_003  # a prime: steps of it visit each of many devices once

# name, share, typical latency in ms
TYPES = [
    ("payment", 0.18, 18.0),
    ("click", 0.22, 3.0),
    ("view", 0.25, 2.0),
    ("login", 0.05, 9.0),
    ("sensor", 0.20, 1.2),
    ("refund", 0.02, 25.0),
    ("search", 0.06, 40.0),
    ("error", 0.02, 60.0),
]
STATUSES = [
    (200, 0.86),
    (201, 0.04),
    (204, 0.03),
    (400, 0.02),
    (404, 0.03),
    (500, 0.015),
    (503, 0.005),
]

# What is drawn for an event, and a line's fields in their usual order: the key, and how its value
# is written.
DRAWN = (
    *("ts", "index", "type", "escaped", "site", "device", "status", "latency", "temperature"),
    *("amount", "broker", "processed", "stored"),
)
FIELDS = [
    ("ts", "%(ts)d"),
    ("id", '"e%(index)07d"'),
    ("type", '"%(type)s"'),
    ("site", '"site-%(site)02d"'),
    ("device", '"dev-%(device)04d"'),
    ("status", "%(status)d"),
    ("latency_ms", "%(latency).1f"),
    ("temperature", "%(temperature).2f"),
    ("amount", "%(amount).2f"),
    (
        "stages",
        '{"created":%(ts)d,"broker":%(broker)d,"processed":%(processed)d,"stored":%(stored)d}',
    ),
]


def template(fields):
    return "{" + ",".join(f'"{key}":{value}' for key, value in fields) + "}\n"


def without(*keys):
    return [field for field in FIELDS if field[0] not in keys]


def changed(**values):
    return [(key, values.get(key, value)) for key, value in FIELDS]


USUAL = template(FIELDS)
MIXED = [
    (USUAL, 0.40),
    (template([FIELDS[i] for i in (4, 9, 6, 1, 8, 2, 0, 7, 5, 3)]), 0.15),
    (USUAL.replace(",", ", ").replace(":", ": "), 0.15),
    (
        template(
            without("stages", "amount")
            + [("meta", '{"tags":["a","b"],"geo":{"lat":1.5,"lon":-2.5e0},"ok":true,"x":null}')]
        ),
        0.15,
    ),
    (
        template(
            [("note", r'"line %(index)d \"stuck\"\n\tsee C:\\logs\\7, 80 \u00b0C"')]
            + changed(type='"%(escaped)s"')
        ),
        0.10,
    ),
    (template(changed(latency_ms="%(latency).3e", temperature="%(temperature).4E")), 0.05),
]


def layout(text):
    """The same with its places in their order, and what takes their values from all drawn."""
    names = re.findall(r"%\((\w+)\)", text)
    return re.sub(r"%\(\w+\)", "%", text), operator.itemgetter(*map(DRAWN.index, names))


def table(shares, size=1 << 12):
    """Values as often as their share says: a weighted choice is one look-up."""
    result = []
    for value, share in shares:
        result += [value] * round(share * size)
    return (result + [shares[0][0]] * size)[:size]


def normal_quantiles(size=1 << 14):
    """Values of the standard normal distribution at equal steps of probability."""
    draws = random.Random(SEED)
    return sorted(draws.gauss(0, 1) for _ in range(size))


def escaped(name):
    return r"\u%04x" % ord(name[0]) + name[1:]


def broken(line, index):
    if index % 3 == 0:
        return line[: len(line) // 2] + "\n"
    if index % 3 == 1:
        return "not json at all %d\n" % index
    return line.replace('"ts":', '"ts":x', 1)


class Events:
    """A stream. Whatever is drawn by chance is drawn for a block, so blocks can be made apart."""

    def __init__(self, count, devices=None, mixed=False):
        self.count = count
        self.reach = min(999, max(1, count * 1000 // SPAN))  # lines until a duplicate
        self.devices = devices
        self.usual = layout(USUAL)
        self.layouts = table([(layout(text), share) for text, share in MIXED]) if mixed else None
        self.types = table([((name, escaped(name), base), share) for name, share, base in TYPES])
        self.statuses = table(STATUSES)
        normal = normal_quantiles()
        self.spread = [math.exp(0.6 * z) for z in normal]
        self.noise = [2 * z for z in normal]

    def time(self, index):
        return START + index * (SPAN - 1) // max(1, self.count - 1)

    def values(self, index, chance, bits):
        """What is in one event, as in DRAWN, from random numbers."""
        ts = self.time(index)
        if chance() < 0.02:
            ts = max(START, ts - 1 - int(chance() * 4999))
        b = bits(64)
        name, escaped, base = self.types[b & 4095]
        status = self.statuses[b >> 12 & 4095]
        latency = base * self.spread[b >> 24 & 16383]
        device = (b >> 38 & 4095) * 200 >> 12
        temperature = 20 + device * 0.25 + self.noise[b >> 50]
        if chance() < 0.005:
            latency *= 20
        # Gamma(2, 20): the sum of two exponential waits.
        amount = -20 * math.log((1 - chance()) * (1 - chance()))
        c = bits(24)
        broker = ts + 1 + (c & 255) * 5 // 256
        processed = broker + 1 + (c >> 8 & 255) * 19 // 256
        stored = processed + 1 + (c >> 16) * 9 // 256
        if self.devices:
            device = index * STRIDE % self.devices
        return (
            *(ts, index, name, escaped, device % 20, device, status, latency, temperature),
            *(amount, broker, processed, stored),
        )

    def line(self, index, draws):
        """The event as a line, and whether it comes late."""
        values = self.values(index, draws.random, draws.getrandbits)
        text, chosen = self.layouts[draws.getrandbits(12)] if self.layouts else self.usual
        return text % chosen(values), values[0] < self.time(index)

    def block(self, first):
        """The lines from `first` on, and with them their duplicates."""
        end = min(first + BLOCK, self.count)
        draws = random.Random(SEED * 1_000_003 + first)
        lines, pending = [], {}
        for index in range(first, end):
            line, is_late = self.line(index, draws)
            luck = draws.random()
            if luck < 0.001 and not is_late:
                again = min(index + 1 + int(luck * 1000 * self.reach), end - 1)
                pending.setdefault(again, []).append(line)
            elif luck > 0.9999 and not self.devices and not self.layouts:
                line = broken(line, index)
            lines.append(line)
            lines += pending.pop(index, ())
        return "".join(lines)


def write(events, path):
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    with open(path + ".part", "w", encoding="ascii", newline="\n") as file:
        with multiprocessing.Pool(len(os.sched_getaffinity(0))) as pool:
            for lines in pool.imap(events.block, range(0, events.count, BLOCK)):
                file.write(lines)
    os.rename(path + ".part", path)  # an interrupted run leaves no short file under the name
    print("%s: %.2f GB" % (path, os.path.getsize(path) / 1e9))


def arguments():
    number = lambda text: int(text.replace(",", "").replace("_", ""))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file")
    parser.add_argument("--events", type=number, default=5_000_000)
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--devices", type=number)
    kind.add_argument("--mixed", action="store_true")
    return parser.parse_args()


def main():
    options = arguments()
    write(Events(options.events, options.devices, options.mixed), options.file)


if __name__ == "__main__":
    main()
