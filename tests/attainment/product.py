"""The product's answer to a question about a small world."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from governance.attainment.compute.indicator import Asked
from governance.attainment.compute.needed import months_needed
from governance.attainment.compute.readings import Readings
from governance.attainment.evaluator.judge import judge
from governance.attainment.evaluator.rule import Judgement, Milestone
from governance.attainment.periods import as_of, month_of
from governance.attainment.rollup import tree as trees
from governance.attainment.rollup.counting import Counting
from governance.attainment.rollup.facts import Days, Figures, ItemRule, Spans, Statements
from tests.attainment.worlds import Event, Indicator, Interval, Question, Target, World


def _month(day: date | None, empty: Any = None) -> Any:
    return empty if day is None else month_of(day)


def _hundredths(value: Decimal | int) -> int:
    return int(Decimal(value) * 100)


class WorldFacts:
    """A world's rows as the arithmetic wants them."""

    def __init__(self, world: World) -> None:
        self.world = world
        places = [
            trees.Place(
                place.code, place.level, place.parent, _month(place.since), _month(place.until), place.committee
            )
            for place in world.places
        ]
        self.tree = trees.Tree(places, world.sets)

    def _intervals(self, source: str) -> Iterable[Interval]:
        return (row for row in self.world.intervals if row.source == source)

    def _events(self, source: str) -> Iterable[Event]:
        return (row for row in self.world.events if row.source == source)

    def _spans(self, rows: Iterable[Interval], weight: str | None = None) -> Spans:
        return Spans.of(
            (self.tree.index[row.place], _month(row.since, trees.EVER), _month(row.until, trees.NEVER),
             _hundredths(row.weights[weight] if weight else 1))
            for row in rows
        )  # fmt: skip

    def _days(self, rows: Iterable[Event], weight: str | None = None) -> Days:
        return Days.of(
            (self.tree.index[row.place], month_of(row.on), _hundredths(row.weights[weight] if weight else 1))
            for row in rows
        )

    def stock(self, source: str, mark: str, weight: str | None) -> Spans:
        return self._spans((row for row in self._intervals(source) if mark in row.marks), weight)

    def flow(self, source: str, mark: str, weight: str | None) -> Days:
        return self._days((row for row in self._events(source) if mark in row.marks), weight)

    def persons(self, source: str, mark: str) -> Days:
        numbers: dict[str, int] = {}
        return Days.by_person(
            (self.tree.index[row.place], month_of(row.on), numbers.setdefault(row.person, len(numbers)))
            for row in self._events(source)
            if mark in row.marks and row.person is not None
        )

    def kinds(self, source: str, mark: str, window: str) -> list[Spans]:
        values = self.world.sources[source].kinds[mark]
        if window == "now":
            return [self._spans(row for row in self._intervals(source) if row.kinds.get(mark) == one) for one in values]
        return [
            self._days(row for row in self._events(source) if row.kinds.get(mark) == one).in_window(window)
            for one in values
        ]

    def item(self, item: str) -> ItemRule:
        found = self.world.items[item]
        return ItemRule(found.levels, found.rule, len(found.components))

    def statements(self, item: str) -> Statements:
        components = self.world.items[item].components
        return Statements.of(
            (self.tree.index[row.place], components.index(row.component) if row.component else -1,
             row.kind == "subject_to", month_of(row.since), _month(row.until, trees.NEVER))
            for row in self.world.statements
            if row.item == item
        )  # fmt: skip

    def kept_from(self, register: str) -> dict[int, int]:
        return {
            self.tree.index[row.place]: month_of(row.since) for row in self.world.coverage if row.register == register
        }

    def figures(self, name: str) -> Figures:
        return Figures.of(
            (self.tree.index[row.place], row.on.toordinal(), month_of(row.on), _month(row.until, trees.NEVER),
             _hundredths(row.value))
            for row in self.world.figures
            if row.measure == name
        )  # fmt: skip


def milestones(targets: Iterable[Target]) -> tuple[Milestone, ...]:
    return tuple(
        Milestone(one.due, Fraction(one.target), None if one.high is None else Fraction(one.high)) for one in targets
    )


def asked(indicator: Indicator) -> Asked:
    return Asked(
        slug=indicator.id,
        role=indicator.role,
        kind=indicator.kind,
        numerator=indicator.numerator,
        denominator=indicator.denominator,
        factor=Fraction(indicator.factor),
        root=indicator.root,
        valid_from=indicator.valid_from,
        valid_to=indicator.valid_to,
        each_unit=indicator.test == "each_unit",
        unit_levels=tuple((indicator.unit_level or "").split("+")) if indicator.unit_level else (),
        unit_kind=indicator.unit_kind,
        verdict_levels=indicator.verdict_levels,
        direction=indicator.direction,
        yearly=indicator.yearly,
        milestones=milestones(indicator.milestones),
        allocated={code: milestones(targets) for code, targets in indicator.allocated.items()},
        baseline_on=indicator.baseline_on,
        baseline_value=None if indicator.baseline_value is None else Fraction(indicator.baseline_value),
    )


def product_answer(world: World, question: Question) -> dict[str, Any]:
    """Return the product's answer in the shape of the reference's."""
    facts = WorldFacts(world)
    spoken = asked(question.indicator)
    month, _to_date = as_of(question.as_of, question.today)
    found = Counting(facts.tree, facts, *months_needed([spoken], month))
    readings = Readings(found, spoken)
    at = facts.tree.index[question.place]
    rule = spoken.rule(question.place, facts.tree.places[at].level, readings.stance(at))
    return fields_of(judge(rule, readings.history(at), int(found.months[-1]), question.today))


def fields_of(judged: Judgement) -> dict[str, Any]:
    """Return a judgement in the shape of the reference's answers."""
    return {
        "month": judged.month,
        "to_date": judged.to_date,
        "numerator": judged.reading.numerator,
        "denominator": judged.reading.denominator,
        "value": judged.value,
        "status": judged.status,
        "progress": judged.progress,
        "gap": judged.gap,
        "target_count": judged.target_count,
        "path": judged.path,
        "baseline": judged.baseline,
        "provisional": judged.provisional,
        "pace": judged.pace,
        "forecast": judged.forecast,
        "completeness": judged.reading.completeness,
        "units_total": judged.reading.units_total,
        "units_met": judged.reading.units_met,
        "units_no_data": judged.reading.units_no_data,
        "shortfall": judged.reading.shortfall,
        "above_high": judged.above_high,
        "verdicts": [
            (one.milestone.due, one.outcome, one.value, one.provisional, one.met_later) for one in judged.verdicts
        ],
        "reference_line": judged.reference_line,
    }
