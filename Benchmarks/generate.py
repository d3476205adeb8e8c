#!/usr/bin/env python3
"""Writes the benchmark's stream: NDJSON events of a plant, the same on every machine.

    generate.py [EVENTS] [FILE]        default: 5,000,000 into Benchmarks/data/events-5000000.ndjson

Ten minutes of event time, 200 devices at 20 sites, eight types. As in real streams, some of it is
not in order: 2 % of the events come up to 5 s late, 0.1 % come twice (the whole line again within
the next 1,000), and 0.01 % are broken: cut in half, not JSON, or with a letter in a number.
Standard library only.
"""

import math
import os
import random
import sys

SEED = 1
START = 1_760_000_000_000  # ms since the epoch
SPAN = 600_000  # ms
BLOCK = 100_000  # lines written at once; a duplicate stays in its block

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
PLACES = ['"site":"site-%02d","device":"dev-%04d"' % (d % 20, d) for d in range(200)]

LINE = (
    '{"ts":%d,"id":"e%07d","type":"%s",%s,"status":%d,"latency_ms":%.1f,'
    '"temperature":%.2f,"amount":%.2f,'
    '"stages":{"created":%d,"broker":%d,"processed":%d,"stored":%d}}\n'
)


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


def broken(line, index):
    if index % 3 == 0:
        return line[: len(line) // 2] + "\n"
    if index % 3 == 1:
        return "not json at all %d\n" % index
    return line.replace('"ts":', '"ts":x', 1)


class Events:
    def __init__(self, count):
        self.count = count
        self.types = table([((name, base), share) for name, share, base in TYPES])
        self.statuses = table(STATUSES)
        normal = normal_quantiles()
        self.spread = [math.exp(0.6 * z) for z in normal]
        self.noise = [2 * z for z in normal]

    def line(self, index, chance, bits):
        """One event from three random numbers: whether it is late or slow, and 64 bits."""
        ts = START + index * (SPAN - 1) // max(1, self.count - 1)
        if chance() < 0.02:
            ts = max(START, ts - 1 - int(chance() * 4999))
        b = bits(64)
        name, base = self.types[b & 4095]
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
        return LINE % (
            *(ts, index, name, PLACES[device], status, latency, temperature, amount),
            *(ts, broker, processed, stored),
        )

    def block(self, first):
        """The lines from `first` on, and with them their duplicates."""
        end = min(first + BLOCK, self.count)
        draws = random.Random(SEED * 1_000_003 + first)
        lines, pending = [], {}
        for index in range(first, end):
            line = self.line(index, draws.random, draws.getrandbits)
            luck = draws.random()
            if luck < 0.001:
                again = min(index + 1 + int(luck * 999_000), end - 1)
                pending.setdefault(again, []).append(line)
            elif luck > 0.9999:
                line = broken(line, index)
            lines.append(line)
            lines += pending.pop(index, ())
        return "".join(lines)


def main():
    count = int(sys.argv[1].replace("_", "").replace(",", "")) if len(sys.argv) > 1 else 5_000_000
    here = os.path.dirname(os.path.abspath(__file__))
    path = os.path.join(here, "data", f"events-{count}.ndjson")
    if len(sys.argv) > 2:
        path = sys.argv[2]
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    events = Events(count)
    with open(path + ".part", "w", encoding="ascii", newline="\n") as file:
        for first in range(0, count, BLOCK):
            file.write(events.block(first))
    os.rename(path + ".part", path)  # an interrupted run leaves no short file under the name
    print("%s: %.2f GB" % (path, os.path.getsize(path) / 1e9))


if __name__ == "__main__":
    main()
