"""How far it is to the target: counts, pace and progress (docs/attainment.md, part 7)."""

from __future__ import annotations

from fractions import Fraction

from governance.attainment.evaluator.milestones import Aim
from governance.attainment.evaluator.path import ZERO
from governance.attainment.evaluator.readings import factor_of
from governance.attainment.evaluator.rule import ONE, Reading, Rule
from governance.attainment.evaluator.status import reaches, wants_less


def _needed(rule: Rule, reading: Reading, target: Fraction) -> tuple[int, int]:
    """Return the numerator at which the value is the target exactly, as two integers."""
    d, factor = reading.denominator or ONE, factor_of(rule)
    return (
        target.numerator * d.numerator * factor.denominator,
        target.denominator * d.denominator * factor.numerator,
    )


def target_count(rule: Rule, reading: Reading, target: Fraction) -> int:
    """Return the whole numerator that just reaches the target, the denominator as it is."""
    top, bottom = _needed(rule, reading, target)
    return top // bottom if wants_less(rule) else -(-top // bottom)


def gap(rule: Rule, reading: Reading, target: Fraction) -> int:
    """Return the least whole number by which the numerator must change to reach the target; 0 when it does."""
    top, bottom = _needed(rule, reading, target)
    n = reading.numerator or ZERO
    lacking = top * n.denominator - n.numerator * bottom
    if wants_less(rule):
        lacking = -lacking
    return max(0, -(-lacking // (bottom * n.denominator)))


def pace(gap: int, aim: Aim) -> Fraction | None:
    """Return how much a month is needed until the due date; None: nothing is missing, or no month is left."""
    if not gap or aim.due is None or aim.due <= aim.month:
        return None
    return Fraction(gap, aim.due - aim.month)


def progress(rule: Rule, value: Fraction, target: Fraction, start: Fraction | None) -> Fraction | None:
    """Return the share of the way from the start to the target, not capped; None: the way has no known start."""
    met = reaches(rule, value, target)
    if start is None:
        if wants_less(rule):
            return ONE if met else None
        start = ZERO
    if reaches(rule, start, target):
        return ONE if met else ZERO
    return (value - start) / (target - start)
