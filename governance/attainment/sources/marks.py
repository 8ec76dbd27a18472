"""What is out of date: the marks that triggers have written, read all at once and removed exactly as they were read.

Marks are seen when their writer commits, not in the order of their numbers, so nothing here goes by the greatest number:
what is removed is what the same statement returns. Whoever removes marks holds the lock of the refresh, and never empties
the table with TRUNCATE, for which every writer would wait.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection

from governance.attainment.models import AttainmentRun, DirtyMark

Month = int | None

_READ = """SELECT region_id, below, CASE WHEN bool_and(month IS NOT NULL) THEN min(month) END
FROM {marks} GROUP BY region_id, below"""


@dataclass(frozen=True, slots=True)
class Dirty:
    """Places whose numbers are out of date, each with the first month (None: from ever).

    `everything`: all of them. `below`: places with all that is below them; `single`: places alone. The places above
    follow in either case, and a place may be in both.
    """

    everything: bool = False
    below: dict[int, Month] = field(default_factory=dict)
    single: dict[int, Month] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.everything or bool(self.below) or bool(self.single)


def free_marks() -> Dirty:
    """Return what the marks say that no run has taken along, and leave them where they are; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_READ.format(marks=f"{DirtyMark._meta.db_table} WHERE run_id IS NULL"))
        return _dirty(cursor.fetchall())


def drop(run: AttainmentRun | None = None) -> Dirty:
    """Remove the marks that `run` has taken along, or without one the free marks, and return what they said.

    To be called in the transaction that stores the new numbers, before it reads any record: if it fails, the marks are
    back, and what is written after this statement leaves marks of its own.
    """
    whose, params = ("run_id = %s", [run.pk]) if run else ("run_id IS NULL", [])
    gone = f"WITH gone AS (DELETE FROM {DirtyMark._meta.db_table} WHERE {whose} RETURNING *) "  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(gone + _READ.format(marks="gone"), params)
        return _dirty(cursor.fetchall())


def take(run: AttainmentRun) -> int:
    """Let `run`, which is about to read all records, take the free marks along, and return how many there were."""
    return DirtyMark.objects.free().update(run=run)


def release(run: AttainmentRun) -> int:
    """Set free again what `run` had taken along, and return how many marks there were."""
    return DirtyMark.objects.filter(run=run).update(run=None)


def mark_everything() -> None:
    """Say that nothing stored can be relied on: after a change of what no table tells."""
    DirtyMark.objects.create()


def _dirty(rows: Iterable[tuple[int | None, bool, Month]]) -> Dirty:
    everything, below, single = False, {}, {}
    for region, with_below, month in rows:
        if region is None:
            everything = True
        elif with_below:
            below[region] = month
        else:
            single[region] = month
    return Dirty(everything, below, single)
