"""How the numbers of a place and month are written: an amount for each key, and what is known where that is not all.

`amounts` (hundredths): null where the number is missing and adds nothing to the place above. `known`: null as a whole where
everything is complete; else for each key null where it is complete, the number of known units where it is not, and where the
number is missing but adds something to the place above the number of known units as its complement (`~known`, below 0).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from governance.attainment.engine.layout import Layout
from governance.attainment.rollup.facts import HUNDREDTHS
from governance.attainment.rollup.keys import Key, goes_up, units_key
from governance.attainment.rollup.quantity import Quantity, Sums
from governance.attainment.rollup.tree import Flags, Ints

Halves = NDArray[np.int32]


@dataclass(frozen=True)
class Cells:
    """Arrays [row, key]; a row is a place and month. `empty` and `whole` say where amounts and known are null."""

    amounts: Ints
    empty: Flags
    known: Halves
    whole: Flags

    @classmethod
    def blank(cls, rows: int, keys: int) -> Cells:
        """Return cells in which everything is missing."""
        shape = rows, keys
        return cls(
            np.zeros(shape, np.int64), np.ones(shape, np.bool_), np.zeros(shape, np.int32), np.ones(shape, np.bool_)
        )

    def of(self, rows: Ints | Flags) -> Cells:
        """Return some of the rows."""
        return Cells(self.amounts[rows], self.empty[rows], self.known[rows], self.whole[rows])

    def put(self, rows: Ints, cells: Cells) -> None:
        """Write cells in the place of some rows."""
        self.amounts[rows], self.empty[rows] = cells.amounts, cells.empty
        self.known[rows], self.whole[rows] = cells.known, cells.whole


def encode(found: list[Quantity], layout: Layout, places: Ints) -> Cells:
    """Return the cells of some places, place by place and month by month; `found` follows the layout."""
    rows = len(places) * found[0].amount.shape[1]
    keys = len(layout)
    # one key after the other, as they are computed; rows are put together when they are written
    amounts, empty = np.empty((keys, rows), np.int64), np.zeros((keys, rows), np.bool_)
    known, whole = np.zeros((keys, rows), np.int32), np.ones((keys, rows), np.bool_)
    alike: dict[tuple[int, int, int], _Gaps] = {}
    for at, (key, quantity) in enumerate(zip(layout.keys, found, strict=True)):
        np.take(quantity.amount, places, axis=0, out=amounts[at].reshape(len(places), -1))
        same = id(quantity.missing), id(quantity.known), id(quantity.units)  # of one register they are the same arrays
        if same not in alike:
            alike[same] = _Gaps.of(quantity, places)
        gaps = alike[same]
        if not gaps.any:
            continue
        alone = units_key(key) is None
        adds = goes_up(key) & ((amounts[at] != 0) | (gaps.known != 0) & (not alone))
        empty[at] = gaps.missing & ~adds
        known[at] = np.where(gaps.missing, ~gaps.known, gaps.known)
        whole[at] = ~(gaps.partly | (gaps.missing & adds))
    return Cells(amounts.T, empty.T, known.T, whole.T)


@dataclass(frozen=True, slots=True)
class _Gaps:
    """Where a number is missing, and where only some of its units are known; `any`: whether that is so anywhere."""

    any: bool
    missing: Flags
    known: Ints
    partly: Flags

    @classmethod
    def of(cls, quantity: Quantity, places: Ints) -> _Gaps:
        missing, known = quantity.missing[places].ravel(), quantity.known[places].ravel()
        partly = ~missing & (known != quantity.units[places].ravel())
        return cls(bool(missing.any() or partly.any()), missing, known, partly)


def changed(now: Cells, before: Cells) -> Flags:
    """Return where cells are written in another way than before."""
    amounts = (now.empty != before.empty) | (~now.empty & (now.amounts != before.amounts))
    known = (now.whole != before.whole) | (~now.whole & (now.known != before.known))
    found: Flags = amounts | known
    return found


def decode(cells: Cells, at: int, units: int | None) -> Quantity:
    """Return a number, as columns of rows; `at` and `units` are its position and that of its units."""
    empty, whole, written = cells.empty[:, at], cells.whole[:, at], cells.known[:, at].astype(np.int64)
    amount = np.where(empty, 0, cells.amounts[:, at])
    if units is None:
        of = np.ones(len(amount), dtype=np.int64)
    else:
        of = np.where(cells.empty[:, units], 0, cells.amounts[:, units]) // HUNDREDTHS
    complete = np.where(empty, 0, of)
    known = np.where(whole, complete, np.where(written < 0, ~written, written))
    return Quantity(amount, empty | (~whole & (written < 0)), known, of)


def decoded(cells: Cells, layout: Layout, key: Key) -> Quantity:
    """Return the number of a key of a layout."""
    units = units_key(key)
    return decode(cells, layout.place[key], None if units is None else layout.place[units])


def add_up(cells: Cells, layout: Layout, groups: Ints, size: int) -> list[Sums]:
    """Return, for each key of the layout, what the rows of each group add to the place above (arrays [group])."""
    sums = []
    for key in layout.keys:
        amount, known, units = (np.zeros(size, dtype=np.int64) for _ in range(3))
        if goes_up(key):
            found = decoded(cells, layout, key)
            for total, rows in ((amount, found.amount), (known, found.known), (units, found.units)):
                np.add.at(total, groups, rows)
        sums.append(Sums(amount, known, units))
    return sums
