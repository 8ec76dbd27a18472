"""The value of an expression at every place and month end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np

from governance.attainment.periods import judged_at
from governance.attainment.rollup.facts import HUNDREDTHS, Facts, NoSource, Spans, Statements
from governance.attainment.rollup.quantity import Quantity, StandIns, spread, sum_up
from governance.attainment.rollup.registers import figures_in_force, item_kept, register_kept
from governance.attainment.rollup.tree import Flags, Ints, Tree
from governance.kit.measures import expressions as e

NO_SOURCE, NOT_KEPT, NO_FIGURE = "no_source", "register_not_kept", "no_figure"
_COMMUNITY = ("community",)


class Counting:
    """Values over a range of months; each expression is computed once."""

    def __init__(self, tree: Tree, facts: Facts, first: int, last: int) -> None:
        self.tree, self.facts = tree, facts
        self.months: Ints = np.arange(first, last + 1, dtype=np.int64)
        self.valid = tree.valid(self.months)
        self.shape = self.valid.shape
        self._found: dict[e.Expression, Quantity] = {}

    def of(self, expression: e.Expression) -> Quantity:
        """Return the value of an expression; a source that nobody declares leaves everything missing."""
        if expression not in self._found:
            try:
                found = self._compute(expression)
            except NoSource:
                found = self._nothing(NO_SOURCE)
            # a place that does not exist in a month has no number, not even of units
            self._found[expression] = replace(found, missing=found.missing | ~self.valid)
        return self._found[expression]

    def units(self, levels: tuple[str, ...], kind: str | None = None) -> Flags:
        """Return the valid units of these levels and kind."""
        return self.tree.units(levels, kind)[:, None] & self.valid

    def _compute(self, expression: e.Expression) -> Quantity:
        match expression:
            case e.Stock(source, mark, weight):
                stand_in = ".".join(part for part in (source, mark, weight) if part)
                return self._rows(source, self.facts.stock(source, mark, weight), stand_in)
            case e.Flow(source, mark, window, weight):
                return self._rows(source, self.facts.flow(source, mark, weight).in_window(window))
            case e.Distinct(source, mark, window):
                return self._rows(source, self.facts.persons(source, mark).persons_in_window(window))
            case e.Kinds(source, mark, window):
                return self._kinds(source, self.facts.kinds(source, mark, window))
            case e.Figure(name):
                return self._figure(name)
            case e.Units(levels, kind):
                return self._number_of(self.units(levels, kind))
            case e.RegionsWith(item, levels, kind):
                return self._regions_with(item, levels, kind)
            case e.RegionsEligible(item, levels):
                kept = self._item_kept(item)
                return self._at_units(self.units(levels), self._eligible(item), kept, kept, NOT_KEPT)
            case e.Components(item):
                return self._components(item)
            case e.AtLeast(inner, least, level):
                return self._at_least(inner, least, level)
            case e.Within(inner, kind):
                found = self.of(inner)
                units = self.units(_COMMUNITY, kind)
                return self._at_units(units, found.amount, ~found.missing, self._kept(inner), found.why)
            case e.AtBaseline(inner, on):
                return self._at_baseline(inner, on)
            case _:
                full = np.full(self.shape, HUNDREDTHS, dtype=np.int64)
                return Quantity(full, self._no, self._zero + 1, self._zero + 1)

    @property
    def _zero(self) -> Ints:
        return np.zeros(self.shape, dtype=np.int64)

    @property
    def _no(self) -> Flags:
        return np.zeros(self.shape, dtype=np.bool_)

    def _nothing(self, why: str) -> Quantity:
        return Quantity(self._zero, ~self._no, self._zero, self._zero + 1, why)

    def _spread(self, spans: Spans) -> Ints:
        return spread(spans, len(self.tree), self.months)

    def _rows(self, source: str, spans: Spans, stand_in: str = "") -> Quantity:
        kept = register_kept(self.tree, self.facts, source, self.months) & self.valid
        units = self.units(_COMMUNITY)
        figures = None
        if stand_in:
            figures = figures_in_force(self.tree, self.facts.figures(stand_in), self.months, self.valid)
            below, kept_below = (
                self.tree.total(units.astype(np.int64)),
                self.tree.total((units & kept).astype(np.int64)),
            )
            complete = np.where(below > 0, kept_below == below, kept)
            figures = StandIns(figures.amount, figures.holds & ~complete)
        return sum_up(
            self.tree, self._spread(spans), counted=kept, units=units, known=kept, stand_ins=figures, why=NOT_KEPT
        )

    def _figure(self, name: str) -> Quantity:
        figures = figures_in_force(self.tree, self.facts.figures(name), self.months, self.valid)
        return sum_up(
            self.tree, self._zero, counted=self._no, units=self.units(_COMMUNITY), known=self._no, stand_ins=figures,
            why=NO_FIGURE,
        )  # fmt: skip

    def _kinds(self, source: str, values: list[Spans]) -> Quantity:
        kept = register_kept(self.tree, self.facts, source, self.months) & self.valid
        found = sum_up(self.tree, self._zero, counted=kept, units=self.units(_COMMUNITY), known=kept, why=NOT_KEPT)
        kinds = self._zero
        for spans in values:
            kinds += self.tree.total(np.where(kept, self._spread(spans), 0)) > 0
        return Quantity(kinds * HUNDREDTHS, found.missing, found.known, found.units, NOT_KEPT)

    def _at_units(self, units: Flags, amount: Ints, known: Flags, kept: Flags, why: str) -> Quantity:
        """Return the sums of what the units themselves have; where no unit lies below, `kept` says whether 0 is known."""
        sure = units & known
        own = np.where(sure, amount, 0)
        return sum_up(self.tree, own, counted=sure | kept, units=units, known=known, why=why)

    def _kept(self, expression: e.Expression) -> Flags:
        """Return where and when the register that an expression reads innermost is kept."""
        match e.parts(expression)[-1]:
            case e.Stock(source=source) | e.Flow(source=source) | e.Distinct(source=source) | e.Kinds(source=source):
                return register_kept(self.tree, self.facts, source, self.months) & self.valid
            case e.RegionsWith(item=item) | e.RegionsEligible(item=item) | e.Components(item=item):
                return self._item_kept(item)
            case e.Figure():
                return self._no  # a figure has no register
            case _:
                return self.valid

    def _number_of(self, units: Flags) -> Quantity:
        count = self.tree.total(units.astype(np.int64))
        return Quantity(count * HUNDREDTHS, self._no, self._zero + 1, self._zero + 1)

    def _item_kept(self, item: str) -> Flags:
        return item_kept(self.tree, self.facts, item, self.months) & self.valid

    def _alive(self, statements: Statements, chosen: Flags) -> Flags:
        home, first, until = statements.home[chosen], statements.first[chosen], statements.until[chosen]
        return self._spread(Spans(home, first, until, np.ones(len(home), dtype=np.int64))) > 0

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

    def _regions_with(self, item: str, levels: tuple[str, ...], kind: str | None) -> Quantity:
        amount = self._present(item).astype(np.int64) * HUNDREDTHS
        if kind == e.ELIGIBLE:
            amount, kind = np.minimum(amount, self._eligible(item)), None
        kept = self._item_kept(item)
        return self._at_units(self.units(levels, kind), amount, kept, kept, NOT_KEPT)

    def _components(self, item: str) -> Quantity:
        levels = self.facts.item(item).levels
        here = np.array([place.level in levels for place in self.tree.places], dtype=np.bool_)[:, None]
        known = here & self._item_kept(item)
        count = np.zeros(self.shape, dtype=np.int64)
        for part in self._parts(item):
            count += part
        return Quantity(count * HUNDREDTHS, ~known, known.astype(np.int64), self._zero + 1, NOT_KEPT)

    def _at_least(self, inner: e.Expression, least: Fraction, level: str) -> Quantity:
        found = self.of(inner)
        reached = found.amount * least.denominator >= least.numerator * HUNDREDTHS
        amount = reached.astype(np.int64) * HUNDREDTHS
        return self._at_units(self.units((level,)), amount, ~found.missing, self._kept(inner), found.why)

    def _at_baseline(self, inner: e.Expression, on: date) -> Quantity:
        month = judged_at(on)
        found = Counting(self.tree, self.facts, month, month).of(inner)
        here = np.zeros(self.shape[1], dtype=np.int64)  # the one month, for every month asked for
        return Quantity(
            found.amount[:, here], found.missing[:, here], found.known[:, here], found.units[:, here], found.why
        )
