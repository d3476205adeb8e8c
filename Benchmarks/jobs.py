"""The rows of the table: which program does which job, and what its result is held against."""

from dataclasses import dataclass, field

from prepare import WEIR, Stream, here

QUERY = "count(), avg(latency_ms), p99(latency_ms) by type over 1s"
STREAM_OPTIONS = ["-O", "time=ts", "-O", "out_of_orderness=5s"]
PRINTED = ["--format", "csv", "--times", "epoch-ms"]


@dataclass(frozen=True)
class Claim:
    """What is said of a result in the column `ratio`, and what is wanted of it.

    `kind`: speed (events/s, of those of `against`), time (of that of `against`), peak (MB) or
    first (ms until the first output).
    """

    kind: str
    against: str = ""
    words: str = ""
    at_least: float = None
    at_most: float = None


@dataclass(frozen=True)
class Program:
    """A row; `id` is its job and a word.

    One with an `own_clock` prints its seconds first; one that `is_piped` reads what `cat` gives it.
    """

    id: str
    name: str
    command: list
    stream: Stream
    claims: list = field(default_factory=list)
    cores: int = 1
    is_piped: bool = False
    own_clock: bool = False
    is_first_output: bool = False

    @property
    def job(self):
        return self.id.split()[0]

    @property
    def is_by_hand(self):
        return self.id.endswith(" by-hand")

    @property
    def is_peer(self):
        return self.id in ("J1 duckdb", "J1 polars", "J1 bytewax", "J1 jq")

    @property
    def is_only_by_type(self):
        return self.id in ("J1 query", "J1 pipe")


def speed(against, words, at_least=None):
    return Claim("speed", against, words, at_least=at_least)


def of_by_hand(job, at_least=None):
    return speed(f"{job} by-hand", "× by hand", at_least)


def programs(streams, byhand, python, cores):
    """All rows, in their order."""
    return [
        *j1(streams, byhand, cores),
        *j1_peers(streams, python),
        *j2(streams, byhand),
        *j3(streams, byhand),
        *keys(streams),
        *mixed(streams, byhand),
        start(streams),
    ]


def j1(streams, byhand, cores):
    peak = Claim("peak", words="MB peak", at_most=40)
    claims = [of_by_hand("J1", 0.8), speed("J1 duckdb", "× DuckDB", 3.5), peak]
    yield by_hand("J1", byhand, streams.usual)
    yield watch("J1 weir", "weir", "j1.yaml", streams.usual, claims)
    if cores > 1:
        two = [speed("J1 weir", "× one core", 1.5)]
        yield watch("J1 two", "weir, two cores", "j1.yaml", streams.usual, two, cores=2)
    yield query("J1 query", "weir query FILE", streams.usual)
    pipe = [speed("J1 query", "× from the file", 0.6)]
    yield query("J1 pipe", "cat FILE | weir query", streams.usual, pipe, is_piped=True)


def j1_peers(streams, python):
    def peer(name, stream, note=""):
        command = [python, here("peers", f"j1_{name.lower()}.py"), stream.path]
        id, claims = f"J1 {name.lower()}", [of_by_hand("J1")]
        return Program(id, name + note, command, stream, claims, own_clock=True)

    head = f", {streams.head.lines:,} lines"
    jq = ["jq", "-nRr", "-f", here("peers", "j1.jq"), streams.head.path]
    yield peer("DuckDB", streams.usual)
    yield peer("Polars", streams.whole, ", none broken")
    yield peer("Bytewax", streams.head, head)
    yield Program("J1 jq", "jq" + head, jq, streams.head, [of_by_hand("J1")])


def j2(streams, byhand):
    claims = [
        Claim("time", "J1 weir", "× the time of J1", at_most=1.2),
        of_by_hand("J2"),
        Claim("peak", words="MB peak", at_most=40),
    ]
    yield by_hand("J2", byhand, streams.usual)
    yield watch("J2 weir", "weir", "j2.yaml", streams.usual, claims)


def j3(streams, byhand):
    yield by_hand("J3", byhand, streams.usual)
    yield watch("J3 weir", "weir", "j3.yaml", streams.usual, [of_by_hand("J3", 0.5)])


def keys(streams):
    claims = [speed("J1 weir", "× its J1")]
    all, limited = (f"weir, {s.devices / 1e6:g} M keys" for s in (streams.keys, streams.more_keys))
    yield watch("K weir", all, "k.yaml", streams.keys, claims)
    yield watch("K limited", limited + ", 10 k kept", "k_limited.yaml", streams.more_keys, claims)


def mixed(streams, byhand):
    yield by_hand("H", byhand, streams.mixed, "C++ by hand, any order")
    yield watch("H weir", "weir", "j1.yaml", streams.mixed, [of_by_hand("H", 0.6)])


def start(streams):
    claim = Claim("first", words="ms to first output", at_most=30)
    return query("start weir", "weir query, 1 KB", streams.kilobyte, [claim], is_first_output=True)


def by_hand(job, byhand, stream, name="C++ by hand"):
    return Program(f"{job} by-hand", name, [byhand, job.lower(), stream.path], stream)


def watch(id, name, dashboard, stream, claims, cores=1):
    command = [
        *(WEIR, "watch", here(dashboard), "--source", "events=" + stream.path),
        *("--headless", "--no-follow", *PRINTED),
    ]
    return Program(id, name, command, stream, claims, cores)


def query(id, name, stream, claims=(), **options):
    source = "-" if options.get("is_piped") else stream.path
    command = [WEIR, "query", QUERY, source, *STREAM_OPTIONS, *PRINTED]
    return Program(id, name, command, stream, list(claims), **options)
