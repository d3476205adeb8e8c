"""Aggregates: weir's text, the SQL that gathers what they are taken of, and how far a value may be
from what that means."""

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Callable

EXACT_DISTINCT = 256  # different values, up to which they are counted exactly
SKETCH_BUCKETS = 700  # of a quantile, which spans a factor of a million
SKETCH_ERROR = 0.01


@dataclass(frozen=True)
class Aggregate:
    """`check` is given what SQL gathered, what weir says, and the seconds of the window; it returns
    what it should have said, or None where that is near enough."""

    name: str
    weir: str
    sql: str
    check: Callable

    @property
    def column(self):
        return f"{self.weir} as {self.name}"


def difference(expected, got, tolerance=0.0):
    """`expected` in a tuple if the two aren't the same."""
    if expected is None or got is None:
        return None if expected is None and got is None else (expected,)
    return None if abs(got - expected) <= tolerance else (expected,)


def gathered(x):
    return f"list({x} ORDER BY t, line) FILTER ({x} IS NOT NULL)"


def exact(name, weir, sql):
    return Aggregate(name, weir, sql, lambda made, got, seconds: difference(made, got))


def rate_of_events(name):
    check = lambda made, got, seconds: difference(made / seconds, got, 1e-15 * made / seconds)
    return Aggregate(name, "rate()", "count(*)", check)


def total(name, function, x):
    """A sum, or what is made of one by division."""

    def check(values, got, seconds):
        if not values:
            return difference(None, got)
        by = {"sum": 1, "avg": len(values), "rate": seconds}[function]
        bound = 1e-12 * math.fsum(map(abs, values)) / by
        return difference(math.fsum(values) / by, got, bound)

    return Aggregate(name, f"{function}({x.weir})", gathered(x.sql), check)


def quantile(name, text, q, x):
    """The value of rank ⌈q·n⌉, counted from 1."""

    def check(values, got, seconds):
        if not values:
            return difference(None, got)
        values = sorted(values)
        if buckets(values) > SKETCH_BUCKETS:
            return None if got is not None else (values[0],)
        true = values[max(1, math.ceil(Fraction(q) * len(values))) - 1]
        return difference(true, got, SKETCH_ERROR * abs(true) * (1 + 1e-9))

    return Aggregate(name, text.format(x.weir), gathered(x.sql), check)


def buckets(values):
    """How many a sketch needs to hold these values without collapsing any."""
    width = math.log((1 + SKETCH_ERROR) / (1 - SKETCH_ERROR))
    count = 0
    for sizes in ([x for x in values if x > 0], [-x for x in values if x < 0]):
        if sizes:
            count += math.log(max(sizes) / min(sizes)) / width + 2
    return count


def distinct(name, field):
    c = field.column
    kinds = f"CASE {c}_t WHEN 'n' THEN 'n' || ({c}_n + 0.0) WHEN 's' THEN 's' || {c}_s"
    sql = f"count(DISTINCT {kinds} WHEN 'b' THEN 'b' || {c}_b END)"

    def check(made, got, seconds):
        bound = 0 if made <= EXACT_DISTINCT else 0.08 * made
        return difference(made, got, bound)

    return Aggregate(name, f"distinct({field.name})", sql, check)


def deviation(name, x):
    def check(values, got, seconds):
        if len(values or []) < 2:
            return difference(None, got)
        true = math.sqrt(squares(values) / (len(values) - 1))
        return difference(true, got, 1e-9 * true + 1e-15 * max(map(abs, values)))

    return Aggregate(name, f"stddev({x.weir})", gathered(x.sql), check)


def squares(values):
    """The sum of the squares of what they are off their mean."""
    mean = math.fsum(values) / len(values)
    return math.fsum((x - mean) ** 2 for x in values)


def first(name, x):
    return ends(name, "first", x, lambda values: values[0])


def last(name, x):
    return ends(name, "last", x, lambda values: values[-1])


def delta(name, x):
    return ends(name, "delta", x, lambda values: values[-1] - values[0])


def ends(name, function, x, chosen):
    check = lambda values, got, seconds: difference(chosen(values) if values else None, got)
    return Aggregate(name, f"{function}({x.weir})", gathered(x.sql), check)


def slope(name, x):
    """Change per second, by least squares."""

    def check(pairs, got, seconds):
        start = min((p["t"] for p in pairs or []), default=0)
        xs = [p["x"] for p in pairs or []]
        ts = [(p["t"] - start) / 1000 for p in pairs or []]
        spread = squares(ts) if ts else 0
        if spread == 0:
            return difference(None, got)
        x0, t0 = math.fsum(xs) / len(xs), math.fsum(ts) / len(ts)
        true = math.fsum((x - x0) * (t - t0) for x, t in zip(xs, ts)) / spread
        size = math.sqrt(squares(xs) / spread) + 1e-6 * max(map(abs, xs)) / math.sqrt(spread)
        return difference(true, got, 1e-9 * size)

    sql = f"list({{'x': {x.sql}, 't': t}}) FILTER ({x.sql} IS NOT NULL)"
    return Aggregate(name, f"slope({x.weir})", sql, check)


def share(name, condition):
    """Arithmetic between aggregates."""
    sql = f"finite(100.0::DOUBLE * count(*) FILTER ({condition.sql}) / count(*))"
    return exact(name, f"100 * count({condition.weir}) / count()", sql)


def span(name, x):
    return exact(name, f"max({x.weir}) - min({x.weir})", f"finite(max({x.sql}) - min({x.sql}))")
