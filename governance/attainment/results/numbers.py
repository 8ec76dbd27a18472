"""Numbers of places over time: read from where they are kept, or computed on request."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from governance.attainment.compute.indicator import Asked
from governance.attainment.compute.needed import months_needed
from governance.attainment.engine.binary import OtherLayout
from governance.attainment.engine.layout import NotKept
from governance.attainment.engine.parts import part_below, part_of
from governance.attainment.engine.stored import StoredNumbers, kept_area
from governance.attainment.rollup.counting import Counting
from governance.attainment.sources.facts import PackedFacts
from governance.kit.measures.expressions import Expression
from governance.regions.models import Region


def stored_numbers(regions: Sequence[Region], asked: Sequence[Asked], month: int) -> StoredNumbers | None:
    """Return what indicators of one policy read of regions up to a month; None where that is not kept.

    A policy speaks of places under its root, which lie in one area. The others may lie in areas whose rows are laid out
    in another way: nothing is read of them.
    """
    roots = {one.root for one in asked}
    inside = [region for region in regions if roots & {region.code, *region.ancestor_codes}]
    area = kept_area((inside or regions)[0]) if regions else None
    if area is None or not area.first <= month <= area.last:
        return None
    part = part_of(region.pk for region in regions)
    read = np.isin(part.ids, [region.pk for region in inside])
    try:
        return StoredNumbers(area, replace(part, computed=read), area.first, month)
    except (NotKept, OtherLayout):  # replaced at this moment, or a place is new
        return None


def counted_numbers(regions: Iterable[Region], asked: Sequence[Asked], month: int) -> Counting:
    """Return the numbers of regions computed on request, over all months that answers as of `month` look at."""
    part = part_below(region.pk for region in regions)
    first, last = months_needed(asked, month)
    facts = PackedFacts(part.tree, part.ids, sides(asked), first, last, counted=part.computed)
    return Counting(part.tree, facts, first, last)


def sides(asked: Iterable[Asked]) -> list[Expression]:
    """Return the numerators and denominators of what is asked, for which rows have to be read."""
    return [side for one in asked for side in (one.numerator, one.denominator)]
