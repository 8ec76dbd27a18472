"""Keeping the current numbers up to date: what is dirty is computed anew with all above it, in one transaction."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

import numpy as np
from django.db.models import Q
from django.utils import timezone

from governance.attainment.compute.questions import Question
from governance.attainment.compute.readings import Numbers
from governance.attainment.engine import below, store
from governance.attainment.engine.areas import Area, roots_asked
from governance.attainment.engine.binary import OtherLayout
from governance.attainment.engine.cells import Cells, changed
from governance.attainment.engine.chunks import above_all, cut
from governance.attainment.engine.layout import NotKept
from governance.attainment.engine.parts import Part, part_below, part_of
from governance.attainment.engine.rebuild import Outdated, planned_area, stands_of
from governance.attainment.engine.statuses import needs_history
from governance.attainment.engine.stored import KeptArea, StoredNumbers
from governance.attainment.engine.work import Below, Computed, baselines, compute
from governance.attainment.models import ComputedArea
from governance.attainment.rollup.tree import Flags, Ints
from governance.attainment.sources.marks import Dirty, Month
from governance.regions.models import Region

#: more dirty places than this in an area are computed as whole chunks
FEW = 60
#: when more than one in so many chunks is dirty, a rebuild is sooner done
SHARED = 0.5


class TooMany(Exception):
    """Most of an area is dirty: a rebuild, which workers share, is sooner done."""


def refresh(dirty: Dirty) -> int:
    """Write the current numbers of dirty places and all above them anew; return how many rows differ.

    The caller holds the lock of all who write the current side. Places outside the computed areas are passed over.
    Raises `Outdated` where something else is to be computed than was, and `TooMany`.
    """
    current = list(ComputedArea.objects.filter(current=True).select_related("root"))
    if len(dirty.single) > FEW and len(dirty.single) > SHARED * Region.objects.count():
        raise TooMany
    paths = dict(Region.objects.filter(pk__in={*dirty.single, *dirty.below}).values_list("pk", "path"))
    _require_areas([kept.root.path for kept in current], dirty, paths)
    written = 0
    for kept in current:
        inside = _inside(kept.root, dirty, paths)
        if not inside:
            continue
        area = planned_area(kept.run_id or 0, kept.root_id, kept.first, kept.last, tuple(kept.slots))
        first = _first(area, [*inside.single.values(), *inside.below.values()])
        if first <= area.last:
            work = _Refresh(_as_read(kept, area), area, first, rearranged=None in inside.below.values())
            paths[kept.root_id] = kept.root.path
            try:
                written += work.of({at: paths[at] for at in inside.single}, {at: paths[at] for at in inside.below})
            except (NotKept, OtherLayout) as error:
                raise Outdated(kept.root_id) from error
            ComputedArea.objects.filter(pk=kept.pk).update(refreshed_at=timezone.now())
    return written


def _inside(root: Region, dirty: Dirty, paths: dict[int, str]) -> Dirty:
    """Return what is dirty in an area; what is so with all below it, above the root, is so from the root on."""
    single = {at: month for at, month in dirty.single.items() if paths.get(at, "").startswith(root.path)}
    trees: dict[int, Month] = {}
    for at, month in dirty.below.items():
        path = paths.get(at)
        if path and (path.startswith(root.path) or root.path.startswith(path)):
            place = at if path.startswith(root.path) else root.pk
            known = trees.get(place, month)
            trees[place] = None if month is None or known is None else min(month, known)
    return Dirty(single=single, below=trees)


def _require_areas(roots: list[str], dirty: Dirty, paths: dict[int, str]) -> None:
    """Raise `Outdated` if a place was moved out of the areas of which something is asked."""
    moved = [paths[at] for at, month in dirty.below.items() if month is None and at in paths]
    for path in roots_asked().values_list("path", flat=True) if moved else ():
        if path.startswith(tuple(moved)) and not path.startswith(tuple(roots)):
            raise Outdated(path)


def _as_read(kept: ComputedArea, area: Area) -> KeptArea:
    position = {repr(key): at for key, at in area.layout.place.items()}
    return KeptArea(kept.pk, kept.side, kept.first, kept.last, position)


def _first(area: Area, months: Iterable[int | None]) -> int:
    """Return the first month to be computed: what is counted as of a baseline changes in all months."""
    marked = list(months)
    least = area.first if None in marked else min(month for month in marked if month is not None)
    if least <= max(baselines(area.layout.keys), default=least - 1):
        return area.first
    return max(least, area.first)


def _dirty_roots(roots: list[str], single: Iterable[str], trees: Iterable[str]) -> set[str]:
    """Return the roots of chunks (their paths, in order) that have a dirty place at or below them."""
    found = {root for tree in trees for root in roots if root.startswith(tree) or tree.startswith(root)}
    for path in single:
        before = roots[max(0, bisect_right(roots, path) - 1)]
        if path.startswith(before):
            found.add(before)
    return found


class _Refresh:
    """The refresh of one area from a month on.

    `rearranged`: places may have others above them than before, and be judged otherwise by the same numbers.
    """

    def __init__(self, kept: KeptArea, area: Area, first: int, *, rearranged: bool) -> None:
        self.kept, self.side, self.area, self.first, self.rearranged = kept, kept.side, area, first, rearranged

    def of(self, single: dict[int, str], below_too: dict[int, str]) -> int:
        """Compute dirty places, given with their paths; of some all that is below them, too."""
        inside = Q(pk__in=())
        for path in below_too.values():
            inside |= Q(path__startswith=path)
        few = {*single, *Region.objects.filter(inside).values_list("pk", flat=True)[: FEW + 1]}
        if len(few) > FEW:
            return self._whole_chunks([*single.values()], [*below_too.values()])
        codes = {code for path in (*single.values(), *below_too.values()) for code in path.split("/")[:-2]}
        ancestors = Region.objects.under(self.area.root).filter(code__in=codes).values_list("pk", flat=True)
        return self._with_others_stored(few | set(ancestors))

    def _whole_chunks(self, single: list[str], trees: list[str]) -> int:
        chunks = [one.roots for one in cut(self.area.root)]
        paths = dict(Region.objects.filter(pk__in=chain.from_iterable(chunks)).values_list("pk", "path"))
        dirty = _dirty_roots(sorted(paths.values()), single, trees)
        touched = [roots for roots in chunks if any(paths[root] in dirty for root in roots)]
        if len(chunks) > 1 and len(touched) > SHARED * len(chunks):
            raise TooMany(self.area.root.code)
        written = sum(self._compute(part_below(roots), None) for roots in touched)
        return written + self._with_others_stored(set(above_all(self.area.root, paths.values())))

    def _with_others_stored(self, places: set[int]) -> int:
        if not places:
            return 0
        part = part_of(places)
        return self._compute(part, below.from_store(part, self.area.layout, self.side, self.first, self.area.last))

    def _compute(self, part: Part, given: Below | None) -> int:
        """Write what differs from what is stored; indicators that read none of it stand as they stood."""
        found = compute(part, self.area, self.first, self.area.last, given)
        regions, months, cells = found.rows()
        stored, absent = self._stored(regions)
        differs = changed(cells, stored) | absent[:, None]
        rows: Flags = np.logical_or.reduce(differs, axis=1)
        if not rows.any() and not self.rearranged:
            return 0
        store.put(self.side, regions[rows], months[rows], cells.of(rows))
        keys = {self.area.layout.keys[at] for at in np.flatnonzero(differs.any(axis=0))}
        questions = [one for one in self.area.questions if self.rearranged or self.area.reads(one) & keys]
        stands = stands_of(found, timezone.localdate(), questions, self._history(found, questions))
        indicators = None if self.rearranged else [question.indicator.pk for question in questions]
        store.put_stands(self.side, part.ids, stands, over=(part.ids[part.computed].tolist(), indicators))
        return int(rows.sum())

    def _stored(self, regions: Ints) -> tuple[Cells, Flags]:
        """Return the stored cells of rows that go place by place and month by month, and which rows are not there."""
        width = self.area.last - self.first + 1
        places = regions[::width]
        cells = Cells.blank(len(regions), len(self.area.layout))
        read = store.of_places(self.side, places.tolist(), self.first, self.area.last, len(self.area.layout))
        order = np.argsort(places)
        place = order[np.searchsorted(places, read[0], sorter=order)]
        rows = place * width + read[1] - self.first
        cells.put(rows, read[2])
        absent = np.ones(len(regions), dtype=np.bool_)
        absent[rows] = False
        return cells, absent

    def _history(self, found: Computed, questions: Sequence[Question]) -> Numbers | None:
        """Return the stored numbers of all months, where only some were computed and others are looked at."""
        if self.first == self.area.first:
            return None
        judged = needs_history(questions, found.part.tree, found.places)
        own = np.zeros(len(found.part.ids), dtype=np.bool_)
        own[judged] = True
        return StoredNumbers(self.kept, replace(found.part, computed=own), self.area.first, self.area.last)
