"""J1 in Bytewax, with one worker: j1_bytewax.py FILE

Event-time windows with the watermark of the other programs. Prints the seconds that the dataflow
took, without Python's start, and then the rows.
"""

import json
import math
import sys
import time
from datetime import datetime, timedelta, timezone

import bytewax.operators as op
import bytewax.operators.windowing as windowing
from bytewax.connectors.files import FileSource
from bytewax.dataflow import Dataflow
from bytewax.testing import TestingSink, run_main

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
SECOND = timedelta(seconds=1)


def event(line):
    try:
        event = json.loads(line)
        return event["ts"], event["type"], event["device"], event["latency_ms"]
    except (ValueError, KeyError):
        return None


def append(values, event):
    values.append(event[3])
    return values


def dataflow(path, windows, devices):
    flow = Dataflow("j1")
    lines = op.input("lines", flow, FileSource(path))
    events = op.filter_map("events", lines, event)
    clock = windowing.EventClock(
        lambda event: EPOCH + timedelta(milliseconds=event[0]),
        wait_for_system_duration=timedelta(seconds=5),
    )
    by_type = windowing.fold_window(
        "by_type",
        op.key_on("type", events, lambda event: event[1]),
        clock,
        windowing.TumblingWindower(SECOND, EPOCH),
        list,
        append,
        lambda a, b: a + b,
    )
    op.output("windows", by_type.down, TestingSink(windows))
    by_device = op.count_final("by_device", events, lambda event: event[2])
    op.output("devices", by_device, TestingSink(devices))
    return flow


def main():
    windows, devices = [], []
    start = time.monotonic()
    run_main(dataflow(sys.argv[1], windows, devices))
    rows = []
    for name, (window, values) in windows:
        values.sort()
        p99 = values[math.ceil(0.99 * len(values)) - 1]
        rows.append((window * 1000, name, len(values), math.fsum(values) / len(values), p99))
    print(time.monotonic() - start)
    for row in sorted(rows):
        print("by_type", *row, sep=",")
    for row in sorted(devices):
        print("by_device", *row, sep=",")


main()
