"""What comes to the places of a part from children outside it."""

from __future__ import annotations

import numpy as np

from governance.attainment.engine import store
from governance.attainment.engine.cells import Cells, add_up
from governance.attainment.engine.layout import Layout, NotKept
from governance.attainment.engine.parts import Part
from governance.attainment.rollup.keys import Key
from governance.attainment.rollup.quantity import Sums
from governance.attainment.rollup.tree import Ints


class GivenSums:
    """Sums for the places of a part by key, arrays [key, place, month]."""

    def __init__(self, layout: Layout, amount: Ints, known: Ints, units: Ints) -> None:
        self.layout, self.amount, self.known, self.units = layout, amount, known, units

    def __call__(self, key: Key) -> Sums:
        """Return the sums of a key; raises `NotKept`."""
        at = self.layout.place.get(key)
        if at is None:
            raise NotKept(repr(key))
        return Sums(self.amount[at], self.known[at], self.units[at])


def from_store(part: Part, layout: Layout, side: int, first: int, last: int) -> GivenSums:
    """Return the sums of the stored numbers of all children that are not in the part themselves."""
    computed = part.ids[part.computed].tolist()
    regions, months, cells = store.children_outside(side, computed, computed, first, last, len(layout))
    own, where = np.unique(regions, return_inverse=True)
    parent_of = dict(store.parents_of(own.tolist()))
    parents = np.array([part.index[parent_of[int(region)]] for region in own], dtype=np.int64)
    return from_rows(part, layout, parents[where], months - first, cells, last - first + 1)


def from_rows(part: Part, layout: Layout, parents: Ints, columns: Ints, cells: Cells, width: int) -> GivenSums:
    """Return the sums of rows: `parents` are indexes in the part, `columns` count from the first of `width` months."""
    sums = add_up(cells, layout, parents * width + columns, len(part.ids) * width)
    shape = len(layout), len(part.ids), width
    amount, known, units = (
        np.stack([getattr(one, name) for one in sums]).reshape(shape) for name in ("amount", "known", "units")
    )
    return GivenSums(layout, amount, known, units)
