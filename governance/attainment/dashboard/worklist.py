"""The units that do not reach a number, now: what is to be done, place by place, with how much each lacks.

Read from the table of current statuses, in one statement; the worst first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db import connection

from governance.attainment.compute.questions import Question
from governance.attainment.rollup.facts import HUNDREDTHS
from governance.kit.measures import expressions as e
from governance.kit.measures.expressions import LEVELS
from governance.regions.models import Region

_LIST = """
    SELECT s.region_id, s.status, s.numerator, s.denominator, count(*) OVER ()
    FROM attainment_currentstatus s
    JOIN attainment_computedarea a ON a.side = s.side AND a.current
    JOIN regions_region root ON root.id = a.root_id
    JOIN regions_region r ON r.id = s.region_id AND r.path >= root.path AND r.path < root.path || ':'
    WHERE s.indicator_id = %(indicator)s AND r.path >= %(path)s AND r.path < %(path)s || ':' AND r.level = %(level)s
      AND (r.since IS NULL OR r.since <= %(today)s) AND (r.until IS NULL OR r.until > %(today)s)
      AND s.status IS DISTINCT FROM 'not_applicable' AND (s.denominator IS NULL OR s.denominator <> 0)
      AND (s.numerator IS NULL OR s.denominator IS NULL
           OR s.numerator * %(factor_n)s < s.denominator * %(factor_d)s)
    ORDER BY (s.numerator IS NULL OR s.denominator IS NULL), s.denominator * %(factor_d)s - s.numerator * %(factor_n)s
             DESC, r.path
    LIMIT %(limit)s OFFSET %(offset)s
"""


@dataclass(frozen=True, slots=True)
class Failing:
    """A unit: what it has, and what it lacks; both None where it has no data."""

    region: Region
    status: str | None
    value: Fraction | None
    lacking: int | None


def level_of(question: Question, below: str) -> str | None:
    """Return the level of the places that can do something: the units of the text, or what its numbers are counted of.

    None where that is not below the place of level `below`, or where a sum alone is asked for.
    """
    asked = question.asked
    levels = set(asked.unit_levels)
    if not levels:
        for part in (*e.parts(asked.denominator), *e.parts(asked.numerator)):
            match part:
                case e.Units(levels=own) | e.RegionsWith(levels=own) | e.RegionsEligible(levels=own):
                    levels |= set(own)
                case e.AtLeast(level=level):
                    levels.add(level)
    found = max(levels, key=LEVELS.index, default=None)
    return found if found is not None and LEVELS.index(found) > LEVELS.index(below) else None


def failing(
    question: Question, region: Region, level: str, against: Fraction, today: Any, *, limit: int, offset: int = 0
) -> tuple[list[Failing], int]:
    """Return some of the units at and below a place that lie below a number, and how many there are."""
    share = against / question.asked.factor  # n / d has to reach this
    values = {
        "indicator": question.indicator.pk, "path": region.path, "level": level, "today": today,
        "factor_n": share.denominator, "factor_d": share.numerator, "limit": limit, "offset": offset,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_LIST, values)
        rows = cursor.fetchall()
    places = Region.objects.select_related("parent__parent").in_bulk([row[0] for row in rows])
    found = [_failing(places[key], status, n, d, question, share) for key, status, n, d, _total in rows]
    return found, rows[0][4] if rows else 0


def _failing(
    place: Region, status: str | None, n: int | None, d: int | None, question: Question, share: Fraction
) -> Failing:
    if n is None or d is None:
        return Failing(place, status, None, None)
    own, whole = Fraction(n, HUNDREDTHS), Fraction(d, HUNDREDTHS)
    short = share * whole - own
    lacking = max(0, -(-short.numerator // short.denominator))
    return Failing(place, status, question.asked.factor * own / whole, lacking)


def most_lacking(cells: Sequence[Any]) -> list[Any]:
    """Return the places that lack anything, the one that lacks most first."""
    return sorted((cell for cell in cells if cell.lacking), key=lambda cell: -cell.lacking)
