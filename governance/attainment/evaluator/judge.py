"""The whole answer for one place at one month end (docs/attainment.md, parts 5 to 7)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import NamedTuple

from governance.attainment.evaluator.distance import gap, pace, progress, target_count
from governance.attainment.evaluator.forecast import forecast
from governance.attainment.evaluator.milestones import REFERENCE, Aim, asked, dated, in_force, of_year, target_of
from governance.attainment.evaluator.path import baseline_value, path_at
from governance.attainment.evaluator.readings import Series, value_of
from governance.attainment.evaluator.rule import History, Judgement, Milestone, Reading, Rule, Verdict
from governance.attainment.evaluator.status import provisional, reaches, status_of, to_date
from governance.attainment.evaluator.verdicts import verdicts
from governance.attainment.periods import MONTHS, reached


def value_and_status(rule: Rule, history: History, month: int, today: date) -> tuple[Fraction | None, str | None]:
    """Return the value and the status alone: one reading, and a second where the path depends on the baseline."""
    return _standing(rule, Series(rule, history), asked(rule, month, today), today)[1:3]


class Standing(NamedTuple):
    """What a table of many places and indicators shows."""

    month: int
    reading: Reading
    value: Fraction | None
    status: str | None
    provisional: bool


def standing(rule: Rule, history: History, aim: Aim, today: date) -> Standing:
    """Return value and status with the reading they come from; `aim` is what the rule asks for (`asked`)."""
    reading, value, status, _reason = _standing(rule, Series(rule, history), aim, today)
    met = value is not None and aim.target is not None and reaches(rule, value, aim.target)
    return Standing(aim.month, reading, value, status, provisional(rule, reading, value, met))


def judge(rule: Rule, history: History, month: int, today: date) -> Judgement:
    """Return value, status, distance, forecast and verdicts as of the end of a month (or to date, in the running one).

    `month` comes from `periods.as_of`. The history is never asked for a later month, and for none twice.
    """
    series, aim = Series(rule, history), asked(rule, month, today)
    reading, value, status, reason = _standing(rule, series, aim, today)
    met = value is not None and aim.target is not None and reaches(rule, value, aim.target)
    ahead = _outlook(series, aim, reading, value, met, today)
    return Judgement(
        month=aim.month,
        to_date=to_date(aim.month, today),
        reading=reading,
        status=status,
        reason=reason,
        value=value,
        milestone=_milestone(rule, aim, reading),
        baseline=ahead.baseline,
        path=ahead.path,
        progress=ahead.progress,
        provisional=provisional(rule, reading, value, met),
        gap=ahead.gap,
        target_count=ahead.target_count,
        above_high=_above_high(rule, aim, value),
        pace=ahead.pace,
        forecast=ahead.forecast,
        verdicts=_verdicts(series, aim, reading, today),
        reference_line=reference_line(rule, aim, value, today),
    )


def reference_line(rule: Rule, aim: Aim, value: Fraction | None, today: date) -> str | None:
    """Return reached or below: the value beside the root's target, where the place's level is not judged."""
    if not rule.compared or rule.judged or rule.role == REFERENCE or value is None:
        return None
    if not rule.root_milestones or not rule.direction:
        return None
    root: Milestone | None
    if rule.yearly:
        root = of_year(rule, rule.root_milestones, aim.month // MONTHS)
    else:
        root = in_force(rule.root_milestones, reached(aim.month, today))
    if root is None:
        return None
    return "reached" if reaches(rule, value, target_of(rule, root)) else "below"


def _standing(rule: Rule, series: Series, aim: Aim, today: date) -> tuple[Reading, Fraction | None, str | None, str]:
    reading = series.reading(aim.month, aim.held)
    value = value_of(rule, reading)
    return reading, value, *status_of(rule, series, aim, value, today)


class _Outlook(NamedTuple):
    baseline: Fraction | None = None
    path: Fraction | None = None
    progress: Fraction | None = None
    gap: int | None = None
    target_count: int | None = None
    pace: Fraction | None = None
    forecast: int | None = None


def _outlook(series: Series, aim: Aim, reading: Reading, value: Fraction | None, met: bool, today: date) -> _Outlook:
    """Return where the path stands, and what lies between the value and the target as far as there is a value."""
    rule, target = series.rule, aim.target
    if target is None or not reading.applicable:
        return _Outlook()
    # an undated target has no path, so only what needs no reading speaks for its start
    started = aim.due is not None or rule.multiple
    start = baseline_value(rule, series, aim.month, today) if started else None
    path = path_at(rule, series, aim, today)
    shown = None if aim.due is None else start  # without a day there is no path that starts there
    if value is None:
        return _Outlook(shown, path)
    lacking = gap(rule, reading, target)
    return _Outlook(
        baseline=shown,
        path=path,
        progress=progress(rule, value, target, start),
        gap=lacking,
        target_count=target_count(rule, reading, target),
        pace=pace(lacking, aim),
        forecast=aim.month if met else forecast(series, aim, target),
    )


def _milestone(rule: Rule, aim: Aim, reading: Reading) -> Milestone | None:
    if aim.held is None or aim.target is None or not reading.applicable:
        return None
    return dated(aim.held, aim.due) if rule.yearly else aim.held


def _above_high(rule: Rule, aim: Aim, value: Fraction | None) -> bool | None:
    """Return whether a range's upper wish is exceeded: information, not a status."""
    if rule.direction != "range" or rule.stance == "above" or value is None or aim.target is None:
        return None
    return value > aim.held.high if aim.held and aim.held.high is not None else None


def _verdicts(series: Series, aim: Aim, reading: Reading, today: date) -> tuple[Verdict, ...]:
    rule = series.rule
    if not (reading.applicable and rule.judged and rule.direction and rule.milestones) or rule.role == REFERENCE:
        return ()
    return verdicts(series, aim, today)
