"""The status of a place and why, in the order that docs/attainment.md, part 6, gives."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction

from governance.attainment.evaluator.milestones import REFERENCE, Aim
from governance.attainment.evaluator.path import path_at
from governance.attainment.evaluator.readings import Series, absence
from governance.attainment.evaluator.reasons import Reason
from governance.attainment.evaluator.rule import Reading, Rule
from governance.attainment.periods import last_day, month_of

AT_MOST = "at_most"


class Status(StrEnum):
    """How a place stands; a reference fact has none of them."""

    NOT_APPLICABLE = "not_applicable"
    NO_DATA = "no_data"
    NO_DENOMINATOR = "no_denominator"
    NO_TARGET = "no_target"
    MET = "met"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    PENDING = "pending"
    OVERDUE = "overdue"


_MET = (Status.MET.value, Reason.MET.value)
_UNDATED = (Status.PENDING.value, Reason.UNDATED.value)
_PAST_DUE = (Status.OVERDUE.value, Reason.PAST_DUE.value)
_NO_PATH = (Status.PENDING.value, Reason.NO_PATH.value)
_ON_PATH = (Status.ON_TRACK.value, Reason.ON_PATH.value)
_BELOW_PATH = (Status.BEHIND.value, Reason.BELOW_PATH.value)


def wants_less(rule: Rule) -> bool:
    """Return whether lower is better; a share of units that pass is always wanted high."""
    return rule.direction == AT_MOST and rule.stance != "above"


def reaches(rule: Rule, value: Fraction, target: Fraction) -> bool:
    """Return whether a value reaches a number; of a range the number is the low bound."""
    left, right = value.numerator * target.denominator, target.numerator * value.denominator
    return left <= right if wants_less(rule) else left >= right


def to_date(month: int, today: date) -> bool:
    """Return whether the month is still running."""
    return month == month_of(today) and today != last_day(month)


def past_due(aim: Aim, today: date) -> bool:
    """Return whether the month of the due date has ended."""
    return aim.due is not None and (aim.due < aim.month or (aim.due == aim.month and not to_date(aim.month, today)))


def status_of(rule: Rule, series: Series, aim: Aim, value: Fraction | None, today: date) -> tuple[str | None, str]:
    """Return the status and its reason; a reference fact has no status, but says why it has no value."""
    if value is None:
        status, reason = absence(rule, series.reading(aim.month, aim.held))
    elif rule.role == REFERENCE:
        return None, Reason.REFERENCE_FACT.value
    else:
        status, reason = _held_against(rule, series, aim, value, today)
    return (None if rule.role == REFERENCE else status), reason


def _held_against(rule: Rule, series: Series, aim: Aim, value: Fraction, today: date) -> tuple[str, str]:
    if aim.target is None:
        return Status.NO_TARGET.value, aim.reason
    if reaches(rule, value, aim.target):
        return _MET
    if aim.due is None:
        return _UNDATED
    if past_due(aim, today):
        return _PAST_DUE
    path = path_at(rule, series, aim, today)
    if path is None:
        return _NO_PATH
    return _ON_PATH if reaches(rule, value, path) else _BELOW_PATH


def provisional(rule: Rule, reading: Reading, value: Fraction | None, met: bool) -> bool:
    """Return whether more data could still change the answer: a reached at_least stays reached."""
    if value is None or reading.completeness >= 1:
        return False
    return not met or wants_less(rule)
