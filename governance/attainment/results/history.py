"""How an indicator stood at a place at each month end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from governance.attainment.compute.questions import Question
from governance.attainment.compute.readings import Numbers, Readings
from governance.attainment.engine.areas import first_month
from governance.attainment.evaluator.judge import standing
from governance.attainment.evaluator.milestones import asked as asked_of
from governance.attainment.periods import reached
from governance.attainment.results.answers import Answers
from governance.regions.models import Region


@dataclass(frozen=True)
class Point:
    """An indicator at a place as of the end of a month (today in the running one); exact numbers, None where missing."""

    indicator: str
    as_of: date
    numerator: Fraction | None
    denominator: Fraction | None
    value: Fraction | None
    status: str | None
    provisional: bool


def history(questions: Sequence[Question], region: Region, day: date, today: date) -> Iterator[Point]:
    """Yield the points of each indicator from the month end before its policy up to a day."""
    yield from history_of(Answers([region], [question.asked for question in questions], day, today), questions, region)


def history_of(answers: Answers, questions: Sequence[Question], region: Region) -> Iterator[Point]:
    """Yield the same from answers that are there already."""
    for question in questions:
        kept = _kept(answers, question, region)
        yield from _points(answers.counted, question, region, answers.month, answers.today) if kept is None else kept


def _kept(answers: Answers, question: Question, region: Region) -> list[Point] | None:
    """Return the points from the stored numbers; None where something is not kept."""
    if answers.stored is None:
        return None
    try:
        return list(_points(answers.stored, question, region, answers.month, answers.today))
    except LookupError:
        return None


def _points(numbers: Numbers, question: Question, region: Region, month: int, today: date) -> Iterator[Point]:
    readings = Readings(numbers, question.asked)
    at = readings.tree.index[region.code]
    rule, seen = question.asked.rule(region.code, region.level, readings.stance(at)), readings.history(at)
    for end in range(first_month(question.asked), month + 1):
        found = standing(rule, seen, asked_of(rule, end, today), today)
        if found.month == end:  # yearly targets that have ended are answered by their last December, once
            reading = found.reading
            yield Point(
                question.indicator.slug, reached(end, today), reading.numerator, reading.denominator, found.value,
                found.status, found.provisional,
            )  # fmt: skip
