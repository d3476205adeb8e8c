"""J1 in Polars, on one thread: j1_polars.py FILE

Scans the needed columns once, then aggregates twice. The column types are given, and lines that
aren't JSON are skipped. Prints the seconds that the queries took, without Python's start, and then
the rows.
"""

import os
import sys
import time

os.environ["POLARS_MAX_THREADS"] = "1"
import polars as pl

SCHEMA = {"ts": pl.Int64, "type": pl.String, "device": pl.String, "latency_ms": pl.Float64}


def main():
    start = time.monotonic()
    events = (
        pl.scan_ndjson(sys.argv[1], schema=SCHEMA, ignore_errors=True)
        .filter(pl.col("ts").is_not_null())
        .collect()
    )
    latency = pl.col("latency_ms")
    windows = (
        events.group_by(pl.col("ts") // 1000 * 1000, "type")
        .agg(pl.len(), latency.mean().alias("mean"), latency.quantile(0.99).alias("p99"))
        .sort("ts", "type")
    )
    devices = events.group_by("device").agg(pl.len()).sort("device")
    print(time.monotonic() - start)
    for row in windows.iter_rows():
        print("by_type", *row, sep=",")
    for row in devices.iter_rows():
        print("by_device", *row, sep=",")


main()
