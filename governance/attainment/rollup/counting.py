"""The value of an expression at every place and month end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from governance.attainment.periods import judged_at
from governance.attainment.rollup import held
from governance.attainment.rollup.facts import HUNDREDTHS, Facts, NoSource, Spans, Statements
from governance.attainment.rollup.keys import (
    COMMUNITY,
    KeptUnits,
    Key,
    KindRows,
    UnitsLacking,
    UnitsPassing,
    UnitsWithout,
    UnitsWithValue,
)
from governance.attainment.rollup.quantity import Quantity, StandIns, Sums, spread, sum_up
from governance.attainment.rollup.registers import figures_in_force, item_kept, register_kept
from governance.attainment.rollup.tree import Flags, Ints, Tree
from governance.kit.measures import expressions as e

NO_SOURCE, NOT_KEPT, NO_FIGURE = "no_source", "register_not_kept", "no_figure"

Below = Callable[[Key], Sums | None]


def nothing_below(key: Key) -> None:
    """Say that all places below the tree's are in the tree."""
    return


class Counting:
    """Values over a range of months; each is computed once.

    `below` gives what the children that are not in the tree add to its places.
    """

    def __init__(self, tree: Tree, facts: Facts, first: int, last: int, below: Below = nothing_below) -> None:
        self.tree, self.facts, self.below = tree, facts, below
        self.months: Ints = np.arange(first, last + 1, dtype=np.int64)
        self.valid = tree.valid(self.months)
        self.shape = self.valid.shape
        self._found: dict[Key, Quantity] = {}
        self._kept_at: dict[str, Flags] = {}
        self._missing: dict[int, tuple[Flags, Flags]] = {}
        self._alike: dict[
            str, Quantity
        ] = {}  # a number of each register that no figure and no other place has a part in

    def of(self, key: Key) -> Quantity:
        """Return the value of a key; a source that nobody declares leaves everything missing."""
        if key not in self._found:
            try:
                found = self._compute(key)
            except NoSource:
                found = self._nothing(NO_SOURCE)
            self._found[key] = replace(found, missing=self._or_not_there(found.missing))
        return self._found[key]

    def _or_not_there(self, missing: Flags) -> Flags:
        """Return the same with the months in which a place does not exist: it has no number then, not even of units.

        What was the same array before is so afterwards.
        """
        known = self._missing.get(id(missing))
        if known is None:
            known = self._missing[id(missing)] = missing, missing | ~self.valid  # held, so that its id stays its own
        return known[1]

    def units(self, levels: tuple[str, ...], kind: str | None = None) -> Flags:
        """Return the valid units of these levels and kind."""
        return self.tree.units(levels, kind)[:, None] & self.valid

    def _compute(self, key: Key) -> Quantity:
        match key:
            case e.Stock(source, mark, weight):
                stand_in = ".".join(part for part in (source, mark, weight) if part)
                return self._rows(key, source, self.facts.stock(source, mark, weight), stand_in)
            case e.Flow(source, mark, window, weight):
                return self._rows(key, source, self.facts.flow(source, mark, weight).in_window(window))
            case e.Distinct(source, mark, window):
                return self._rows(key, source, self.facts.persons(source, mark).persons_in_window(window))
            case e.Kinds(source, mark, window):
                return self._kinds(source, mark, window)
            case KindRows(source, mark, window, which):
                return self._rows(key, source, self.facts.kinds(source, mark, window)[which])
            case e.Figure(name):
                return self._figure(key, name)
            case e.Units(levels, kind):
                return self._number_of(key, self.units(levels, kind))
            case KeptUnits(register):
                return self._number_of(key, self.units(COMMUNITY) & self._register_kept(register))
            case e.RegionsWith(item, levels, kind):
                return self._regions_with(key, item, levels, kind)
            case e.RegionsEligible(item, levels):
                kept = self._item_kept(item)
                return self._at_units(key, self.units(levels), self._eligible(item), kept, kept, NOT_KEPT)
            case e.Components(item):
                return self._components(item)
            case e.AtLeast(inner, least, level):
                return self._at_least(key, inner, least, level)
            case e.Within(inner, kind):
                found = self.of(inner)
                units = self.units(COMMUNITY, kind)
                return self._at_units(key, units, found.amount, ~found.missing, self._kept(inner), found.why)
            case e.AtBaseline(inner, on):
                return self._at_baseline(inner, on)
            case UnitsWithout(expression, levels, kind):
                return self._number_of(key, self.units(levels, kind) & self.of(expression).missing)
            case UnitsWithValue():
                return self._number_of(key, self._valued(key))
            case UnitsPassing(units):
                return self._number_of(key, self._valued(units) & (self._lacking(key) == 0))
            case UnitsLacking(passing):
                return self._total(key, self._lacking(passing) * HUNDREDTHS)
            case _:
                full = np.full(self.shape, HUNDREDTHS, dtype=np.int64)
                return Quantity(full, self._no, self._one, self._one)

    @cached_property
    def _zero(self) -> Ints:
        return np.broadcast_to(np.int64(0), self.shape)

    @cached_property
    def _one(self) -> Ints:
        return np.broadcast_to(np.int64(1), self.shape)

    @cached_property
    def _no(self) -> Flags:
        return np.broadcast_to(np.bool_(False), self.shape)

    def _nothing(self, why: str) -> Quantity:
        return Quantity(self._zero, ~self._no, self._zero, self._one, why)

    def _spread(self, spans: Spans) -> Ints:
        return spread(spans, len(self.tree), self.months)

    def _register_kept(self, register: str) -> Flags:
        if register not in self._kept_at:
            self._kept_at[register] = register_kept(self.tree, self.facts, register, self.months) & self.valid
        return self._kept_at[register]

    def _rows(self, key: Key, source: str, spans: Spans, stand_in: str = "") -> Quantity:
        kept, own, below = self._register_kept(source), self._spread(spans), self.below(key)
        figures = self._stand_ins(source, stand_in, kept) if stand_in else None
        alike = self._alike.get(source)
        if alike is not None and figures is None and below is None:  # what is known is the same for the whole register
            return replace(alike, amount=self.tree.total(np.where(kept, own, 0)))
        found = sum_up(
            self.tree, own, counted=kept, units=self.units(COMMUNITY), known=kept, why=NOT_KEPT,
            stand_ins=figures, below=below,
        )  # fmt: skip
        if figures is None and below is None:
            self._alike[source] = found
        return found

    def _stand_ins(self, source: str, stand_in: str, kept: Flags) -> StandIns | None:
        """Return the figures that stand in until the register is kept in all communities of their place."""
        reported = self.facts.figures(stand_in)
        if not len(reported.home):
            return None
        figures = figures_in_force(self.tree, reported, self.months, self.valid)
        communities, kept_in = self.of(e.Units(COMMUNITY)).amount, self.of(KeptUnits(source)).amount
        complete = np.where(communities > 0, kept_in == communities, kept)
        return StandIns(figures.amount, figures.holds & ~complete)

    def _figure(self, key: Key, name: str) -> Quantity:
        figures = figures_in_force(self.tree, self.facts.figures(name), self.months, self.valid)
        return sum_up(
            self.tree, self._zero, counted=self._no, units=self.units(COMMUNITY), known=self._no, why=NO_FIGURE,
            stand_ins=figures, below=self.below(key),
        )  # fmt: skip

    def _kinds(self, source: str, mark: str, window: str) -> Quantity:
        listed = len(self.facts.kinds(source, mark, window))
        values = [self.of(KindRows(source, mark, window, which, listed)) for which in range(listed)]
        if not values:
            return self._nothing(NOT_KEPT)
        occur = np.zeros(self.shape, dtype=np.int64)
        for value in values:
            occur += value.amount > 0
        return replace(values[0], amount=occur * HUNDREDTHS)

    def _at_units(self, key: Key, units: Flags, amount: Ints, known: Flags, kept: Flags, why: str) -> Quantity:
        """Return the sums of what the units themselves have; where no unit lies below, `kept` says whether 0 is known."""
        sure = units & known
        own = np.where(sure, amount, 0)
        return sum_up(self.tree, own, counted=sure | kept, units=units, known=known, why=why, below=self.below(key))

    def _kept(self, expression: e.Expression) -> Flags:
        """Return where and when the register that an expression reads innermost is kept."""
        match e.parts(expression)[-1]:
            case e.Stock(source=source) | e.Flow(source=source) | e.Distinct(source=source) | e.Kinds(source=source):
                return self._register_kept(source)
            case e.RegionsWith(item=item) | e.RegionsEligible(item=item) | e.Components(item=item):
                return self._item_kept(item)
            case e.Figure():
                return self._no  # a figure has no register
            case _:
                return self.valid

    def _number_of(self, key: Key, units: Flags) -> Quantity:
        return self._total(key, units.astype(np.int64) * HUNDREDTHS)

    def _total(self, key: Key, own: NDArray[Any]) -> Quantity:
        """Return plain sums, which are always known."""
        below = self.below(key)
        amount = self.tree.total(own if below is None else own + below.amount)
        return Quantity(amount, self._no, self._one, self._one)

    def _valued(self, units: UnitsWithValue) -> Flags:
        sides = self.of(units.numerator), self.of(units.denominator)
        return held.with_value(self.units(units.levels, units.kind), *sides)

    def _lacking(self, passing: UnitsPassing) -> NDArray[Any]:
        units = passing.units
        return held.lacking(passing, self._valued(units), self.of(units.numerator), self.of(units.denominator))

    def _item_kept(self, item: str) -> Flags:
        return item_kept(self.tree, self.facts, item, self.months) & self.valid

    def _alive(self, statements: Statements, chosen: Flags) -> Flags:
        home, first, until = statements.home[chosen], statements.first[chosen], statements.until[chosen]
        return self._spread(Spans(home, first, until)) > 0

    def _eligible(self, item: str) -> Ints:
        statements = self.facts.statements(item)
        return self._alive(statements, statements.subject == 1).astype(np.int64) * HUNDREDTHS

    def _parts(self, item: str) -> list[Flags]:
        statements = self.facts.statements(item)
        return [
            self._alive(statements, (statements.subject == 0) & (statements.component == part))
            for part in range(self.facts.item(item).components)
        ]

    def _present(self, item: str) -> Flags:
        rule, statements = self.facts.item(item).rule, self.facts.statements(item)
        if rule == "one":
            return self._alive(statements, (statements.subject == 0) & (statements.component == -1))
        parts = self._parts(item)
        return np.logical_and.reduce(parts) if rule == "all" and parts else self._no

    def _regions_with(self, key: Key, item: str, levels: tuple[str, ...], kind: str | None) -> Quantity:
        amount = self._present(item).astype(np.int64) * HUNDREDTHS
        if kind == e.ELIGIBLE:
            amount, kind = np.minimum(amount, self._eligible(item)), None
        kept = self._item_kept(item)
        return self._at_units(key, self.units(levels, kind), amount, kept, kept, NOT_KEPT)

    def _components(self, item: str) -> Quantity:
        levels = self.facts.item(item).levels
        here = np.array([place.level in levels for place in self.tree.places], dtype=np.bool_)[:, None]
        known = here & self._item_kept(item)
        count = np.zeros(self.shape, dtype=np.int64)
        for part in self._parts(item):
            count += part
        return Quantity(count * HUNDREDTHS, ~known, known.astype(np.int64), self._one, NOT_KEPT)

    def _at_least(self, key: Key, inner: e.Expression, least: Fraction, level: str) -> Quantity:
        found = self.of(inner)
        reached = found.amount * least.denominator >= least.numerator * HUNDREDTHS
        amount = reached.astype(np.int64) * HUNDREDTHS
        return self._at_units(key, self.units((level,)), amount, ~found.missing, self._kept(inner), found.why)

    def _at_baseline(self, inner: e.Expression, on: date) -> Quantity:
        def below_then(key: Key) -> Sums | None:
            sums = self.below(e.AtBaseline(key, on))  # type: ignore[arg-type]  # whatever it is of, it is of then
            return sums and Sums(sums.amount[:, :1], sums.known[:, :1], sums.units[:, :1])  # the same in every month

        month = judged_at(on)
        found = Counting(self.tree, self.facts, month, month, below_then).of(inner)
        here = np.zeros(self.shape[1], dtype=np.int64)  # the one month, for every month asked for
        return Quantity(
            found.amount[:, here], found.missing[:, here], found.known[:, here], found.units[:, here], found.why
        )
