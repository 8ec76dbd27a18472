"""The readings of an indicator at every place and month, from the counted numbers."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Protocol

import numpy as np

from governance.attainment.compute.indicator import Asked
from governance.attainment.evaluator.reasons import Reason
from governance.attainment.evaluator.rule import Milestone, Reading
from governance.attainment.rollup.facts import HUNDREDTHS
from governance.attainment.rollup.keys import Key, UnitsLacking, UnitsWithout
from governance.attainment.rollup.quantity import Quantity
from governance.attainment.rollup.tree import Flags, Ints, Tree
from governance.kit.measures import expressions as e
from governance.kit.measures.expressions import LEVELS


class Numbers(Protocol):
    """Numbers of places and months, counted just now or read from where they are kept."""

    tree: Tree
    months: Ints
    valid: Flags

    def of(self, key: Key) -> Quantity:
        """Return the number that a key stands for, at every place and month."""
        ...


class Readings:
    """An indicator over the places and months of some numbers."""

    def __init__(self, numbers: Numbers, asked: Asked) -> None:
        self.numbers, self.asked, self.tree = numbers, asked, numbers.tree
        self.first = int(numbers.months[0])
        self.root = self.tree.index.get(asked.root)  # None: it lies elsewhere

    def stance(self, at: int) -> str:
        """Return pooled, unit or above: how a place stands to the units that the text speaks of.

        Without a number there is nothing that units could be held against.
        """
        if not self.asked.each_unit or not self.asked.has_number(self.tree.codes[at]):
            return "pooled"
        deepest = max(LEVELS.index(level) for level in self.asked.unit_levels)
        return "above" if self.tree.level[at] < deepest else "unit"

    def history(self, at: int) -> PlaceHistory:
        """Return the readings of one place."""
        return PlaceHistory(self, at, self.stance(at))

    @cached_property
    def numerator(self) -> Quantity:
        """The counted numerator."""
        return self.numbers.of(self.asked.numerator)

    @cached_property
    def denominator(self) -> Quantity:
        """The counted denominator."""
        return self.numbers.of(self.asked.denominator)

    @cached_property
    def inside(self) -> Flags:
        """Whether a place lies at or below the root."""
        inside: Flags = np.zeros(len(self.tree), dtype=np.bool_)
        if self.root is None:
            return inside
        inside[self.root] = True
        for layer in self.tree.layers[1:]:
            inside[layer] |= inside[self.tree.parent[layer]]
        return inside

    def units_total(self, cell: tuple[int, int]) -> int:
        """Return the valid units of the text at and below a place."""
        return _count(self.units, cell)

    @cached_property
    def units(self) -> Quantity:
        """Valid units of the text at and below each place."""
        return self.numbers.of(e.Units(self.asked.unit_levels, self.asked.unit_kind))

    @cached_property
    def applicable(self) -> Flags:
        """Whether the indicator speaks of a place at all: inside the root, valid, not below its units, with a unit."""
        found: Flags = np.logical_and(self.inside[:, None], self.numbers.valid)
        if self.asked.unit_levels:
            found &= self.units.amount > 0
        return found

    @cached_property
    def with_value(self) -> Quantity:
        """How many units at and below each place have a value."""
        return self.numbers.of(self.asked.units_with_value)

    def why_no_unit(self, cell: tuple[int, int]) -> str:
        """Return why no unit at or below a place has a value; nothing where units lack different things."""
        for side in (self.asked.numerator, self.asked.denominator):
            without = self.numbers.of(UnitsWithout(side, self.asked.unit_levels, self.asked.unit_kind))
            if _count(without, cell) == self.units_total(cell):
                return self.numbers.of(side).why
        return ""

    def met(self, cell: tuple[int, int], milestone: Milestone) -> int:
        """Return how many units at and below a place reach a milestone."""
        return _count(self.numbers.of(self.asked.units_passing(milestone)), cell)

    def shortfall(self, cell: tuple[int, int], milestone: Milestone) -> int:
        """Return how many whole things the others with a value lack together."""
        return _count(self.numbers.of(UnitsLacking(self.asked.units_passing(milestone))), cell)


class PlaceHistory:
    """The readings of one place over time: what the evaluator asks for."""

    def __init__(self, readings: Readings, at: int, stance: str) -> None:
        self.readings, self.place, self.stance = readings, at, stance

    def at(self, month: int, milestone: Milestone | None) -> Reading:
        """Return the reading at a month end; above the units they are held against `milestone`."""
        cell = self.place, month - self.readings.first
        if not 0 <= cell[1] < len(self.readings.numbers.months):
            raise IndexError(f"month {month} was not counted")
        if not self.readings.applicable[cell]:
            return Reading(None, None, Fraction(0), applicable=False, missing=self._why_not(cell))
        if self.stance == "above" and milestone is not None:
            return self._above(cell, milestone)
        return self._own(cell)

    def _why_not(self, cell: tuple[int, int]) -> Reason:
        readings = self.readings
        if not readings.inside[self.place]:
            return Reason.OUTSIDE_ROOT
        if not readings.numbers.valid[cell]:
            return Reason.NOT_VALID
        lowest = max(LEVELS.index(level) for level in readings.asked.unit_levels)
        return Reason.BELOW_UNIT if readings.tree.level[self.place] > lowest else Reason.NO_UNIT

    def _above(self, cell: tuple[int, int], milestone: Milestone) -> Reading:
        readings = self.readings
        total, known, met = readings.units_total(cell), _count(readings.with_value, cell), readings.met(cell, milestone)
        return Reading(
            numerator=Fraction(met) if known else None,
            denominator=Fraction(total),
            completeness=Fraction(known, total),
            missing="" if known else readings.why_no_unit(cell),
            units_total=total,
            units_met=met,
            units_no_data=total - known,
            shortfall=readings.shortfall(cell, milestone),
        )

    def _own(self, cell: tuple[int, int]) -> Reading:
        readings = self.readings
        n, n_complete = _number(readings.numerator, cell)
        d, d_complete = _number(readings.denominator, cell)
        asked = readings.asked
        if asked.multiple and d is None and self.place == readings.root:
            d, d_complete = asked.baseline_value, Fraction(1 if asked.baseline_value is not None else 0)
        why = readings.numerator.why if n is None else readings.denominator.why if d is None else ""
        return Reading(n, d, min(n_complete, d_complete), missing=why)


def _number(quantity: Quantity, cell: tuple[int, int]) -> tuple[Fraction | None, Fraction]:
    if quantity.missing[cell]:
        return None, Fraction(0)
    units = int(quantity.units[cell])
    complete = Fraction(int(quantity.known[cell]), units) if units else Fraction(1)
    return Fraction(int(quantity.amount[cell]), HUNDREDTHS), complete


def _count(quantity: Quantity, cell: tuple[int, int]) -> int:
    return int(quantity.amount[cell]) // HUNDREDTHS
