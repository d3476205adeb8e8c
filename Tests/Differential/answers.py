"""The answers of weir and of DuckDB, and where they differ."""

import json
import os
import subprocess

import duckdb

from events import FIELDS

HERE = os.path.dirname(os.path.abspath(__file__))
WEIR = os.environ.get("WEIR_BINARY", os.path.join(HERE, "..", "..", ".build", "weir"))
USAGE = 64  # the exit status where the query is wrong
TIMEOUT = 60  # seconds
MARGINS = ["window_start", "window_end", "pane"]


class Refused(Exception):
    """weir ended with an error."""


def weir_command(query, path, options):
    sources = [word for option in options for word in ("-O", option)]
    return [WEIR, "query", query, path, *sources, "--format", "ndjson", "--times", "epoch-ms"]


def understands(query, path):
    """Whether this weir knows all that the query says."""
    result = subprocess.run(weir_command(query, path, []), capture_output=True)
    return result.returncode != USAGE


def weir_rows(query, path, options):
    command = weir_command(query.weir, path, options)
    result = subprocess.run(command, capture_output=True, timeout=TIMEOUT)
    if result.returncode != 0:
        words = result.stderr.decode(errors="replace").strip()
        raise Refused(f"weir ended with {result.returncode}: {words}")
    return [json.loads(line, parse_int=float) for line in result.stdout.splitlines()]


class Duck:
    """DuckDB, with the events of a file as it reads them itself."""

    def __init__(self, path):
        self.connection = duckdb.connect(":memory:", config={"threads": 1})
        self.connection.execute("CREATE MACRO finite(x) AS IF(isfinite(x), x, NULL)")
        columns = ["CAST(json->>'$.ms' AS BIGINT) AS t", "line"]
        for field in FIELDS:
            kind, text = f"json_type(json, '{field.path}')", f"json->>'{field.path}'"
            c = field.column
            columns += [
                f"CASE WHEN {kind} IN ('OBJECT', 'ARRAY') THEN 'o' WHEN {kind} = 'BOOLEAN' THEN 'b'"
                f" WHEN {kind} = 'VARCHAR' THEN 's' WHEN {kind} <> 'NULL' THEN 'n' END AS {c}_t",
                f"IF({c}_t = 'n', CAST({text} AS DOUBLE), NULL) AS {c}_n",
                f"IF({c}_t = 's', {text}, NULL) AS {c}_s",
                f"IF({c}_t = 'b', CAST({text} AS BOOLEAN), NULL) AS {c}_b",
            ]
        # An event that comes twice is one; one without a time is none.
        self.connection.execute(
            f"CREATE TABLE events AS SELECT DISTINCT ON (json->>'$.number') {', '.join(columns)}"
            " FROM (SELECT json, row_number() OVER () AS line"
            f" FROM read_ndjson_objects('{path}'))"
            " WHERE json->>'$.ms' IS NOT NULL ORDER BY json->>'$.number', line"
        )

    def rows(self, query):
        """By the start of the window and the values of the keys."""
        cursor = self.connection.execute(query.sql)
        names = [column[0] for column in cursor.description]
        rows = {}
        for values in cursor.fetchall():
            row = dict(zip(names, values))
            keys = tuple(duck_key(row, i) for i in range(len(query.keys)))
            rows[row["start"] if query.window.size else None, keys] = row
        return rows


def duck_key(row, i):
    kind = row[f"k{i}_t"]
    return None if kind is None else (kind, row[f"k{i}_{kind}"])


def weir_key(value):
    if value is None:
        return None
    kind = "b" if isinstance(value, bool) else "s" if isinstance(value, str) else "n"
    return (kind, value)


def first_difference(query, path, options, duck):
    """In words; None where there is none."""
    try:
        found = weir_rows(query, path, options)
    except Refused as refusal:
        return str(refusal)
    except subprocess.TimeoutExpired:
        return f"weir had no answer after {TIMEOUT} s"
    expected = duck.rows(query)
    seen = []
    for row in found:
        place = (row["window_start"], tuple(weir_key(row[key]) for key in names(query)))
        if place not in expected or place in seen[-1:]:
            return f"{said(place)}: weir has this row, and shouldn't"
        if wrong := row_difference(query, row, expected[place]):
            return f"{said(place)}: {wrong}"
        seen.append(place)
    for place in expected.keys() - set(seen):
        return f"{said(place)}: weir doesn't have this row"
    return order_difference(query, seen)


def names(query):
    return [key.name.replace("`", "") for key in query.keys]


def row_difference(query, row, expected):
    window = query.window
    if window.size:
        end = (expected["newest"] if window.is_session else row["window_start"]) + window.size
        if row["window_end"] != end:
            return f"ends at {row['window_end']}, and should at {end}"
    for column in query.columns:
        got = row[column.name]
        if true := column.check(expected[column.name], got, window.size / 1000):
            return f"{column.weir} is {got!r}, and should be {true[0]!r}"
    return None


def order_difference(query, places):
    """Rows go by window, then by key: null, truth values, numbers, texts by their bytes."""
    if query.window.is_session:
        return None
    ranks = [(place[0] or 0, [rank(key) for key in place[1]]) for place in places]
    for i, (a, b) in enumerate(zip(ranks, ranks[1:])):
        if a > b:
            return f"{said(places[i + 1])}: comes after {said(places[i])}"
    return None


def rank(key):
    if key is None:
        return (0, 0)
    kind, value = key
    return ("nbns".index(kind, 1) if kind != "n" else 2, value.encode() if kind == "s" else value)


def said(place):
    start, keys = place
    values = ", ".join(json.dumps(key and key[1], ensure_ascii=False) for key in keys)
    return f"[{values}]" if start is None else f"window {start:.0f} [{values}]"
