"""How each dated milestone was judged on its day, and when it was met later (docs/attainment.md, part 7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from governance.attainment.evaluator.milestones import Aim, dated, in_order, of_year, target_of, years
from governance.attainment.evaluator.readings import Series, absence, value_of
from governance.attainment.evaluator.rule import Milestone, Rule, Verdict
from governance.attainment.evaluator.status import Status, provisional, reaches
from governance.attainment.periods import MONTHS, december, judged_at, last_day, reached

MET = Status.MET.value
MISSED = "missed"


def verdicts(series: Series, aim: Aim, today: date) -> tuple[Verdict, ...]:
    """Return the verdict of every milestone whose due date has come, in order."""
    past = _past_years if series.rule.yearly else _past_milestones
    return tuple(_verdict(series, aim, held, at) for held, at in past(series.rule, aim.month, today))


def _past_milestones(rule: Rule, month: int, today: date) -> Iterator[tuple[Milestone, int]]:
    day = reached(month, today)
    for milestone in in_order(rule.milestones):
        if milestone.due and milestone.due <= day:
            yield milestone, judged_at(milestone.due)


def _past_years(rule: Rule, month: int, today: date) -> Iterator[tuple[Milestone, int]]:
    day = reached(month, today)
    for year in range(years(rule, rule.milestones)[0], month // MONTHS + 1):
        held = of_year(rule, rule.milestones, year)
        if held and last_day(december(year)) <= day:
            yield held, december(year)


def _verdict(series: Series, aim: Aim, held: Milestone, at: int) -> Verdict:
    rule = series.rule
    target = target_of(rule, held)
    shown = dated(held, at) if rule.yearly else held
    reading = series.reading(at, held)
    value = value_of(rule, reading)
    met = value is not None and reaches(rule, value, target)
    if met:
        return Verdict(shown, MET, value, provisional(rule, reading, value, met))
    if value is not None:
        outcome = MISSED
    elif reading.applicable:
        outcome = absence(rule, reading)[0]
    else:  # the place was not there yet: nobody knows a value
        outcome = Status.NO_DATA.value
    later = None if rule.yearly else _met_later(series, aim, held, at)
    return Verdict(shown, outcome, value, provisional(rule, reading, value, met), later)


def _met_later(series: Series, aim: Aim, held: Milestone, at: int) -> int | None:
    target = target_of(series.rule, held)
    for month in range(at + 1, aim.month + 1):
        value = series.value(month, held)
        if value is not None and reaches(series.rule, value, target):
            return month
    return None
