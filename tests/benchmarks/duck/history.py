"""The whole history as one statement: changes by home and month, added up along the months, then up the tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from time import perf_counter

import duckdb
import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.duck.counted import Counted

_YEAR = 12
_LEVELS = ("village", "township", "county", "prefecture", "province")


@dataclass(frozen=True, slots=True)
class History:
    """Values by measure: a row for each place, in the order of `codes`, and a column for each month from `first`."""

    codes: list[str]
    first: int
    values: dict[str, NDArray[np.int64]]
    seconds: float  # for the statement and its result; not for putting it into this shape


def month(day: str) -> str:
    """Return the SQL of a day's month."""
    return f"(year({day}) * 12 + month({day}) - 1)"


def one_statement(duck: duckdb.DuckDBPyConnection, counted: Counted, first: int, last: int) -> History:
    """Return the values of all places from the month `first` to `last`."""
    started = perf_counter()
    found = duck.execute(statement(counted, first, last)).fetchnumpy()
    seconds = perf_counter() - started
    codes = [code for (code,) in duck.execute("SELECT code FROM place ORDER BY path").fetchall()]
    at = duck.execute("SELECT id, position FROM tree").fetchnumpy()
    position = np.zeros(at["id"].max() + 1, dtype=np.int64)
    position[at["id"]] = at["position"]
    cell = position[found["id"]], found["month"] - first
    values = {}
    for name in counted.names:
        values[name] = np.full((len(codes), last - first + 1), np.iinfo(np.int64).min)  # no answer is like no value
        values[name][cell] = found[name]
    return History(codes, first, values, seconds)


def statement(counted: Counted, first: int, last: int) -> str:
    """Return the SQL: an amount for each place, month and measure."""
    before = first - _YEAR  # events of the year before still count in the first month
    changes = "\nUNION ALL\n".join(_changes(counted, before, last))
    running = [f"(sum({name}) OVER so_far)::bigint AS {name}" for name in counted.standing]
    running += [f"(sum({name}) OVER year)::bigint AS {name}" for name in counted.flowing]
    derived = [f"{sql} AS {name}" for name, sql in counted.derived.items() if name != sql]
    return f"""
WITH change AS ({changes}),
home AS (SELECT home, month, {_each("sum({0})::bigint AS {0}", _base(counted))} FROM change GROUP BY ALL),
grid AS (SELECT tree.*, m.month::int AS month FROM tree, range({before}, {last + 1}) AS m(month)),
own AS (
    SELECT grid.*, {", ".join(running)}, coalesce(services, 0) AS services_of_month
    FROM grid LEFT JOIN home ON home.home = grid.id AND home.month = grid.month
    WINDOW so_far AS (PARTITION BY grid.id ORDER BY grid.month),
        year AS (PARTITION BY grid.id ORDER BY grid.month ROWS {_YEAR - 1} PRECEDING)
),
whole AS (SELECT *, {", ".join(derived)}, community AS communities FROM own WHERE month >= {first})
SELECT coalesce({", ".join(_LEVELS)}) AS id, month, {_each("sum(coalesce({0}, 0))::bigint AS {0}", counted.names)}
FROM whole GROUP BY GROUPING SETS ({", ".join(f"({level}, month)" for level in _LEVELS)})
HAVING coalesce({", ".join(_LEVELS)}) IS NOT NULL"""


def _each(template: str, names: list[str]) -> str:
    return ", ".join(template.format(name) for name in names)


def _base(counted: Counted) -> list[str]:
    return [*counted.standing, *counted.flowing]


def _changes(counted: Counted, before: int, last: int) -> Iterator[str]:
    """Yield what each table changes, by home and month; what began earlier is counted at the first month."""
    base = _base(counted)
    for table in counted.stocks:
        days = [*counted.starts(table).items(), ("until", counted.ends(table))]
        for day, marks in days:
            sign = "-" if day == "until" else ""
            sums = {name: f"{sign}count(*) FILTER ({condition})" for name, condition in marks.items()}
            at = f"greatest({month(day)}, {before})"
            yield _select(table, at, sums, f"{day} IS NOT NULL AND {month(day)} <= {last}", base)
    for table, (day, added) in counted.flows.items():
        yield _select(table, month(day), added, f"{month(day)} BETWEEN {before} AND {last}", base)
    yield from _persons(counted, before, last)
    latest = "lag(amount, 1, 0) OVER (PARTITION BY home, measure ORDER BY day)"
    reported = f"(SELECT home, measure, {month('day')} AS month, amount - {latest} AS more FROM figure)"
    risen = {name: f"sum(more) FILTER (measure = '{code}')" for name, code in counted.figures.items()}
    yield _select(reported, f"greatest(month, {before})", risen, f"month <= {last}", base)


def _persons(counted: Counted, before: int, last: int) -> Iterator[str]:
    """Yield where persons begin and cease to have an event within the last twelve months, each once at each home."""
    events = f"""(
        SELECT home, month, lag(month) OVER person AS earlier, lead(month) OVER person AS later
        FROM (SELECT home, person, {month("day")} AS month FROM ({counted.persons}))
        WINDOW person AS (PARTITION BY home, person ORDER BY month)
    )"""
    begun, ceased = "(earlier IS NULL OR month - earlier >= 12)", "(later IS NULL OR later - month >= 12)"
    counts, base = counted.distinct, _base(counted)
    yield _select(events, f"greatest(month, {before})", {counts: "count(*)"}, f"month <= {last} AND {begun}", base)
    yield _select(
        events, f"greatest(month + 12, {before})", {counts: "-count(*)"}, f"month + 12 <= {last} AND {ceased}", base
    )


def _select(table: str, at: str, counted: Mapping[str, str], condition: str, base: list[str]) -> str:
    columns = ", ".join(f"coalesce({counted.get(name, '0')}, 0) AS {name}" for name in base)
    return f"SELECT home, {at} AS month, {columns} FROM {table} WHERE {condition} GROUP BY 1, 2"
