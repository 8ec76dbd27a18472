"""One month of a tree: which places count, and which stand in for what lies below them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from governance.attainment.rollup.counting import Counting
from governance.attainment.rollup.facts import Days, Facts, Spans
from governance.attainment.rollup.keys import Key
from governance.attainment.rollup.quantity import Quantity
from governance.attainment.rollup.registers import figures_in_force, register_kept
from governance.attainment.rollup.tree import Ints, Tree
from governance.attainment.sources.evidence.rows import events_of, intervals_of
from governance.kit.measures.expressions import NOW

Here = NDArray[np.bool_]  # one flag a place

_COMMUNITY = ("community",)


class WithoutRows:
    """Facts without the rows of sources: what is missing depends on registers, statements and figures alone."""

    def __init__(self, facts: Facts) -> None:
        self.item, self.statements = facts.item, facts.statements
        self.kept_from, self.figures = facts.kept_from, facts.figures

    def stock(self, source: str, mark: str, weight: str | None) -> Spans:
        """Return nothing of a source that is declared."""
        intervals_of(source)
        return Spans.of(())

    def flow(self, source: str, mark: str, weight: str | None) -> Days:
        """Return nothing of a source that is declared."""
        events_of(source)
        return Days.of(())

    def persons(self, source: str, mark: str) -> Days:
        """Return nothing of a source that is declared."""
        events_of(source)
        return Days.by_person(())

    def kinds(self, source: str, mark: str, window: str) -> list[Spans]:
        """Return nothing for each listed value."""
        declared = intervals_of(source) if window == NOW else events_of(source)
        return [Spans.of(()) for _value in declared.kinds[mark].values]


@dataclass(frozen=True)
class Scene:
    """A tree with its facts at one month end, and the place asked about; all places below it are in the tree.

    `keys_of`: the primary keys of the places, in the order of the tree.
    """

    tree: Tree
    keys_of: Ints
    facts: Facts
    place: int
    month: int

    def at(self, month: int) -> Scene:
        """Return the same of another month."""
        return replace(self, month=month)

    @cached_property
    def counting(self) -> Counting:
        """The numbers of the month, with all rows: only where the records depend on numbers of places."""
        return Counting(self.tree, self.facts, self.month, self.month)

    @cached_property
    def bare(self) -> Counting:
        """The same without the rows of sources: what is known, and what statements say."""
        return Counting(self.tree, WithoutRows(self.facts), self.month, self.month)

    @property
    def here(self) -> Here:
        """The place itself, of all places."""
        flags = np.zeros(len(self.tree), dtype=np.bool_)
        flags[self.place] = True
        return flags

    def known(self, key: Key) -> Quantity:
        """Return what is known of a key; its amounts are right where they come from statements and figures."""
        return self.bare.of(key)

    def units(self, levels: tuple[str, ...], kind: str | None = None) -> Here:
        """Return the valid units."""
        return self.bare.units(levels, kind)[:, 0]

    def kept(self, register: str) -> Here:
        """Return the valid places at which a source's register is kept."""
        kept = register_kept(self.tree, self.facts, register, self.bare.months) & self.bare.valid
        return kept[:, 0]

    def reported(self, name: str) -> Here:
        """Return the valid places with a figure in force."""
        return figures_in_force(self.tree, self.facts.figures(name), self.bare.months, self.bare.valid).holds[:, 0]

    def stand_ins(self, name: str, kept: Here) -> Here:
        """Return the places whose figure stands in for the sum: until all their communities keep the register."""
        units = self.units(_COMMUNITY)
        below, kept_below = self.tree.total(units.astype(np.int64)), self.tree.total((units & kept).astype(np.int64))
        return self.reported(name) & ~np.where(below > 0, kept_below == below, kept)

    def below(self, tops: Here, stops: Here | None = None) -> Here:
        """Return the places at and below `tops`, down to the first one of `stops`, which is still among them."""
        inside = tops.copy()
        for layer in self.tree.layers[1:]:
            above = self.tree.parent[layer]
            inside[layer] |= inside[above] if stops is None else inside[above] & ~stops[above]
        return inside

    def keys(self, places: Here) -> list[int]:
        """Return the primary keys of places."""
        found: list[int] = self.keys_of[places].tolist()
        return found
