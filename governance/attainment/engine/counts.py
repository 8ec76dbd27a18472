"""Numbers counted again in another way: one at a time, by plain queries over the records, up the tree by looking.

What is drawn are numbers of records and of places; figures that stand in for them are left out of the draw. Nothing here
uses the arithmetic that is checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from django.db import connection

from governance.attainment.engine.areas import Area
from governance.attainment.engine.drift import EXCUSED, shown
from governance.attainment.engine.plaincount import Cell, Count, count
from governance.attainment.engine.rebuild import area_of
from governance.attainment.models import AttainmentRun, ComputedArea, DirtyMark, ReportedFigure
from governance.attainment.periods import as_text
from governance.attainment.rollup.facts import HUNDREDTHS
from governance.kit.measures import expressions as e
from governance.kit.measures.sources import SOURCES, stand_in_code
from governance.regions.models import Level, Region

#: of 20 cells so many are drawn at each level: what lies higher takes longer to count, and is the sum of what lies lower
_OF_EACH = {Level.COMMUNITY: 12, Level.TOWNSHIP: 5, Level.COUNTY: 2, Level.PREFECTURE: 1, Level.PROVINCE: 1}
_HIGH = {Level.PREFECTURE, Level.PROVINCE}
_HIGH_CELLS = 3  # of all
_MISSES = 20  # draws in a row that come to nothing: there is little to draw from

_STORED = """
    SELECT amounts[%s], known[%s] FROM attainment_measurevalue WHERE side = %s AND region_id = %s AND month = %s
"""


@dataclass(frozen=True)
class Counted:
    """How many cells were counted again, and those that differ, as JSON can hold them."""

    counted: int
    wrong: list[dict[str, Any]]


def count_again(run: AttainmentRun, size: int, random: Random | None = None) -> Counted:
    """Count some cells of a run's side again; what a mark explains that was made meanwhile is no difference."""
    random = random or Random()  # noqa: S311  a sample, no secret
    counted, wrong = 0, []
    for area, cell, at in _drawn(run, size, random):
        counted += 1
        expected, stored = count(cell), _stored(run, cell, at)
        if not _agree(expected, stored):
            wrong.append((cell.region.pk, _told(area, cell, expected, stored)))
    excused = _excused() if wrong else set()
    return Counted(counted, [] if excused is None else [told for region, told in wrong if region not in excused])


def _drawn(run: AttainmentRun, size: int, random: Random) -> Iterator[tuple[Area, Cell, int]]:
    areas = [area_of(run, kept.root_id) for kept in ComputedArea.objects.filter(run=run)]
    offered = [(area, keys) for area in areas if (keys := _countable(area))]
    if not offered:
        return
    places = {area.root.pk: _places(area, size) for area, _keys in offered}
    levels = list(_OF_EACH)
    drawn = high = misses = 0
    while drawn < size and misses < _MISSES:
        area, keys = random.choice(offered)
        level = random.choices(levels, list(_OF_EACH.values()))[0]
        here = places[area.root.pk].get(level)
        at = random.choice(keys)
        key = area.layout.keys[at]
        too_high = level in _HIGH and high >= _HIGH_CELLS
        if not here or too_high or _stands_in(key, region := random.choice(here)):
            misses += 1
            continue
        misses, drawn, high = 0, drawn + 1, high + (level in _HIGH)
        assert isinstance(key, e.Stock | e.Flow | e.Distinct | e.Units)  # noqa: S101  `_countable` chose it
        yield area, Cell(region, random.randint(area.first, area.last), key), at


def _countable(area: Area) -> list[int]:
    """Return where the keys stand that are numbers of records or places."""
    found = []
    for at, key in enumerate(area.layout.keys):
        match key:
            case e.Stock(source):
                if source in SOURCES and SOURCES[source].intervals:
                    found.append(at)
            case e.Flow(source) | e.Distinct(source):
                if source in SOURCES and SOURCES[source].events:
                    found.append(at)
            case e.Units():
                found.append(at)
    return found


def _places(area: Area, size: int) -> dict[str, list[Region]]:
    inside = Region.objects.under(area.root)
    return {level: list(inside.filter(level=level).order_by("?")[:size]) for level in _OF_EACH}


def _stands_in(key: Any, region: Region) -> bool:
    """Return whether a reported figure may stand in for the sum at a place or below it."""
    if not isinstance(key, e.Stock):
        return False
    code = stand_in_code(key.source, key.mark, key.weight)
    return bool(ReportedFigure.objects.filter(measure=code, region__path__startswith=region.path).exists())


def _stored(run: AttainmentRun, cell: Cell, at: int) -> tuple[int | None, int | None]:
    with connection.cursor() as cursor:
        cursor.execute(_STORED, [at + 1, at + 1, run.side, cell.region.pk, cell.month])
        amount, known = cursor.fetchone() or (None, None)
        return amount, known


def _agree(expected: Count | None, stored: tuple[int | None, int | None]) -> bool:
    amount, known = stored
    missing = amount is None or (known is not None and known < 0)
    if expected is None or missing:
        return expected is None and missing
    complete = expected.known == expected.units
    return expected.value * HUNDREDTHS == amount and (known is None if complete else known == expected.known)


def _told(area: Area, cell: Cell, expected: Count | None, stored: tuple[int | None, int | None]) -> dict[str, Any]:
    value = None if expected is None else f"{expected.value:f}".removesuffix(".00")
    return {
        "region": cell.region.code, "month": as_text(cell.month), "measure": repr(cell.key), "counted": value,
        "computed": shown(*stored), "counted_known": None if expected is None else expected.known, "computed_known": stored[1],
    }  # fmt: skip


def _excused() -> set[int] | None:
    """Return the places that marks excuse which no run has taken along; None: all of them."""
    if DirtyMark.objects.free().filter(region=None).exists():
        return None
    free = EXCUSED.replace("attainment_dirtymark", "(SELECT * FROM attainment_dirtymark WHERE run_id IS NULL)")
    with connection.cursor() as cursor:
        cursor.execute(free)
        return {region for (region,) in cursor.fetchall()}
