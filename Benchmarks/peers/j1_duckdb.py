"""J1 in DuckDB, on one thread: j1_duckdb.py FILE

Reads the needed columns once, then aggregates twice. The column types are given, so nothing is
spent on guessing them, and lines that aren't JSON are skipped. Prints the seconds that the queries
took, without Python's start, and then the rows.
"""

import sys
import time

import duckdb

READ = """
    create temp table events as
    select ts, type, device, latency_ms
    from read_json(?, format = 'newline_delimited', ignore_errors = true, columns = {
        ts: 'BIGINT', type: 'VARCHAR', device: 'VARCHAR', latency_ms: 'DOUBLE'})
    where ts is not null
"""
BY_TYPE = """
    select ts // 1000 * 1000 as start, type, count(*), avg(latency_ms),
        approx_quantile(latency_ms, 0.99)
    from events group by all order by all
"""
BY_DEVICE = "select device, count(*) from events group by all order by all"


def main():
    database = duckdb.connect(config={"threads": 1})
    start = time.monotonic()
    database.execute(READ, [sys.argv[1]])
    windows = database.execute(BY_TYPE).fetchall()
    devices = database.execute(BY_DEVICE).fetchall()
    print(time.monotonic() - start)
    for row in windows:
        print("by_type", *row, sep=",")
    for row in devices:
        print("by_device", *row, sep=",")


main()
