"""A side that is finished, held against the one that is read: where nobody has marked a change, nothing may differ."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from governance.attainment.models import AttainmentRun, ComputedArea, DirtyMark, Measure
from governance.attainment.periods import as_text
from governance.attainment.rollup.facts import HUNDREDTHS

NAMED = 50  # as many cells as are told

#: places that a mark excuses: the marked one, all above it, and all below it where the mark says so
EXCUSED = """
    SELECT above.id FROM attainment_dirtymark m JOIN regions_region r ON r.id = m.region_id
    CROSS JOIN LATERAL unnest(string_to_array(r.path, '/')) AS named (code)
    JOIN regions_region above ON above.code = named.code
    UNION
    SELECT below.id FROM attainment_dirtymark m JOIN regions_region r ON r.id = m.region_id AND m.below
    JOIN regions_region below ON below.path >= r.path AND below.path < r.path || ':'
"""
_AREAS = """
    SELECT root.path, greatest(o.first, n.first) AS first, least(o.last, n.last) AS last, n.slots
    FROM attainment_computedarea n JOIN attainment_computedarea o ON o.root_id = n.root_id AND o.slots = n.slots
    JOIN regions_region root ON root.id = n.root_id WHERE n.side = %(new)s AND n.run_id = %(run)s AND o.current
"""
_DIFFERING = f"""
    WITH excused AS ({EXCUSED}), areas AS ({_AREAS}), differing AS MATERIALIZED (
        SELECT region_id, month FROM {{old}} o FULL JOIN {{new}} n USING (region_id, month)
        WHERE (o.amounts, o.known) IS DISTINCT FROM (n.amounts, n.known)
    )
    SELECT r.id, r.code, d.month, areas.slots, count(*) OVER ()
    FROM differing d JOIN regions_region r ON r.id = d.region_id
    JOIN areas ON r.path >= areas.path AND r.path < areas.path || ':' AND d.month BETWEEN areas.first AND areas.last
    WHERE NOT EXISTS (SELECT FROM excused WHERE excused.id = r.id)
    ORDER BY r.path, d.month LIMIT {NAMED}
"""  # noqa: S608  made of the texts above
_CELLS = """
    SELECT place.at, o.amount, n.amount, o.known, n.known
    FROM generate_series(1, %s) AS place (at)
    CROSS JOIN LATERAL (SELECT (SELECT amounts[place.at] FROM {old} WHERE region_id = %s AND month = %s) AS amount,
        (SELECT known[place.at] FROM {old} WHERE region_id = %s AND month = %s) AS known) AS o
    CROSS JOIN LATERAL (SELECT (SELECT amounts[place.at] FROM {new} WHERE region_id = %s AND month = %s) AS amount,
        (SELECT known[place.at] FROM {new} WHERE region_id = %s AND month = %s) AS known) AS n
    WHERE (o.amount, o.known) IS DISTINCT FROM (n.amount, n.known) ORDER BY place.at
"""


@dataclass(frozen=True)
class Drift:
    """How many rows (a place and month) differ, and the first of their cells, as JSON can hold them."""

    rows: int
    cells: list[dict[str, Any]]


def drift_of(run: AttainmentRun) -> Drift | None:
    """Return what differs; None where there is nothing to compare with, or everything is marked as out of date."""
    old = ComputedArea.objects.filter(current=True).values_list("side", flat=True).first()
    if old is None or DirtyMark.objects.filter(region=None).exists():
        return None
    tables = {"old": f"attainment_measurevalue_{old}", "new": f"attainment_measurevalue_{int(run.side or 0)}"}
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERING.format(**tables), {"new": run.side, "run": run.pk})
        rows = cursor.fetchall()
    cells: list[dict[str, Any]] = []
    for region, code, month, slots, _count in rows:
        if len(cells) < NAMED:
            cells += _cells(tables, region, code, month, slots)
    return Drift(rows[0][4] if rows else 0, cells[:NAMED])


def _cells(tables: dict[str, str], region: int, code: str, month: int, slots: list[int]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(_CELLS.format(**tables), [len(slots), *[region, month] * 4])
        found = cursor.fetchall()
    keys = dict(Measure.objects.filter(slot__in=[slots[at - 1] for at, *_rest in found]).values_list("slot", "key"))
    return [
        {
            "region": code, "month": as_text(month), "measure": keys[slots[at - 1]],
            "old": shown(amount_before, known_before), "new": shown(amount, known),
            "old_known": known_before, "new_known": known,
        }
        for at, amount_before, amount, known_before, known in found
    ]  # fmt: skip


def shown(amount: int | None, known: int | None) -> str | None:
    """Return a stored number as text; None where it is missing."""
    if amount is None or (known is not None and known < 0):
        return None
    exact = Decimal(amount) / HUNDREDTHS
    return f"{exact:f}" if exact % 1 else f"{int(exact)}"
