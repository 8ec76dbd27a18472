"""Only the records brought together by home and month, each table by the best statement that was found for it."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from time import perf_counter

import duckdb

from tests.benchmarks.duck.counted import Counted
from tests.benchmarks.duck.history import month

_ROUNDS = 3


def split_aggregation(duck: duckdb.DuckDBPyConnection, counted: Counted, first: int) -> float:
    """Return the seconds of all statements together, each one's median; results come over as arrays."""
    total = 0.0
    for statement in statements(counted, first):
        seconds = []
        for _round in range(_ROUNDS + 1):
            started = perf_counter()
            duck.execute(statement).fetchnumpy()
            seconds.append(perf_counter() - started)
        total += median(seconds[1:])  # the first one warms up
    return total


def statements(counted: Counted, first: int) -> Iterator[str]:
    """Yield the statements: starts, ends, sums of events, persons, figures."""
    before = first - 12
    for table in counted.stocks:
        for day, marks in (*counted.starts(table).items(), ("until", counted.ends(table))):
            sums = ", ".join(f"(count(*) FILTER ({condition}))::int AS {name}" for name, condition in marks.items())
            at = f"greatest({month(day)}, {before})"
            yield f"SELECT home, {at} AS month, {sums} FROM {table} WHERE {day} IS NOT NULL GROUP BY 1, 2"
    for table, (day, added) in counted.flows.items():
        at = f"greatest({month(day)}, {before})"
        yield f"SELECT home, {at} AS month, {', '.join(f'({one})::int' for one in added.values())} FROM {table} GROUP BY 1, 2"
    yield f"""
        SELECT home, month, count(*) FILTER (earlier IS NULL OR month - earlier >= 12) AS begun,
            count(*) FILTER (later IS NULL OR later - month >= 12) AS ceased
        FROM (
            SELECT home, month, lag(month) OVER person AS earlier, lead(month) OVER person AS later
            FROM (SELECT home, person, {month("day")} AS month FROM ({counted.persons}))
            WINDOW person AS (PARTITION BY home, person ORDER BY month)
        ) GROUP BY 1, 2"""
    yield f"SELECT home, measure, {month('day')} AS month, max_by(amount, day) AS amount FROM figure GROUP BY 1, 2, 3"
