"""When the straight line of the last twelve month ends reaches the target (docs/attainment.md, part 7)."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import lcm

from governance.attainment.evaluator.milestones import Aim
from governance.attainment.evaluator.readings import Series, factor_of
from governance.attainment.periods import MONTHS

HORIZON = 600  # months: further ahead a straight line says nothing
_APART = lcm(*range(1, MONTHS))  # every distance between two of twelve months divides it


def twice_median(numbers: list[int]) -> int:
    """Return twice the median; of an even number the mean of the middle two counts."""
    ordered = sorted(numbers)
    middle = len(ordered) // 2
    return 2 * ordered[middle] if len(ordered) % 2 else ordered[middle - 1] + ordered[middle]


def forecast(series: Series, aim: Aim, target: Fraction) -> int | None:
    """Return the first month end at which the line reaches a target that the value of the month does not meet.

    The slope is the median of all pairwise slopes. Integers throughout: the values are scaled by their common
    denominator, the slopes by `_APART`.
    """
    rule, month = series.rule, aim.month
    latest = aim.due if rule.yearly else None
    if month == latest:
        return None
    since = month - month % MONTHS if rule.yearly else month - MONTHS + 1
    known = [(at, ratio) for at in range(since, month + 1) if (ratio := series.ratio(at, aim.held))]
    if len(known) < 2:
        return None
    common = lcm(*(ratio[1] for _, ratio in known))
    values = [(at, top * (common // bottom)) for at, (top, bottom) in known]
    slope = twice_median(
        [(two - one) * (_APART // (at - since)) for (since, one), (at, two) in combinations(values, 2)]
    )
    target /= factor_of(rule)
    way = (target.numerator * common - values[-1][1] * target.denominator) * 2 * _APART
    step = slope * target.denominator
    if step == 0 or (way < 0) != (step < 0):
        return None
    months = -(-way // step)
    if months > HORIZON or (latest is not None and month + months > latest):
        return None
    return month + months
