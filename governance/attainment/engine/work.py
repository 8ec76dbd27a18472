"""The one function that computes: a part of the tree, over some months, with what comes from outside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from governance.attainment.compute.indicator import Asked
from governance.attainment.engine.areas import Area
from governance.attainment.engine.cells import Cells, encode
from governance.attainment.engine.parts import Part, part_below
from governance.attainment.periods import judged_at
from governance.attainment.rollup.counting import Counting
from governance.attainment.rollup.keys import Key
from governance.attainment.rollup.quantity import Quantity, Sums
from governance.attainment.rollup.tree import Ints
from governance.attainment.sources.facts import PackedFacts
from governance.kit.measures import expressions as e

Below = Callable[[Key], Sums | None]


@dataclass(frozen=True)
class Computed:
    """The numbers of the computed places of a part."""

    part: Part
    area: Area
    counting: Counting
    quantities: list[Quantity]

    @property
    def places(self) -> Ints:
        """Where the computed places stand in the tree."""
        return np.flatnonzero(self.part.computed)

    def rows(self) -> tuple[Ints, Ints, Cells]:
        """Return regions, months and cells, as they are written."""
        places, months = self.places, self.counting.months
        cells = encode(self.quantities, self.area.layout, places)
        return np.repeat(self.part.ids[places], len(months)), np.tile(months, len(places)), cells


def compute(part: Part, area: Area, first: int, last: int, below: Below | None = None) -> Computed:
    """Return the numbers of every key of the area's layout at the places of a part, for the months `first` to `last`.

    `below` gives what the children outside the part add to its places; without it there are none.
    """
    layout = area.layout
    facts = PackedFacts(part.tree, part.ids, layout.expressions, first, last, counted=part.computed)
    counting = Counting(part.tree, facts, first, last, below) if below else Counting(part.tree, facts, first, last)
    return Computed(part, area, counting, [counting.of(key) for key in layout.keys])


def on_request(found: Computed, asked: Asked, at: int) -> Counting:
    """Return what an indicator asks of one of the computed places with all below it, for all months of the area."""
    area, part = found.area, part_below([int(found.part.ids[at])])
    sides = [asked.numerator, asked.denominator]
    facts = PackedFacts(part.tree, part.ids, sides, area.first, area.last, counted=part.computed)
    return Counting(part.tree, facts, area.first, area.last)


def baselines(keys: Iterable[Key]) -> list[int]:
    """Return the months at which something is counted as of a baseline."""
    return [judged_at(key.on) for key in keys if isinstance(key, e.AtBaseline)]
