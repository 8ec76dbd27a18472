"""The readings of an indicator at every place and month, from the counted numbers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from governance.attainment.compute.indicator import Asked
from governance.attainment.evaluator.reasons import Reason
from governance.attainment.evaluator.rule import Milestone, Reading
from governance.attainment.rollup.counting import Counting
from governance.attainment.rollup.facts import HUNDREDTHS
from governance.attainment.rollup.quantity import Quantity
from governance.attainment.rollup.tree import Flags, Ints
from governance.kit.measures import expressions as e
from governance.kit.measures.expressions import LEVELS

_SAFE = 2**62


@dataclass(frozen=True, slots=True)
class _Held:
    """Units held against a number: how many pass below each place, and how many whole things the others lack."""

    met: Ints
    shortfall: Ints


class Readings:
    """An indicator over the places and months of a counting."""

    def __init__(self, counting: Counting, asked: Asked) -> None:
        self.counting, self.asked, self.tree = counting, asked, counting.tree
        self.first = int(counting.months[0])
        self.root = self.tree.index.get(asked.root)  # None: it lies elsewhere
        self._held: dict[Milestone, _Held] = {}

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
        return self.counting.of(self.asked.numerator)

    @cached_property
    def denominator(self) -> Quantity:
        """The counted denominator."""
        return self.counting.of(self.asked.denominator)

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

    @cached_property
    def unit(self) -> Flags:
        """Which places are valid units of the text."""
        return self.counting.units(self.asked.unit_levels, self.asked.unit_kind)

    @cached_property
    def units_total(self) -> Ints:
        """Valid units at and below each place."""
        return self.tree.total(self.unit.astype(np.int64))

    @cached_property
    def applicable(self) -> Flags:
        """Whether the indicator speaks of a place at all: inside the root, valid, not below its units, with a unit."""
        found: Flags = np.logical_and(self.inside[:, None], self.counting.valid)
        if self.asked.unit_levels:
            found &= self.units_total > 0
        return found

    @cached_property
    def unit_value(self) -> Flags:
        """Which units have a value of their own."""
        divisible: Flags = self.denominator.amount != 0
        found: Flags = self.unit & ~self.numerator.missing & ~self.denominator.missing & divisible
        return found

    @cached_property
    def units_known(self) -> Ints:
        """Units with a value at and below each place."""
        return self.tree.total(self.unit_value.astype(np.int64))

    def why_no_unit(self, cell: tuple[int, int]) -> str:
        """Return why no unit at or below a place has a value; nothing where units lack different things."""
        for side, without in zip((self.numerator, self.denominator), self._units_without, strict=True):
            if without[cell] == self.units_total[cell]:
                return side.why
        return ""

    @cached_property
    def _units_without(self) -> list[Ints]:
        """Units at and below each place whose numerator is missing, and whose denominator."""
        sides = self.numerator, self.denominator
        return [self.tree.total((self.unit & side.missing).astype(np.int64)) for side in sides]

    def held(self, milestone: Milestone) -> _Held:
        """Return how the units stand against a milestone."""
        if milestone not in self._held:
            lacking = np.where(self.unit_value, self._lacking(milestone.target), 0)
            passing = self.unit_value & (lacking == 0)
            self._held[milestone] = _Held(self.tree.total(passing.astype(np.int64)), self.tree.total(lacking))
        return self._held[milestone]

    def _lacking(self, target: Fraction) -> Ints:
        """Return the least whole number by which each place's numerator misses the target, its denominator fixed."""
        factor, n, d = self.asked.factor, self.numerator.amount, self.denominator.amount
        wanted, had = target.numerator * factor.denominator, factor.numerator * target.denominator
        if isinstance(self.asked.denominator, e.One):
            d = np.full_like(n, HUNDREDTHS)
        largest = max(abs(wanted) * int(np.abs(d).max(initial=0)), had * int(np.abs(n).max(initial=0)))
        if largest >= _SAFE:
            n, d = n.astype(object), d.astype(object)
        short = d * wanted - n * had  # in hundredths of 1/had
        if self.asked.direction == "at_most":
            short = -short
        lacking: Ints = np.maximum(-(-short // (had * HUNDREDTHS)), 0)
        fits = largest // (had * HUNDREDTHS) < _SAFE // max(1, len(self.tree))  # the sum of all of them, too
        return lacking.astype(np.int64 if fits else object)


class PlaceHistory:
    """The readings of one place over time: what the evaluator asks for."""

    def __init__(self, readings: Readings, at: int, stance: str) -> None:
        self.readings, self.place, self.stance = readings, at, stance

    def at(self, month: int, milestone: Milestone | None) -> Reading:
        """Return the reading at a month end; above the units they are held against `milestone`."""
        cell = self.place, month - self.readings.first
        if not 0 <= cell[1] < len(self.readings.counting.months):
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
        if not readings.counting.valid[cell]:
            return Reason.NOT_VALID
        lowest = max(LEVELS.index(level) for level in readings.asked.unit_levels)
        return Reason.BELOW_UNIT if readings.tree.level[self.place] > lowest else Reason.NO_UNIT

    def _above(self, cell: tuple[int, int], milestone: Milestone) -> Reading:
        readings = self.readings
        held, total, known = readings.held(milestone), int(readings.units_total[cell]), int(readings.units_known[cell])
        return Reading(
            numerator=Fraction(int(held.met[cell])) if known else None,
            denominator=Fraction(total),
            completeness=Fraction(known, total),
            missing="" if known else readings.why_no_unit(cell),
            units_total=total,
            units_met=int(held.met[cell]),
            units_no_data=total - known,
            shortfall=int(held.shortfall[cell]),
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
