"""Stored numbers of places over time, as whoever judges them reads them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from governance.attainment.engine import store
from governance.attainment.engine.cells import Cells, decode
from governance.attainment.engine.layout import NotKept
from governance.attainment.engine.parts import Part
from governance.attainment.rollup.counting import NO_FIGURE, NO_SOURCE, NOT_KEPT
from governance.attainment.rollup.keys import Key, units_key
from governance.attainment.rollup.quantity import Quantity
from governance.kit.measures import expressions as e
from governance.kit.measures.sources import SOURCES
from governance.regions.models import Region


@dataclass(frozen=True)
class KeptArea:
    """A computed area as it is read: which side, which months, and where each measure stands."""

    pk: int
    side: int
    first: int
    last: int
    position: dict[str, int]


class StoredNumbers:
    """Numbers of some places for the months `first` to `last`, from one reading.

    Raises `NotKept` where rows are not there: another side is current by now, or a place is new.
    """

    def __init__(self, area: KeptArea, part: Part, first: int, last: int) -> None:
        self.tree = part.tree
        self.months = np.arange(first, last + 1, dtype=np.int64)
        self._area = area
        self._cells = self._read(part)
        self._found: dict[Key, Quantity] = {}
        self.valid = ~self.of(e.One()).missing

    def of(self, key: Key) -> Quantity:
        """Return the number that a key stands for; raises `NotKept`."""
        if key not in self._found:
            self._found[key] = self._decoded(key)
        return self._found[key]

    def _read(self, part: Part) -> Cells:
        area, months = self._area, len(self.months)
        wanted = part.ids[part.computed].tolist()
        regions, month, read = store.of_current(
            area.pk, wanted, int(self.months[0]), int(self.months[-1]), len(area.position)
        )
        if len(regions) != len(wanted) * months:
            raise NotKept(str(area.pk))
        place = np.array([part.index[int(region)] for region in regions], dtype=np.int64)
        cells = Cells.blank(len(self.tree) * months, len(area.position))
        rows = place * months + (month - self.months[0])
        cells.put(rows, read)
        return cells

    def _decoded(self, key: Key) -> Quantity:
        units = units_key(key)
        found = decode(self._cells, self._position(key), None if units is None else self._position(units))
        shape = len(self.tree), len(self.months)
        amount, known, of = (array.reshape(shape) for array in (found.amount, found.known, found.units))
        return Quantity(amount, found.missing.reshape(shape), known, of, why_missing(key))

    def _position(self, key: Key) -> int:
        position = self._area.position.get(repr(key))
        if position is None:
            raise NotKept(repr(key))
        return position


def kept_area(region: Region) -> KeptArea | None:
    """Return the computed area that a region lies in; one query."""
    row = store.current_area([*region.ancestor_codes, region.code])
    if row is None:
        return None
    pk, side, first, last, keys = row
    return KeptArea(pk, side, first, last, {key: at for at, key in enumerate(keys)})


def why_missing(key: Key) -> str:
    """Return the code of the reason why the number of a key is missing where it is."""
    if not isinstance(key, e.Expression):
        return ""
    match e.parts(key)[-1]:
        case e.Figure():
            return NO_FIGURE
        case e.Stock(source=source):
            return NOT_KEPT if source in SOURCES and SOURCES[source].intervals else NO_SOURCE
        case e.Kinds(source=source, window=e.NOW):
            return NOT_KEPT if source in SOURCES and SOURCES[source].intervals else NO_SOURCE
        case e.Flow(source=source) | e.Distinct(source=source) | e.Kinds(source=source):
            return NOT_KEPT if source in SOURCES and SOURCES[source].events else NO_SOURCE
        case e.RegionsWith() | e.RegionsEligible() | e.Components():
            return NOT_KEPT
        case _:
            return ""
