"""Random queries, as weir's text and as SQL."""

from dataclasses import dataclass

import aggregates as a
from events import FIELDS
from expressions import Expressions

SIZES = [250, 1_000, 2_000, 10_000, 60_000, 600_000, 3_600_000]  # milliseconds
PARTS = [1, 1, 1, 2, 3, 5, 10]
PERCENTILES = {"p50": "0.5", "p90": "0.9", "p99": "0.99", "p99.9": "0.999", "p1": "0.01", "p55": "0.55"}
FRACTIONS = ["0.25", "0.07", "0.29", "0.995"]
# What only a later weir understands, and a query that tells.
FEATURES = {
    "distinct": "distinct(n)",
    "first": "first(n), last(n)",
    "delta": "delta(n)",
    "stddev": "stddev(n)",
    "slope": "slope(n)",
    "functions": "sum(abs(n)) where lower(name) == \"a\"",
    "arithmetic": "100 * count(n > 1) / count() as share",
    "session": "count() over session(1s)",
}


@dataclass(frozen=True)
class Window:
    size: int  # milliseconds; of a session its gap; 0: since the start
    hop: int = 0
    is_session: bool = False

    @property
    def weir(self):
        if self.is_session:
            # A nanosecond more, so that an event that would just touch a session comes before
            # the watermark closes it: times are whole milliseconds.
            return f" over session({self.size}ms1ns)"
        if not self.size:
            return ""
        every = f" every {self.hop}ms" if self.hop != self.size else ""
        return f" over {self.size}ms{every}"

    @property
    def rows(self):
        """From `chosen`, each event once for each window `start` that it is in."""
        if not self.size:
            return "SELECT *, 0 AS start FROM chosen"
        # Rounded down, also before 1970.
        last = f"t - ((t % {self.hop}) + {self.hop}) % {self.hop}"
        count = self.size // self.hop
        return f"SELECT *, {last} - i * {self.hop} AS start FROM chosen, range({count}) r(i)"

    def sessions(self, keys):
        """A session's number is its start."""
        near = f"t - lag(t) OVER (PARTITION BY {keys} ORDER BY t, line) <= {self.size}"
        return (
            f"SELECT *, max(IF(near, NULL, t)) OVER (PARTITION BY {keys} ORDER BY t, line"
            f" ROWS UNBOUNDED PRECEDING) AS start FROM (SELECT *, {near} AS near FROM chosen)"
        )


@dataclass(frozen=True)
class Query:
    columns: list
    condition: object
    keys: list
    window: Window

    @property
    def weir(self):
        text = ", ".join(column.column for column in self.columns)
        if self.condition:
            text += f" where {self.condition.weir}"
        if self.keys:
            text += " by " + ", ".join(key.name for key in self.keys)
        return text + self.window.weir

    @property
    def sql(self):
        keys = ["true AS all_of_them"]
        for i, key in enumerate(self.keys):
            c = key.column
            # Objects and arrays are no keys: like null. -0 is 0.
            keys.append(f"IF({c}_t = 'o', NULL, {c}_t) AS k{i}_t")
            keys += [f"{c}_n + 0.0 AS k{i}_n", f"{c}_s AS k{i}_s", f"{c}_b AS k{i}_b"]
        names = ", ".join(key.split(" AS ")[1] for key in keys)
        where = self.condition.sql if self.condition else "true"
        rows = self.window.sessions(names) if self.window.is_session else self.window.rows
        made = ", ".join(f"{column.sql} AS {column.name}" for column in self.columns)
        return (
            f"WITH chosen AS (SELECT *, {', '.join(keys)} FROM events WHERE {where}), "
            f"placed AS ({rows}) "
            f"SELECT start, max(t) AS newest, {names}, {made} FROM placed GROUP BY start, {names}"
        )

    def alone(self, column):
        return Query([column], self.condition, self.keys, self.window)


def make_query(dice, events, features):
    make = Expressions(dice, "functions" in features)
    window = make_window(dice, events, features)
    count = dice.choice([1, 1, 2, 3, 5])
    columns = [make_aggregate(dice, make, f"c{i}", window, features) for i in range(count)]
    condition = make.condition() if dice.random() < 0.5 else None
    keys = dice.sample(FIELDS, dice.choice([0, 0, 1, 1, 1, 2, 3]))
    return Query(columns, condition, keys, window)


def make_window(dice, events, features):
    if dice.random() < 0.1:
        return Window(0)
    if "session" in features and dice.random() < 0.15:
        return Window(max(1, int(events.step * dice.choice([0.3, 1, 2, 5, 50]))), is_session=True)
    # Not so small that most windows of most keys are empty.
    sizes = [s for s in SIZES if s * 5_000 >= events.span] or SIZES[-1:]
    size, parts = dice.choice(sizes), dice.choice(PARTS)
    while size % parts:
        parts -= 1
    return Window(size, size // parts)


def make_aggregate(dice, make, name, window, features):
    x = make.number_field() if dice.random() < 0.6 else make.number()
    percentile = dice.choice(list(PERCENTILES))
    fraction = dice.choice(FRACTIONS)
    choices = [
        lambda: a.exact(name, "count()", "count(*)"),
        lambda: a.exact(name, f"count({(p := make.tallied()).weir})", f"count(*) FILTER ({p.sql})"),
        lambda: a.exact(name, f"min({x.weir})", f"min({x.sql})"),
        lambda: a.exact(name, f"max({x.weir})", f"max({x.sql})"),
        lambda: a.total(name, "sum", x),
        lambda: a.total(name, "avg", x),
        lambda: a.quantile(name, percentile + "({})", PERCENTILES[percentile], x),
        lambda: a.quantile(name, "quantile({}, " + fraction + ")", fraction, x),
    ]
    # How long the whole stream, or a session, is for a rate is not a question to SQL.
    if window.size and not window.is_session:
        choices += [lambda: a.rate_of_events(name), lambda: a.total(name, "rate", x)]
    if "distinct" in features:
        choices.append(lambda: a.distinct(name, make.field(has_objects=False)))
    if "first" in features:
        choices += [lambda: a.first(name, x), lambda: a.last(name, x)]
    if "delta" in features:
        choices.append(lambda: a.delta(name, x))
    if "stddev" in features:
        choices.append(lambda: a.deviation(name, x))
    if "slope" in features:
        choices.append(lambda: a.slope(name, x))
    if "arithmetic" in features:
        choices += [lambda: a.share(name, make.tallied()), lambda: a.span(name, x)]
    return dice.choice(choices)()
