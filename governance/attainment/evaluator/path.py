"""The straight way from the baseline through the milestones (docs/attainment.md, part 5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from governance.attainment.evaluator.milestones import Aim, in_force, in_order, target_of
from governance.attainment.evaluator.readings import Series
from governance.attainment.evaluator.rule import ONE, Rule
from governance.attainment.periods import MONTHS, judged_at, reached

ZERO = Fraction(0)
Point = tuple[int, Fraction]


def baseline_month(rule: Rule) -> int:
    """Return the month end that speaks for the day on which the path starts."""
    return judged_at(rule.baseline.on if rule.baseline else rule.valid_from)


def baseline_value(rule: Rule, series: Series, month: int, today: date) -> Fraction | None:
    """Return the value at which the path starts: stated, else computed; None: not known as of `month`."""
    if rule.yearly:
        return ZERO
    if rule.multiple:
        return ONE
    if rule.baseline and rule.baseline.value is not None and not series.above:
        return rule.baseline.value
    start = baseline_month(rule)
    if start > month:
        return None
    return series.value(start, in_force(rule.milestones, reached(start, today)))


def milestone_points(rule: Rule) -> list[Point]:
    """Return the milestones that are points of the path: those judged later than the baseline."""
    start = baseline_month(rule)
    found: dict[int, Fraction] = {}
    for milestone in in_order(rule.milestones):
        if milestone.due and (month := judged_at(milestone.due)) > start:
            found[month] = target_of(rule, milestone)
    return list(found.items())


def along(points: Sequence[Point], month: int) -> Fraction | None:
    """Return where the path is at a month end: straight between points, flat after the last, none before the first."""
    before = None
    for after in points:
        if after[0] > month:
            break
        before = after
    else:
        return before[1] if before else None
    if before is None:
        return None
    (since, low), (until, high) = before, after
    span, gone = until - since, month - since
    top = low.numerator * high.denominator * (span - gone) + high.numerator * low.denominator * gone
    return Fraction(top, low.denominator * high.denominator * span)


def path_at(rule: Rule, series: Series, aim: Aim, today: date) -> Fraction | None:
    """Return the path at the month of the aim; the baseline is only asked for where the path depends on it."""
    if aim.due is None or aim.target is None:
        return None
    if rule.yearly:
        return along([(aim.due - MONTHS, ZERO), (aim.due, aim.target)], aim.month)
    points = milestone_points(rule)
    if not points or points[0][0] > aim.month:
        start = baseline_value(rule, series, aim.month, today)
        if start is not None:
            points.insert(0, (baseline_month(rule), start))
    return along(points, aim.month)
