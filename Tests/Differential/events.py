"""Random files of events, one a line: values of all types, in all places, in all spellings."""

import json
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

NAMES = ["ann", "Bob", "bob", "zoë", "Łukasz", "日本", "😀", "", " ", "a b", 'q"q', "back\\slash"]
SITES = ["lyon", "austin", "köln", "osaka"]
# Milliseconds: how far apart events are on average, and how far behind they may come.
GAPS = [1, 20, 300, 5_000, 90_000]
DISORDERS = [0, 0, 700, 5_000, 60_000]
SIZES = [1, 7, 60, 400, 1_500]


@dataclass(frozen=True)
class Field:
    name: str  # as a query writes it
    path: str  # as DuckDB does
    has_numbers: bool = False
    has_objects: bool = False  # or arrays

    @property
    def column(self):
        return f"f{FIELDS.index(self)}"


FIELDS = [
    Field("n", "$.n", has_numbers=True),
    Field("cost", "$.cost", has_numbers=True),
    Field("temp", "$.temp", has_numbers=True),
    Field("big", "$.big", has_numbers=True),
    Field("mixed", "$.mixed", has_numbers=True),
    Field("site", "$.site"),
    Field("device", "$.device"),
    Field("name", "$.name"),
    Field("ok", "$.ok"),
    Field("o", "$.o", has_objects=True),
    Field("o.x", "$.o.x", has_numbers=True),
    Field("o.deep.y", "$.o.deep.y", has_numbers=True),
    Field("l[0]", "$.l[0]", has_numbers=True),
    Field("l[1].z", "$.l[1].z"),
    Field("`user agent`", '$."user agent"'),
    Field("größe", '$."größe"', has_numbers=True),
]


@dataclass
class Events:
    lines: list = field(default_factory=list)
    options: list = field(default_factory=list)  # what weir is told of the stream
    step: int = 0  # milliseconds between events, on average
    span: int = 0  # from the first to the last

    def write(self, path):
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(self.lines)


class Raw(str):
    """A number as it stands in the file."""


def make_events(dice):
    step, disorder, count = dice.choice(GAPS), dice.choice(DISORDERS), dice.choice(SIZES)
    clock = dice.choice(["ms", "ms", "s", "text", "settled"])
    start = 1_717_200_000_000 if clock == "settled" else dice.choice([1_717_200_000_000, 0])
    times = [start + dice.randrange(count * step + 1) - count * step // 2 for _ in range(count)]
    # Nobody comes later than the disorder after one who is newer.
    times.sort(key=lambda t: t + dice.uniform(0, disorder))
    records = [record(dice, t, i, clock) for i, t in enumerate(times)]
    options = ["time=ts", f"out_of_orderness={disorder}ms"]
    if clock in ("ms", "s"):
        options.append(f"time_unit={clock}")
    if dice.random() < 0.3:
        options += ["id=id", "dedup_window=366d"]
        for original in dice.choices(records, k=max(1, count // 10)):
            records.insert(dice.randint(records.index(original) + 1, len(records)), original)
    spread = dice.choice([(",", ":"), (", ", ": ")])
    lines = [written(r, spread) + "\n" for r in records]
    return Events(lines, options, step, max(times) - min(times))


def record(dice, t, number, clock):
    """`ms` and `number` are for DuckDB: what the time is, and which event this is."""
    event = {"number": number, "id": f"e{number}" if number % 3 else number}
    if dice.random() < 0.98:
        event |= {"ts": time(dice, t, clock), "ms": t}
    else:
        event |= dice.choice([{}, {"ts": None}, {"ts": "soon"}, {"ts": True}])
    event |= {
        "n": dice.randrange(10),
        "cost": Raw(f"{dice.lognormvariate(2, 1):.4g}"),
        "temp": dice.choice([0, -0.0, round(dice.gauss(20, 30), 1), dice.gauss(0, 5)]),
        "big": dice.choice([-1, 1]) * dice.choice([3, 2**53 + 1, 10**15 + dice.randrange(99)]),
        "mixed": mixed(dice),
        "site": dice.choice(SITES),
        "device": f"device-{dice.randrange(300):03}",
        "name": dice.choice(NAMES),
        "ok": dice.choice([True, True, False, "true", 1]),
        "o": dice.choice([inner(dice), inner(dice), inner(dice), 5, "x", [1]]),
        "l": dice.choice([[], [dice.randrange(5)], [dice.random(), {"z": dice.choice(NAMES)}]]),
        "user agent": dice.choice(["curl/8", "Mozilla/5.0 (X11)", None]),
        "größe": number_text(dice),
    }
    for name in list(event):
        if name in ("ts", "ms", "number", "id"):
            continue
        chance = dice.random()
        if chance < 0.05:
            del event[name]
        elif chance < 0.08:
            event[name] = None
        elif chance < 0.10:
            event[name] = mixed(dice)
    entries = list(event.items())
    if dice.random() < 0.1:
        dice.shuffle(entries)
    return dict(entries)


def inner(dice):
    return {"x": mixed(dice), "deep": {"y": round(dice.uniform(-9, 9), 3)}}


def mixed(dice):
    return dice.choice([1, 2, 2.5, "1", "a", "b", True, False, None, number_text(dice), {"x": 1}])


def number_text(dice):
    return Raw(dice.choice(["1e3", "-0.0", "1E-3", "0.1e1", "120", "7.50", "-3", "0.30000000000000004"]))


def time(dice, t, clock):
    if clock == "s":
        return Raw(f"{'-' if t < 0 else ''}{abs(t) // 1000}.{abs(t) % 1000:03}")
    if clock != "text":
        return t
    zone = timezone(timedelta(minutes=dice.choice([0, 0, 60, -210])))
    moment = datetime.fromtimestamp(0, zone) + timedelta(milliseconds=t)
    text = moment.isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z") if zone.utcoffset(None) == timedelta() else text


def written(value, spread):
    """As JSON, with numbers as they are spelled."""
    comma, colon = spread
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, dict):
        parts = (json.dumps(k, ensure_ascii=False) + colon + written(v, spread) for k, v in value.items())
        return "{" + comma.join(parts) + "}"
    if isinstance(value, list):
        return "[" + comma.join(written(v, spread) for v in value) + "]"
    return json.dumps(value, ensure_ascii=len(repr(value)) % 2 == 0)
