"""The number of the whole that a part of it is set beside without being judged, and how far it lies from it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from governance.attainment.compute.questions import Question
from governance.attainment.evaluator.milestones import in_force
from governance.kit.measures.expressions import LEVELS

_ALL = Fraction(100)
_SUMS = frozenset({"count", "growth_vs_baseline"})  # of the whole alone: no part has to reach them


def reference_of(question: Question, level: str, day: date) -> Fraction | None:
    """Return the number of the text that places of a level are set beside; None for a sum, or where there is none."""
    asked = question.asked
    if question.indicator.kind in _SUMS or not asked.milestones:
        return None
    if is_above(question, level):
        return _ALL  # of its units
    return in_force(asked.milestones, day).target


def is_above(question: Question, level: str) -> bool:
    """Return whether places of a level are judged by the share of their units that reach a number."""
    asked = question.asked
    if not asked.each_unit or not asked.milestones:
        return False
    return LEVELS.index(level) < max(LEVELS.index(unit) for unit in asked.unit_levels)


def lacking_of(n: Fraction | None, d: Fraction | None, question: Question, against: Fraction, level: str) -> int | None:
    """Return the whole things (units, above them) that a place would have to add to reach a number."""
    asked = question.asked
    if n is None or d is None or asked.direction == "at_most":
        return None
    short = against * d / (_ALL if is_above(question, level) else asked.factor) - n
    return max(0, -(-short.numerator // short.denominator))
