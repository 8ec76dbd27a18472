"""How an indicator went so far, beside the path that leads to its targets: a picture's data, and the same as a table."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from governance.attainment.compute.questions import Question
from governance.attainment.dashboard.asked import Asked
from governance.attainment.dashboard.looks import tag
from governance.attainment.periods import as_text, month_of
from governance.attainment.results.answers import Answers
from governance.attainment.results.history import Point, history_of
from governance.attainment.rounding import rounded, shown

_PLACES = 4


@dataclass(frozen=True)
class Course:
    """The picture as data for its script, and rows of a table, the youngest first."""

    picture: dict[str, Any]
    rows: list[dict[str, Any]]
    first: str
    last: str


def course(question: Question, asked: Asked, answers: Answers, row: dict[str, Any]) -> Course:
    """Return the history of an indicator at a place up to a month, with its targets and the month it is expected."""
    points = list(history_of(answers, [question], asked.region))
    targets = [(told["due"], told["target"]) for told in row["verdicts"]]
    if row["due"] and row["target"] is not None and (row["due"], row["target"]) not in targets:
        targets.append((row["due"], row["target"]))
    expected = row["forecast_on"] if row["status"] not in ("met", None) else None
    first = month_of(points[0].as_of) if points else asked.month
    last = max([asked.month, *(month_of(due) for due, _target in targets)])
    if expected is not None and month_of(expected) <= last + 24:
        last = max(last, month_of(expected))
    else:
        expected = None
    months = [as_text(month) for month in range(first, last + 1)]
    values = {month_of(point.as_of): point.value for point in points}
    picture = {
        "months": months,
        "values": [_number(values.get(month)) for month in range(first, asked.month + 1)],
        "unit": row["unit"],
        "targets": [[as_text(month_of(due)), _number(target)] for due, target in targets],
        "baseline": _number(row["baseline"]),
        "start": as_text(first),
        "expected": as_text(month_of(expected)) if expected else None,
        "now": as_text(asked.month),
    }
    return Course(picture, [_row(point, row["target"]) for point in reversed(points)], months[0], months[-1])


def _row(point: Point, target: Fraction | None) -> dict[str, Any]:
    return {
        "month": as_text(month_of(point.as_of)),
        "value": shown(point.value, target),
        "numerator": shown(point.numerator),
        "denominator": shown(point.denominator),
        "tag": tag(point.status) if point.status else None,
        "provisional": point.provisional,
    }


def _number(value: Fraction | None) -> float | None:
    """Return a number as a picture takes it."""
    return None if value is None else float(rounded(value, _PLACES))
