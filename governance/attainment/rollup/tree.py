"""The places as arrays: who lies under whom, when a place is valid, and which places are units of a level and kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from governance.kit.measures.expressions import LEVELS, NAMED

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

EVER, NEVER = -(2**31), 2**31  # months before the first and after the last
_BANDS = {"street_office": (1, 99), "street_or_town": (1, 199), None: (1, 399)}
_COMMITTEES = {"urban": "residents", "rural": "villagers"}


@dataclass(frozen=True, slots=True)
class Place:
    """A place: `first` and `until` are months (None: open), `committee` is residents, villagers, none or empty."""

    code: str
    level: str
    parent: str | None
    first: int | None = None
    until: int | None = None
    committee: str = ""


class Tree:
    """Places with parents before children; every array that speaks of places follows `codes`."""

    def __init__(self, places: Iterable[Place], sets: Mapping[str, Iterable[str]] | None = None) -> None:
        self.places: Sequence[Place] = tuple(places)
        self.sets = {name: frozenset(codes) for name, codes in (sets or {}).items()}
        self.codes = [place.code for place in self.places]
        self.index = {code: at for at, code in enumerate(self.codes)}
        self.parent = np.array([self.index.get(place.parent or "", -1) for place in self.places], dtype=np.int64)
        self.level = np.array([LEVELS.index(place.level) for place in self.places], dtype=np.int64)
        self.first = np.array([EVER if place.first is None else place.first for place in self.places], dtype=np.int64)
        self.until = np.array([NEVER if place.until is None else place.until for place in self.places], dtype=np.int64)
        depth = np.zeros(len(self.places), dtype=np.int64)
        for at, parent in enumerate(self.parent):
            depth[at] = 0 if parent < 0 else depth[parent] + 1
        #: places of each depth, from the top
        self.layers = [np.flatnonzero(depth == deep) for deep in range(int(depth.max(initial=-1)) + 1)]
        self._masks: dict[tuple[tuple[str, ...], str | None], Flags] = {}

    def __len__(self) -> int:
        return len(self.places)

    def valid(self, months: Ints) -> Flags:
        """Return whether each place and all above it hold at each month end."""
        alive: Flags = (self.first[:, None] <= months) & (months < self.until[:, None])
        for layer in self.layers[1:]:
            alive[layer] &= alive[self.parent[layer]]
        return alive

    def units(self, levels: tuple[str, ...], kind: str | None = None) -> Flags:
        """Return which places count as units of these levels and kind, whenever they are valid."""
        key = (levels, kind)
        if key not in self._masks:
            self._masks[key] = np.array([self._is_unit(place, levels, kind) for place in self.places], dtype=np.bool_)
        return self._masks[key]

    def _is_unit(self, place: Place, levels: tuple[str, ...], kind: str | None) -> bool:
        if place.level not in levels:
            return False
        if kind is not None and kind.startswith(NAMED):
            return place.code in self.sets[kind.removeprefix(NAMED)]
        if place.level == "county":
            return place.code[4] != "7"
        if place.level == "township":
            low, high = _BANDS[kind]
            return low <= int(place.code[6:9]) <= high
        return kind is None or place.committee == _COMMITTEES[kind]

    def inherit(self, own: Ints, empty: int) -> Ints:
        """Return each place's own number, or that of the nearest place above that has one; `empty` is none."""
        found = own.copy()
        for layer in self.layers[1:]:
            above = found[self.parent[layer]]
            found[layer] = np.where(found[layer] == empty, above, found[layer])
        return found

    @cached_property
    def _steps(self) -> list[tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]]:
        """For each depth: its places in the order of their parents, these parents, and where each one's places begin."""
        steps = []
        for layer in self.layers:
            parents = self.parent[layer]
            order = np.argsort(parents, kind="stable")
            steps.append((layer[order], *np.unique(parents[order], return_index=True), order))
        return steps

    def add_to_parents(self, deep: int, *pairs: tuple[NDArray[Any], NDArray[Any]]) -> None:
        """Add to the parents of the places of a depth, in each pair's first array, the second one's rows for them."""
        _places, above, starts, order = self._steps[deep]
        for total, rows in pairs:
            total[above] += np.add.reduceat(rows[order], starts, axis=0)

    def total(self, own: NDArray[Any]) -> NDArray[Any]:
        """Return the plain sums over sub-trees; what is not to count must be 0 already."""
        sums = own.copy()
        for deep in range(len(self.layers) - 1, 0, -1):
            places, above, starts, _order = self._steps[deep]
            sums[above] += np.add.reduceat(sums[places], starts, axis=0)
        return sums
