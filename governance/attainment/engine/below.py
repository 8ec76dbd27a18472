"""What comes to the places of a part from children outside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO

import numpy as np

from governance.attainment.engine import store
from governance.attainment.engine.cells import add_up
from governance.attainment.engine.layout import Layout
from governance.attainment.engine.parts import Part
from governance.attainment.rollup.keys import Key
from governance.attainment.rollup.quantity import Sums
from governance.attainment.rollup.tree import Ints


class GivenSums:
    """Sums for the places of a part by key, arrays [key, place, month]."""

    def __init__(self, layout: Layout, amount: Ints, known: Ints, units: Ints) -> None:
        self.layout, self.amount, self.known, self.units = layout, amount, known, units

    def __call__(self, key: Key) -> Sums | None:
        """Return the sums of a key; one that is not kept has none, and nothing is computed from it."""
        at = self.layout.place.get(key)
        return None if at is None else Sums(self.amount[at], self.known[at], self.units[at])


def from_store(part: Part, layout: Layout, side: int, first: int, last: int) -> GivenSums:
    """Return the sums of the stored numbers of all children that are not in the part themselves."""
    computed = part.ids[part.computed]
    regions, months, cells = store.children_outside(
        side, computed.tolist(), computed.tolist(), first, last, len(layout)
    )
    width = last - first + 1
    parent = _parents_of(part, regions)
    groups = parent * width + (months - first)
    sums = add_up(cells, layout, groups, len(part.ids) * width)
    arrays = (
        np.stack([getattr(one, name) for one in sums]).reshape(len(layout), len(part.ids), width)
        for name in ("amount", "known", "units")
    )
    return GivenSums(layout, *arrays)


def packed(sums: Mapping[int, list[Sums]]) -> bytes:
    """Return the sums of a chunk as bytes, to be kept until the places above it are computed."""
    parents = np.array(list(sums), dtype=np.int64)
    table = np.array([[(one.amount, one.known, one.units) for one in own] for own in sums.values()], dtype=np.int64)
    file = BytesIO()
    np.save(file, parents)
    np.save(file, table)
    return file.getvalue()


def from_chunks(part: Part, layout: Layout, chunks: Iterable[bytes], months: int) -> GivenSums:
    """Return what the chunks add to the places of a part."""
    total = np.zeros((3, len(layout), len(part.ids), months), dtype=np.int64)
    for chunk in chunks:
        file = BytesIO(chunk)
        parents, table = np.load(file), np.load(file)
        for parent, own in zip(parents, table, strict=True):
            if (at := part.index.get(int(parent))) is not None:
                total[:, :, at] += own.transpose(1, 0, 2)
    return GivenSums(layout, *total)


def _parents_of(part: Part, regions: Ints) -> Ints:
    own = dict(store.parents_of(np.unique(regions).tolist()))
    return np.array([part.index[own[int(region)]] for region in regions], dtype=np.int64)
