"""The steps of a rebuild: empty a side, compute its chunks and what lies above them, make it current.

Each step is one transaction of its caller. Who carries them out, and what happens when somebody dies, is told in `actions`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from functools import lru_cache, partial

from django.db import IntegrityError, connection
from django.utils import timezone

from governance.attainment.compute.questions import Question
from governance.attainment.compute.readings import Numbers
from governance.attainment.engine import below, statuses, store
from governance.attainment.engine.areas import Area, areas, named_places
from governance.attainment.engine.chunks import LARGEST, above_all, cut
from governance.attainment.engine.layout import NotKept
from governance.attainment.engine.parts import part_below, part_of
from governance.attainment.engine.work import Computed, compute, on_request
from governance.attainment.models import AttainmentRun, ComputedArea, RunChunk
from governance.regions.models import Region

Named = tuple[tuple[int, str], ...]


class Outdated(Exception):
    """What is to be computed has changed since the run was prepared."""


def prepare(run: AttainmentRun, *, largest: int = LARGEST, only: Collection[str] = ()) -> list[RunChunk]:
    """Empty the side that nobody reads, and write down what is to be computed and in which chunks.

    `only` names the roots of areas with which a first run contents itself; the others are then computed on request.
    """
    current = ComputedArea.objects.filter(current=True).values_list("side", flat=True).first()
    run.side = 0 if current is None else 1 - current
    _empty(run.side)
    planned = [area for area in areas() if not only or area.root.code in only]
    for area in planned:
        ComputedArea.objects.create(
            side=run.side, root=area.root, first=area.first, last=area.last, slots=area.layout.slots(), run=run
        )
    cuts = [(area.root, one) for area in planned for one in cut(area.root, largest)]
    chunks = [
        RunChunk(run=run, number=number, area=root, roots=one.roots, communities=one.communities)
        for number, (root, one) in enumerate(cuts, 1)
    ]
    run.chunks_total = len(chunks)
    run.months = max((area.last - area.first + 1 for area in planned), default=0)
    return RunChunk.objects.bulk_create(chunks)


def compute_chunk(run: AttainmentRun, chunk: RunChunk) -> None:
    """Write the numbers of a chunk.

    Nobody waits for the disk: what a crash takes of the numbers it takes of the chunk's row as well, and publishing waits.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
    area = area_of(run, chunk.area_id)
    found = compute(part_below(chunk.roots), area, area.first, area.last)
    chunk.rows = _write(run, area, found)


def compute_tops(run: AttainmentRun) -> int:
    """Write the numbers of the places above the chunks, when all of these are done; return how many rows."""
    rows = 0
    for kept in run.areas.all():
        area = area_of(run, kept.root_id)
        roots = [place for chunk in run.chunks.filter(area=kept.root_id) for place in chunk.roots]
        paths = Region.objects.filter(pk__in=roots).values_list("path", flat=True)
        part = part_of(above_all(area.root, paths))
        if not part.computed.any():
            continue  # the area is one chunk
        given = below.from_store(part, area.layout, kept.side, area.first, area.last)
        try:
            rows += _write(run, area, compute(part, area, area.first, area.last, given))
        except NotKept as error:
            raise Outdated(kept.root_id) from error
    return rows


def publish(run: AttainmentRun) -> None:
    """Make the side of a run the one that is read."""
    ComputedArea.objects.filter(current=True).update(current=False)
    run.areas.update(current=True, refreshed_at=timezone.now())


def area_of(run: AttainmentRun, root: int) -> Area:
    """Return an area of a run, which must still be as it was when the run was prepared."""
    kept = run.areas.get(root=root)
    return planned_area(run.pk, kept.root_id, kept.first, kept.last, tuple(kept.slots))


def planned_area(run: int, root: int, first: int, last: int, slots: tuple[int, ...]) -> Area:
    """Return the area of a root with the layout of these slots.

    Worked out once in a process for each run, and again when places that policies name have moved or have other codes.
    """
    return _planned(run, named_places(), root, first, last, slots)


@lru_cache(maxsize=256)
def _planned(run: int, named: Named, root: int, first: int, last: int, slots: tuple[int, ...]) -> Area:
    found = _all_planned(run, named).get(root)
    if found is None or tuple(found.layout.slots()) != slots:
        raise Outdated(root)
    return Area(found.root, found.questions, found.layout, first, last)


@lru_cache(maxsize=2)
def _all_planned(_run: int, _named: Named) -> dict[int, Area]:
    return {area.root.pk: area for area in areas()}


def stands_of(
    found: Computed, today: date, questions: Iterable[Question], history: Numbers | None = None
) -> Iterable[statuses.Stands]:
    """Yield how indicators stand at the computed places in the last month (`history`: `statuses.stands`)."""
    month = int(found.counting.months[-1])
    for question in questions:
        request = partial(on_request, found, question.asked)
        yield from statuses.stands(found.counting, question, found.places, month, today, request, history)


def _write(run: AttainmentRun, area: Area, found: Computed) -> int:
    side = int(run.side or 0)
    try:
        rows = store.add(side, *found.rows())
    except IntegrityError as error:  # a place has come from where it was computed already
        raise Outdated(area.root.pk) from error
    store.put_stands(side, found.part.ids, stands_of(found, timezone.localdate(), area.questions))
    return rows


def _empty(side: int) -> None:
    ComputedArea.objects.filter(side=side).delete()
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE attainment_measurevalue_{int(side)}, attainment_currentstatus_{int(side)}")
