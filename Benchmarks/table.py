"""The table: what was measured, what that is of what, and what is wanted."""

COLUMNS = "{:6}{:30}{:>9}{:>12}{:>9}  {:24}{}"


def show(programs, results):
    print(line("job", "program", "seconds", "M events/s", "peak MB", "ratio", "wanted"))
    job = None
    for program in programs:
        if program.job != job:
            print()
        first = "" if program.job == job else program.job
        job = program.job
        measured = cells(program, results.get(program.id))
        claims = [claim_cells(c, program, programs, results) for c in program.claims]
        print(line(first, program.name, *measured, *(claims[0] if claims else ("", ""))))
        for claim in claims[1:]:
            print(line("", "", "", "", "", *claim))


def line(*cells):
    return COLUMNS.format(*cells).rstrip()


def cells(program, result):
    if result is None:
        return "failed", "", ""
    speed = "" if program.is_first_output else f"{speed_of(program, result):.2f}"
    peak = "" if result.megabytes is None else f"{result.megabytes:.0f}"
    return f"{result.seconds:.3f}", speed, peak


def speed_of(program, result):
    """Million events a second."""
    return program.stream.lines / result.seconds / 1e6


def claim_cells(claim, program, programs, results):
    value = value_of(claim, program, programs, results)
    if value is None:
        return "–", wanted(claim)
    digits = 2 if claim.against else 0
    is_met = (claim.at_least is None or value >= claim.at_least) and (
        claim.at_most is None or value <= claim.at_most
    )
    return f"{value:.{digits}f} {claim.words}", wanted(claim) + ("" if is_met else "   missed")


def value_of(claim, program, programs, results):
    """None where a program failed."""
    result = results.get(program.id)
    if result is None:
        return None
    if claim.kind == "peak":
        return result.megabytes
    if claim.kind == "first":
        return result.seconds * 1000
    against = next(p for p in programs if p.id == claim.against)
    if against.id not in results:
        return None
    if claim.kind == "time":
        return result.seconds / results[against.id].seconds
    return speed_of(program, result) / speed_of(against, results[against.id])


def wanted(claim):
    if claim.at_least is not None:
        return f"≥ {claim.at_least:g}"
    return "" if claim.at_most is None else f"≤ {claim.at_most:g}"
