"""Which target is asked of a place at a month end (docs/attainment.md, part 5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from governance.attainment.evaluator.readings import ABOVE, HUNDRED
from governance.attainment.evaluator.reasons import Reason
from governance.attainment.evaluator.rule import Milestone, Rule
from governance.attainment.periods import MONTHS, december, last_day, month_of, reached

LISTED = "listed"
REFERENCE = "reference"


class Aim(NamedTuple):
    """What is asked. `month` is the one that answers: the last December, once yearly targets have ended.

    `held`: the text's own milestone, which the units are held against. `target`: the number that the value has to reach,
    None when nothing is asked, and then `reason` says why. `due`: the month of the due date.
    """

    month: int
    held: Milestone | None
    target: Fraction | None
    due: int | None
    reason: str


def in_order(milestones: Sequence[Milestone]) -> Sequence[Milestone]:
    """Return the milestones by due date, undated ones last."""
    if len(milestones) < 2:
        return milestones
    return sorted(milestones, key=lambda milestone: milestone.due or date.max)


def in_force(milestones: Sequence[Milestone], day: date) -> Milestone:
    """Return the first milestone that is not due before the day, else the last; an undated one is never past.

    There has to be one.
    """
    if len(milestones) == 1:
        return milestones[0]
    ordered = in_order(milestones)
    return next((milestone for milestone in ordered if (milestone.due or date.max) >= day), ordered[-1])


def year_of(rule: Rule, milestone: Milestone) -> int:
    """Return the year that a yearly target belongs to."""
    return (milestone.due or rule.valid_from).year


def years(rule: Rule, milestones: Sequence[Milestone]) -> tuple[int, int | None]:
    """Return the first and the last year of yearly targets; None: they never end."""
    own = [year_of(rule, milestone) for milestone in milestones]
    if rule.yearly == LISTED:
        return min(own), max(own)
    return min(own), rule.valid_to.year if rule.valid_to else None


def not_later(rule: Rule, milestones: Sequence[Milestone], year: int) -> Milestone | None:
    """Return the last milestone whose year is not later."""
    earlier = [milestone for milestone in milestones if year_of(rule, milestone) <= year]
    return max(earlier, key=lambda milestone: milestone.due or rule.valid_from, default=None)


def of_year(rule: Rule, milestones: Sequence[Milestone], year: int) -> Milestone | None:
    """Return the milestone that is judged in a year of the yearly targets."""
    found = not_later(rule, milestones, year)
    if rule.yearly == LISTED and found and year_of(rule, found) != year:
        return None
    return found


def target_of(rule: Rule, milestone: Milestone) -> Fraction:
    """Return the number that the value is held against: above the units all of them have to pass."""
    return HUNDRED if rule.stance == ABOVE else milestone.target


def dated(milestone: Milestone, due: int | None) -> Milestone:
    """Return a yearly target with the last day of the year that it is asked for."""
    if due is None or milestone.due == last_day(due):
        return milestone
    return replace(milestone, due=last_day(due))


def asked(rule: Rule, month: int, today: date) -> Aim:
    """Return what is asked of the place at the end of a month."""
    own = rule.milestones or rule.root_milestones
    if not own:
        return Aim(month, None, None, None, Reason.NO_NUMBER_IN_TEXT.value)
    aim = _yearly(rule, own, month) if rule.yearly else _by_day(rule, own, month, today)
    if rule.role == REFERENCE:
        return aim._replace(target=None, reason=Reason.REFERENCE_FACT.value)
    if not rule.judged:
        return aim._replace(target=None, reason=Reason.LEVEL_NOT_JUDGED.value)
    if not rule.milestones or not rule.direction:
        return aim._replace(target=None, reason=Reason.NO_NUMBER_IN_TEXT.value)
    return aim


def _by_day(rule: Rule, own: Sequence[Milestone], month: int, today: date) -> Aim:
    held = in_force(own, reached(month, today))
    return Aim(month, held, target_of(rule, held), month_of(held.due) if held.due else None, "")


def _yearly(rule: Rule, own: Sequence[Milestone], month: int) -> Aim:
    first, last = years(rule, own)
    if last is not None and month > december(last):
        month = december(last)
    year = month // MONTHS
    held = of_year(rule, own, year)
    if held:
        return Aim(month, held, target_of(rule, held), december(year), "")
    # nothing is asked, but the units of a place above them can only be counted against a number
    held = not_later(rule, own, year) or of_year(rule, own, first)
    reason = Reason.BEFORE_FIRST_YEAR if year < first else Reason.YEAR_WITHOUT_TARGET
    return Aim(month, held, None, None, reason.value)
