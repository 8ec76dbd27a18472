"""Which places a change of a table touches, and from when on: one SELECT for each reading, table and event.

A statement that changes a table leaves its rows as they are now in `new_rows`, as they were in `old_rows`. They take the
place of the table in the query of the reading, so that the home is found over the same joins as when rows are counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from governance.attainment.sources.joins import Joins
from governance.attainment.sources.reading import DELETE, INSERT, UPDATE, Reading

NEW_ROWS, OLD_ROWS = "new_rows", "old_rows"
_EVER, _NEVER = "'-infinity'::date", "'infinity'::date"


@dataclass(frozen=True, slots=True)
class Part:
    """What an `event` on a `table` touches: a SELECT of home, whether all below it, and the first day (-infinity: ever).

    `needs`: the columns, with their tables, that it reads. `plain`: it reads nothing but the changed rows as they are.
    """

    table: str
    event: str
    select: str
    needs: frozenset[tuple[str, str]]
    plain: bool


def parts(reading: Reading, using: str) -> Iterator[Part]:
    """Return the parts of a reading for each table that it reads, except the home's own row."""
    joins = Joins(reading, using)
    for alias in joins.columns:
        if not joins.of_the_place(alias):
            for event in reading.events:
                yield _part(reading, joins, alias, event)


def _part(reading: Reading, joins: Joins, alias: str, event: str) -> Part:
    """Return the part of a table.

    A table on the way to the home is not joined with the rows that are homed over it when it is updated: one that
    another session adds at the same moment cannot be seen yet, and that session finds the home as it was before.
    """
    base, plain = joins.base, False
    if alias == base or alias not in joins.path or event != UPDATE:
        root, wanted = base, {base, alias, joins.path[-1], *joins.day_aliases()}
        day, where = _day(reading, joins, alias, event), _where(reading, joins)
        plain = wanted == {base} and event != UPDATE
    else:
        root, wanted, day, where = alias, {joins.path[-1]}, _EVER, []
    if reading.home:
        where.append(f"{joins.home} IS NOT NULL")
    if alias != root:
        where.append(f"{joins.quoted(alias)}.{joins.name(joins.key(alias)[0])} IS NOT NULL")
    source = joins.from_clause(root, wanted, alias, _rows(joins, alias, event))
    condition = f" WHERE {' AND '.join(where)}" if where else ""
    below = str(reading.below).upper()
    select = f"SELECT {joins.home or 'NULL'}::bigint, {below}, {day} FROM {source}{condition}"  # noqa: S608  names of the models
    return Part(joins.table(alias), event, select, joins.needs, plain)


def _day(reading: Reading, joins: Joins, alias: str, event: str) -> str:
    if not reading.first:
        return _EVER
    first = f"coalesce({joins.first}::date, {_EVER})"
    if event == UPDATE and alias == joins.base and joins.until:
        row = joins.quoted(alias)
        ended = f"coalesce({row}.{joins.name(joins.until)}::date, {_NEVER})"
        return f"CASE WHEN {row}.only_the_end THEN {ended} ELSE {first} END"
    return first


def _where(reading: Reading, joins: Joins) -> list[str]:
    dated = [f"{joins.first} IS NOT NULL"] if reading.dated else []
    return [*([joins.where] if joins.where else []), *dated]


def _rows(joins: Joins, alias: str, event: str) -> str:
    """Return the changed rows; of an update those that differ in what is read, as they were and as they are now."""
    if event in (INSERT, DELETE):
        return NEW_ROWS if event == INSERT else OLD_ROWS
    key = joins.key(alias)
    columns = [*key, *sorted(joins.columns[alias] - set(key))]
    was, now = _row("was", columns, joins), _row("now", columns, joins)
    same = " AND ".join(f"was.{joins.name(column)} = now.{joins.name(column)}" for column in key)
    shown = "both_rows.*"
    if alias == joins.base and joins.until:
        others = [column for column in columns if column != joins.until]
        shown += f", ({_row('was', others, joins)}) IS NOT DISTINCT FROM ({_row('now', others, joins)}) AS only_the_end"
    pairs = f"{OLD_ROWS} AS was FULL JOIN {NEW_ROWS} AS now ON {same}"
    both = f"CROSS JOIN LATERAL (VALUES ({was}), ({now})) AS both_rows ({', '.join(map(joins.name, columns))})"
    changed = f"({was}) IS DISTINCT FROM ({now}) AND both_rows.{joins.name(key[0])} IS NOT NULL"
    return f"(SELECT {shown} FROM {pairs} {both} WHERE {changed})"  # noqa: S608  names of the models


def _row(side: str, columns: list[str], joins: Joins) -> str:
    return ", ".join(f"{side}.{joins.name(column)}" for column in columns)
