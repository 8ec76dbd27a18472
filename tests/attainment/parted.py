"""A small world computed part by part, through the written form, without a database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from random import Random

import numpy as np

from governance.attainment.engine.below import GivenSums, from_rows
from governance.attainment.engine.cells import Cells, decoded, encode
from governance.attainment.engine.layout import Layout
from governance.attainment.engine.parts import Part
from governance.attainment.rollup.counting import Counting
from governance.attainment.rollup.keys import Key, closure
from governance.attainment.rollup.quantity import Quantity
from governance.attainment.rollup.tree import Tree
from governance.kit.measures import expressions as e
from tests.attainment.product import WorldFacts
from tests.attainment.worlds import SOURCES, World


class WorldKnown:
    def listed(self, kinds: e.Kinds) -> int:
        return len(SOURCES[kinds.source].kinds[kinds.mark])

    def stood_in(self, stock: e.Stock) -> bool:
        return True


def layout(keys: Iterable[Key]) -> Layout:
    return Layout(tuple(closure([e.One(), *keys], WorldKnown())))


def random_cut(world: World, random: Random) -> list[set[str]]:
    """Return disjoint whole sub-trees; what is in none of them lies above them all."""
    below: dict[str, set[str]] = {}
    for place in reversed(world.places):
        below.setdefault(place.code, set()).add(place.code)
        if place.parent:
            below.setdefault(place.parent, set()).update(below[place.code])
    cuts: list[set[str]] = []
    children: dict[str | None, list[str]] = {}
    for place in world.places:
        children.setdefault(place.parent, []).append(place.code)
    todo = list(children[None])
    while todo:
        code = todo.pop()
        if code in children and random.random() < 0.7:
            todo += children[code]
        elif cuts and random.random() < 0.4:
            cuts[-1] |= below[code]
        else:
            cuts.append(set(below[code]))
    return cuts


def part_of(world: World, codes: set[str]) -> tuple[Part, WorldFacts]:
    """Return the part of some places with those above them, and the facts of it alone."""
    parent = {place.code: place.parent for place in world.places}
    kept = set(codes)
    for code in codes:
        above: str | None = code
        while above:
            kept.add(above)
            above = parent[above]
    own = replace(
        world,
        places=tuple(place for place in world.places if place.code in kept),
        intervals=tuple(row for row in world.intervals if row.place in codes),
        events=tuple(row for row in world.events if row.place in codes),
        statements=tuple(row for row in world.statements if row.place in kept),
        coverage=tuple(row for row in world.coverage if row.place in kept),
        figures=tuple(row for row in world.figures if row.place in kept),
    )
    facts = WorldFacts(own)
    number = {place.code: at for at, place in enumerate(world.places)}
    places = own.places
    part = Part(
        facts.tree,
        np.array([number[place.code] for place in places], dtype=np.int64),
        np.array([number.get(place.parent or "", -1) for place in places], dtype=np.int64),
        np.array([place.code in codes for place in places], dtype=np.bool_),
    )
    return part, facts


class PartedNumbers:
    """The numbers of a world, each place computed in a part of its own kind and written down."""

    def __init__(self, world: World, keys: Iterable[Key], first: int, last: int, random: Random) -> None:
        self.layout = layout(keys)
        self.tree: Tree = WorldFacts(world).tree
        self.months = np.arange(first, last + 1, dtype=np.int64)
        self.cells = Cells.blank(len(world.places) * len(self.months), len(self.layout))
        cuts = random_cut(world, random)
        for codes in cuts:
            self._computed(world, codes)
        rest = {place.code for place in world.places} - set().union(*cuts)
        if rest:
            self._computed(world, rest, self._given(world, rest))
        self.valid = ~self.of(e.One()).missing

    def _given(self, world: World, codes: set[str]) -> GivenSums:
        """Return what the children outside some places add to them, from what is written of them."""
        part, _facts = part_of(world, codes)
        width = len(self.months)
        outside = [
            (at, part.tree.index[place.parent])
            for at, place in enumerate(world.places)
            if place.parent in codes and place.code not in codes
        ]
        places, parents = (np.array(side, dtype=np.int64) for side in zip(*outside, strict=True))
        columns = np.tile(np.arange(width), len(places))
        rows = np.repeat(places, width) * width + columns
        return from_rows(part, self.layout, np.repeat(parents, width), columns, self.cells.of(rows), width)

    def _computed(self, world: World, codes: set[str], given: GivenSums | None = None) -> None:
        part, facts = part_of(world, codes)
        first, last = int(self.months[0]), int(self.months[-1])
        counting = Counting(part.tree, facts, first, last, *([given] if given else []))
        found = [counting.of(key) for key in self.layout.keys]
        places = np.flatnonzero(part.computed)
        cells = encode(found, self.layout, places)
        rows = (part.ids[places][:, None] * len(self.months) + np.arange(len(self.months))).ravel()
        self.cells.put(rows, cells)

    def of(self, key: Key) -> Quantity:
        found = decoded(self.cells, self.layout, key)
        shape = len(self.tree), len(self.months)
        return Quantity(
            found.amount.reshape(shape), found.missing.reshape(shape), found.known.reshape(shape),
            found.units.reshape(shape),
        )  # fmt: skip
