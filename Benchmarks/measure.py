"""Runs programs, and says how long they took and how much memory they had."""

import contextlib
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass

from prepare import BUILT

STARTS = 20  # the first output is the median of so many
LONG = 20  # seconds; what takes longer is run in the first round only


@dataclass(frozen=True)
class Result:
    seconds: float
    megabytes: float  # None where that isn't measured


class Failure(Exception):
    """A program that ended with an error."""


def output_path(program):
    return os.path.join(BUILT, program.id.replace(" ", "-") + ".out")


def measure(programs, rounds, timed, cores):
    """The medians of interleaved rounds, by the programs' ids; with what failed left out."""
    results = {program.id: [] for program in programs}
    failed = {}
    for i in range(rounds):
        print(f"round {i + 1} of {rounds}", file=sys.stderr)
        for program in programs:
            if program.id in failed or is_long(results[program.id]):
                continue
            try:
                results[program.id].append(run_once(program, timed, cores))
            except Failure as failure:
                failed[program.id] = str(failure)
    medians = {id: median(all) for id, all in results.items() if id not in failed}
    return medians, failed


def is_long(results):
    return bool(results) and results[0].seconds > LONG


def median(results):
    peaks = [r.megabytes for r in results]
    peak = None if None in peaks else statistics.median(peaks)
    return Result(statistics.median(r.seconds for r in results), peak)


def run_once(program, timed, cores):
    pinned = ",".join(str(core) for core in cores[-program.cores :])
    if program.is_first_output:
        return first_output(program, pinned)
    return run(program, timed, pinned)


def run(program, timed, pinned):
    """Once, on these cores; a `cat` before a pipe shares them."""
    report = output_path(program) + ".report"
    with cat(program, pinned) as source, open(output_path(program), "wb") as output:
        result = subprocess.run(
            [timed, report, pinned, *program.command],
            stdin=source,
            stdout=output,
            stderr=subprocess.PIPE,
        )
    complain(program, result.returncode, result.stderr)
    with open(report) as file:
        seconds, kibibytes = file.read().split()
    if program.own_clock:
        with open(output_path(program)) as output:
            seconds = output.readline()
    return Result(float(seconds), float(kibibytes) * 1024 / 1e6)


@contextlib.contextmanager
def cat(program, pinned):
    """What the program has as its standard input."""
    if not program.is_piped:
        yield subprocess.DEVNULL
        return
    command = ["taskset", "-c", pinned, "cat", program.stream.path]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        yield process.stdout


def first_output(program, pinned):
    """Until the first byte of output, from the start of the process."""
    seconds = []
    for _ in range(STARTS):
        start = time.monotonic()
        with subprocess.Popen(
            ["taskset", "-c", pinned, *program.command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
        ) as process:
            process.stdout.read(1)
            seconds.append(time.monotonic() - start)
            _, errors = process.communicate()
        complain(program, process.returncode, errors)
    return Result(statistics.median(seconds), None)


def complain(program, status, errors):
    if status != 0:
        command = " ".join(program.command)
        raise Failure(f"{command}\nended with {status}: {errors.decode(errors='replace')}")
