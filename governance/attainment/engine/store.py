"""Computed numbers in their tables: written by a rebuild, put in place by a refresh, read by whoever needs them."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.db import connection

from governance.attainment.engine.binary import SELECTED, Pieces, file_of, read_rows, rows_of, stands_of
from governance.attainment.engine.cells import Cells
from governance.attainment.engine.statuses import Stands
from governance.attainment.rollup.tree import Ints

_BLOCK = 2**20  # bytes that go to the server at a time
_COLUMNS = "(side, region_id, month, amounts, known)"
_STAGING = """
    CREATE TEMPORARY TABLE IF NOT EXISTS attainment_staging
    (side smallint, region_id bigint, month integer, amounts bigint[], known integer[]) ON COMMIT DELETE ROWS
"""
_PUT = f"""
    INSERT INTO attainment_measurevalue AS v {_COLUMNS} SELECT * FROM attainment_staging
    ON CONFLICT (side, region_id, month) DO UPDATE SET amounts = excluded.amounts, known = excluded.known
    WHERE (v.amounts, v.known) IS DISTINCT FROM (excluded.amounts, excluded.known)
"""  # noqa: S608


def add(side: int, regions: Ints, months: Ints, cells: Cells) -> int:
    """Write rows that are not there yet; return how many."""
    with connection.cursor() as cursor:
        _copy(cursor, f"attainment_measurevalue_{int(side)}", rows_of(side, regions, months, cells))
    return len(regions)


def put(side: int, regions: Ints, months: Ints, cells: Cells) -> int:
    """Write rows in the place of those that are there; return how many differ."""
    with connection.cursor() as cursor:
        cursor.execute(_STAGING)
        cursor.execute("DELETE FROM attainment_staging")
        _copy(cursor, "attainment_staging", rows_of(side, regions, months, cells))
        cursor.execute(_PUT)
        return int(cursor.rowcount)


# One place after another by the index, whatever the statistics of a table say that was filled a moment ago.
_ROWS = f"""
    SELECT {SELECTED} FROM {{places}} CROSS JOIN LATERAL (
        SELECT * FROM attainment_measurevalue
        WHERE side = {{side}} AND region_id = place.id AND month BETWEEN %s AND %s OFFSET 0
    ) v
"""  # noqa: S608


def children_outside(
    side: int, parents: Iterable[int], inside: Iterable[int], first: int, last: int, width: int
) -> tuple[Ints, Ints, Cells]:
    """Return the rows (region, month, cells) of the children of some places that are not among others."""
    query = _ROWS.format(places="regions_region place", side="%s") + "WHERE parent_id = ANY(%s) AND NOT id = ANY(%s)"
    return _read(query, [side, first, last, list(parents), list(inside)], width)


def of_places(side: int, places: Iterable[int], first: int, last: int, width: int) -> tuple[Ints, Ints, Cells]:
    """Return the rows (region, month, cells) of some places on a side."""
    query = _ROWS.format(places="unnest(%s::bigint[]) AS place (id)", side="%s")
    return _read(query, [list(places), side, first, last], width)


def of_current(area: int, places: Iterable[int], first: int, last: int, width: int) -> tuple[Ints, Ints, Cells]:
    """Return the rows (region, month, cells) of places of an area, if it is still the current one: else there are none.

    Which side is current is asked in the same statement, because the other one may be emptied at any time.
    """
    current = "attainment_computedarea area, unnest(%s::bigint[]) AS place (id)"
    query = _ROWS.format(places=current, side="area.side") + "WHERE area.current AND area.id = %s"
    return _read(query, [list(places), first, last, area], width)


def current_area(codes: list[str]) -> tuple[int, int, int, int, list[str]] | None:
    """Return the current area whose root is one of these places: key, side, first and last month, keys of its measures."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT a.id, a.side, a.first, a.last, ARRAY(
                SELECT m.key FROM unnest(a.slots) WITH ORDINALITY AS s (slot, position)
                JOIN attainment_measure m ON m.slot = s.slot ORDER BY s.position)
            FROM attainment_computedarea a JOIN regions_region r ON r.id = a.root_id
            WHERE a.current AND r.code = ANY(%s) ORDER BY r.path LIMIT 1""",
            [codes],
        )
        row: tuple[int, int, int, int, list[str]] | None = cursor.fetchone()
        return row


def _read(query: str, params: list[Any], width: int) -> tuple[Ints, Ints, Cells]:
    file = BytesIO()
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.copy_expert(f"COPY ({cursor.mogrify(query, params).decode()}) TO STDOUT (FORMAT binary)", file)
    return read_rows(file, width)


def _copy(cursor: Any, table: str, rows: Iterable[bytes]) -> None:
    with connection.wrap_database_errors:
        cursor.copy_expert(f"COPY {table} {_COLUMNS} FROM STDIN (FORMAT binary)", Pieces(rows), _BLOCK)


def parents_of(regions: list[int]) -> list[tuple[int, int]]:
    """Return each region with its parent."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, parent_id FROM regions_region WHERE id = ANY(%s)", [regions])
        return list(cursor.fetchall())


def put_stands(
    side: int,
    ids: Ints,
    stands: Iterable[Stands],
    *,
    over: tuple[Iterable[int], Iterable[int] | None] | None = None,
) -> None:
    """Write how indicators stand at places, whose keys are `ids`.

    `over`: the places and indicators (None: all there are) whose rows are written anew.
    """
    rows = [stands_of(side, ids[found.places], found) for found in stands]  # judged before the server waits for them
    with connection.cursor() as cursor, connection.wrap_database_errors:
        if over is not None:
            places, indicators = over
            those = "" if indicators is None else " AND indicator_id = ANY(%s)"
            cursor.execute(
                f"DELETE FROM attainment_currentstatus WHERE side = %s AND region_id = ANY(%s){those}",  # noqa: S608
                [side, list(places), *([] if indicators is None else [list(indicators)])],
            )
        cursor.copy_expert(
            f"""COPY attainment_currentstatus_{int(side)}
            (side, region_id, month, indicator_id, provisional, status, numerator, denominator)
            FROM STDIN (FORMAT binary)""",
            Pieces(file_of(rows)),
            _BLOCK,
        )
