"""The evaluator on 27 indicators, 12,000 regions and 60 months, beside reading those rows from a plain table.

`BENCH_SCALE` takes a part of the regions: 0.01 unless told otherwise, 1 for all of them (19.4 million rows).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import islice
from random import Random
from time import perf_counter
from typing import Any

from django.db import connection

from governance.attainment.evaluator.judge import judge, value_and_status
from governance.attainment.evaluator.rule import Baseline, Milestone, Reading, Rule
from governance.attainment.periods import month_of
from tests.benchmarks.figures import Figure
from tests.benchmarks.scratch import scratch_database

INDICATORS, REGIONS, MONTHS = 27, 12_000, 60
FIRST = month_of(date(2021, 1, 1))
TODAY = date(2026, 2, 1)


def run() -> dict[str, Figure]:
    """Measure how many rows a second are read, judged for their status, and judged whole."""
    regions = max(1, round(REGIONS * float(os.environ.get("BENCH_SCALE", "0.01"))))
    rows = INDICATORS * regions * MONTHS
    with scratch_database():
        _fill(regions)
        reading = _timed(lambda: sum(1 for _row in _read()))
        light = _timed(lambda: _each(value_and_status))
        whole = _timed(lambda: _each(judge))
    return {
        "evaluator: rows": Figure(rows, ""),
        "evaluator: rows read from a plain table": Figure(rows / reading, "/s"),
        "evaluator: value and status": Figure(rows / light, "/s"),
        "evaluator: whole judgement": Figure(rows / whole, "/s"),
        "evaluator: value and status, with reading, over reading": Figure(light / reading, "×"),
        "evaluator: whole judgement, with reading, over reading": Figure(whole / reading, "×"),
    }


class _Kept:
    """A history out of the rows of one indicator and region."""

    def __init__(self, numbers: list[tuple[int, int]]) -> None:
        self.readings = [Reading(Fraction(n), Fraction(d)) for n, d in numbers]

    def at(self, month: int, milestone: Milestone | None) -> Reading:
        return self.readings[month - FIRST]


def _rules() -> list[Rule]:
    """Return 27 rules of the shapes that the policies have."""

    def dated(*pairs: tuple[int, int]) -> tuple[Milestone, ...]:
        return tuple(Milestone(date(year, 12, 31), Fraction(target)) for year, target in pairs)

    def rule(direction: str, factor: int, milestones: tuple[Milestone, ...], **more: Any) -> Rule:
        return Rule(
            "target", direction, Fraction(factor), date(2022, 6, 24), date(2025, 12, 31), milestones=milestones, **more
        )

    shapes = [
        rule("at_least", 100, dated((2022, 70), (2023, 100))),
        rule("at_least", 100, dated((2025, 22))),
        rule("at_least", 10_000, dated((2025, 180))),
        rule("at_most", 100, dated((2024, 60), (2025, 40)), baseline=Baseline(date(2021, 12, 31), Fraction(80))),
        rule("range", 100, (Milestone(date(2025, 12, 31), Fraction(50), Fraction(80)),)),
        rule("at_least", 100, dated((2022, 20), (2023, 30), (2024, 40), (2025, 50)), yearly="listed"),
        rule("at_least", 100, (Milestone(None, Fraction(90)),)),
        rule("at_least", 1, (), judged=False, root_milestones=dated((2025, 12)), compared=True),
        rule("at_least", 100, dated((2025, 100)), stance="above"),
    ]
    return [shapes[at % len(shapes)] for at in range(INDICATORS)]


def _fill(regions: int) -> None:
    """Write a row for each indicator, region and month: numerators that grow, each at its own pace."""
    random = Random(7)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bench_reading (indicator int2, region int4, month int2, numerator int8, denominator int8)"
        )
        cursor.copy_expert("COPY bench_reading FROM STDIN", _Lines(_lines(random, regions)))
        cursor.execute("VACUUM ANALYZE bench_reading")


def _lines(random: Random, regions: int) -> Iterator[str]:
    for indicator in range(INDICATORS):
        for region in range(regions):
            below, start, step = random.randrange(50, 500), random.randrange(40), random.randrange(5)
            for month in range(MONTHS):
                yield f"{indicator}\t{region}\t{FIRST + month}\t{start + step * month + random.randrange(3)}\t{below}\n"


class _Lines:
    """Lines as a file that COPY reads."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines, self.rest = lines, ""

    def read(self, size: int = -1) -> str:
        while len(self.rest) < size and (more := "".join(islice(self.lines, 1000))):
            self.rest += more
        given, self.rest = self.rest[:size], self.rest[size:]
        return given


def _read() -> Iterator[tuple[int, int, int, int, int]]:
    with connection.connection.cursor(name="bench_reading") as cursor:
        cursor.itersize = 10_000
        cursor.execute("SELECT * FROM bench_reading")
        yield from cursor


def _each(ask: Any) -> None:
    """Ask for every month of every indicator and region, as the rows come."""
    rules, numbers = _rules(), []
    for indicator, _region, _month, numerator, denominator in _read():
        numbers.append((numerator, denominator))
        if len(numbers) == MONTHS:
            history, rule = _Kept(numbers), rules[indicator]
            for month in range(FIRST, FIRST + MONTHS):
                ask(rule, history, month, TODAY)
            numbers = []


def _timed(work: Any) -> float:
    """Return the seconds of some work inside a transaction, which the server's cursor needs."""
    connection.ensure_connection()
    connection.set_autocommit(False)
    started = perf_counter()
    try:
        work()
    finally:
        connection.rollback()
        connection.set_autocommit(True)
    return perf_counter() - started
