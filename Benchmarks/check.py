"""Whether all say the same: weir and the peers against the C++ program.

Counts exactly, means to eight digits, p99 within 2 % (each of the two is within 1 % of the truth),
distinct ids within 5 %, and what the alerts did exactly. Of the peers counts and means only, since
each has its own idea of a percentile. In K nothing is by hand: there, and in H, all counts together
are the lines of the stream, none of which is broken.
"""

import csv
import functools
import subprocess

from measure import output_path

KEYS = ("type", "site", "device")


def check(programs, results, byhand):
    """Prints a line for each program that ran; true if nothing differs."""
    same = True
    for program in programs:
        if program.id not in results or program.is_first_output or program.is_by_hand:
            continue
        wrong = difference(program, byhand)
        same = same and not wrong
        print(f"{program.job:6}{program.name:30}{'DIFFERENT: ' + wrong if wrong else 'checked'}")
    return same


def difference(program, byhand):
    """What differs first, in words; or nothing."""
    if program.job == "K":
        return wrong_total(program)
    rows = peer_rows if program.is_peer else weir_rows
    mine = by_view(rows(output_path(program)))
    expected = by_hand_views(byhand, program.job.lower(), program.stream.path)
    if program.is_only_by_type:
        expected = {"by_type": expected["by_type"]}
    if program.job == "H" and (wrong := wrong_total(program)):
        return wrong
    return differing_view(expected, mine, with_percentiles=not program.is_peer)


def wrong_total(program):
    rows = weir_rows(output_path(program))
    total = sum(values[0] for view, key, values in rows if len(key) == 2)
    if total != program.stream.lines:
        return f"{total:,.0f} events are counted, and there are {program.stream.lines:,}"
    return ""


def differing_view(expected, mine, with_percentiles):
    for view in sorted(expected.keys() | mine.keys()):
        a, b = expected.get(view, {}), mine.get(view, {})
        bounds = (0.05,) if view == "ids" else (0, 1e-8, 0.02 if with_percentiles else 1e9)
        differing = [k for k in a.keys() | b.keys() if differ(a.get(k), b.get(k), bounds)]
        if differing:
            key = min(differing)
            rows = f"{len(differing):,} of {len(a):,} rows of {view}"
            return f"{rows}, as {key}: {b.get(key)}, not {a.get(key)}"
    return ""


def differ(a, b, bounds):
    """Whether a value is off by more than its share."""
    if a is None or b is None or len(a) != len(b):
        return True
    return any(not abs(x - y) <= bound * abs(x) for x, y, bound in zip(a, b, bounds))


@functools.cache
def by_hand_views(byhand, job, path):
    """What the C++ program says of the stream; that isn't timed."""
    result = subprocess.run([byhand, job, path], capture_output=True, check=True, text=True)
    return by_view(by_hand_rows(csv.reader(result.stdout.splitlines())))


def by_view(rows):
    views = {}
    for view, key, values in rows:
        views.setdefault(view, {})[key] = values
    return views


def by_hand_rows(lines):
    """A row is its view, its key, and its values. The stages aren't printed by weir."""
    for view, *cells in lines:
        if view == "alert":
            rule, state, at, group = cells
            yield view, (rule, group, int(at), state), ()
        elif view == "by_device":
            yield view, (cells[0],), (float(cells[1]),)
        elif view != "stage":
            yield view, (int(cells[0]), cells[1]), tuple(map(float, cells[2:]))


def peer_rows(path):
    """As by hand; but a program with its own clock prints its seconds first."""
    with open(path, newline="") as file:
        yield from by_hand_rows(row for row in csv.reader(file) if len(row) > 1)


def weir_rows(path):
    """weir's CSV: names come before the rows, and again where another view's rows begin."""
    names = []
    with open(path, newline="") as file:
        for cells in csv.reader(file):
            if cells[0] in ("kind", "window_start"):
                names = cells
                continue
            row = dict(zip(names, cells))
            if row.get("kind") == "alert":
                key = row["alert"], row["groups"], int(row["at"]), row["state"]
                yield "alert", key, ()
                continue
            key = next(key for key in KEYS if key in row)
            start = (int(row["window_start"]),) if row["window_start"] else ()
            values = tuple(map(float, cells[names.index(key) + 1 :]))
            yield row.get("view", f"by_{key}"), (*start, row[key]), values
