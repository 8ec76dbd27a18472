"""Indicators at a place as cards: value, target, gap in whole things, status, and how it went so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from governance.attainment.compute.questions import Question, questions
from governance.attainment.dashboard.asked import Asked
from governance.attainment.dashboard.looks import LOOKS, URGENCY, tag
from governance.attainment.dashboard.pictures import Bullet, Spark, bullet, spark
from governance.attainment.dashboard.reference import is_above, lacking_of, reference_of
from governance.attainment.periods import last_day
from governance.attainment.results.answers import Answers
from governance.attainment.results.history import Point, history_of
from governance.attainment.results.rows import row_of
from governance.attainment.rounding import shown
from governance.kit.measures.units import places, unit_of
from governance.kit.measures.vocabulary import Vocabulary
from governance.policies.models import Indicator
from governance.policies.vocabulary import vocabulary


@dataclass(frozen=True)
class Card:
    """An indicator at a place; texts are ready to be shown, `row` keeps the exact answer."""

    question: Question
    row: dict[str, Any]
    url: str
    value: str
    target: str
    reference: str
    gap: str
    tag: dict[str, Any] | None
    fill: str
    ratio: Fraction | None  # of the value to the number that it is only set beside
    bullet: Bullet | None
    spark: Spark | None
    before: Point | None  # how it stood at the end of the month before

    @property
    def status(self) -> str | None:
        """The status; a stated fact has none."""
        status: str | None = self.row["status"]
        return status

    @property
    def is_numbered(self) -> bool:
        """Whether the text asks for a number: of the place itself, or of the whole that it is a part of."""
        applies = self.status != "not_applicable"
        return applies and (self.row["target"] is not None or self.question.indicator.role == Indicator.Role.TARGET)

    @property
    def urgency(self) -> tuple[int, Fraction, int]:
        """What comes first: the worst status, then the least progress, then the order of the text."""
        progress = self.row["progress"] if self.ratio is None else self.ratio
        place = URGENCY.get(self.status or "", len(URGENCY))
        return place, Fraction(2) if progress is None else progress, self.question.indicator.position


def cards(asked: Asked) -> list[Card]:
    """Return a card for each indicator of the policy, in the order of its text."""
    words = vocabulary()
    found = questions(asked.policy, words)
    answers = Answers([asked.region], [question.asked for question in found], asked.day, asked.today)
    points: dict[str, list[Point]] = defaultdict(list)
    for point in history_of(answers, found, asked.region):
        points[point.indicator].append(point)
    made = []
    for question in found:
        row = row_of(question, asked.region, *answers.of(question.asked, asked.region), asked.today)
        made.append(_card(asked, question, row, points[question.asked.slug], words))
    return made


def gap_of(row: dict[str, Any], question: Question, words: Vocabulary, level: str) -> str:
    """Return how much is missing, in whole things that somebody can register; nothing where nothing is."""
    gap, short = row["gap"], row["shortfall"]
    if not gap:
        return ""
    thing = thing_of(question, words)
    if not is_above(question, level):
        return _("差 %(gap)s %(unit)s") % {"gap": f"{gap:,}", "unit": thing}
    units = places(question.asked.unit_levels)
    told = _("差 %(gap)s %(unit)s") % {"gap": f"{gap:,}", "unit": units}
    if not short or units == thing:
        return told
    return _("%(gap)s，共 %(short)s %(unit)s") % {"gap": told, "short": f"{short:,}", "unit": thing}


def thing_of(question: Question, words: Vocabulary) -> str:
    """Return what the numerator counts, in the words of the text where that is all that is asked for."""
    indicator = question.indicator
    return indicator.unit if indicator.kind == "count" else unit_of(question.asked.numerator, words)


def _card(asked: Asked, question: Question, row: dict[str, Any], points: Sequence[Point], words: Vocabulary) -> Card:
    value, target, status, level = row["value"], row["target"], row["status"], asked.region.level
    address = reverse("attainment:indicator", args=[question.indicator.slug])
    reference = reference_of(question, level, asked.day) if target is None else None
    against = reference if target is None else target
    lacking = row["gap"]
    if reference is not None:
        lacking = lacking_of(row["numerator"], row["denominator"], question, reference, level)
    drawn = against is not None and (target is not None or value is not None)
    return Card(
        question=question,
        row=row,
        url=f"{address}?{asked.query(policy='')}",
        value=shown(value, against),
        target="" if target is None else shown(target),
        reference="" if reference is None else shown(reference),
        gap=gap_of(row | {"gap": lacking}, question, words, level),
        tag=tag(status) if status else None,
        fill=(LOOKS[status].fill if status else "") or ("f-pending" if target is None else ""),
        ratio=value / reference if reference and value is not None else None,
        bullet=bullet(value or Fraction(0), against, row["path"]) if drawn and against is not None else None,
        spark=spark([point.value for point in points]),
        before=next((point for point in points if point.as_of == last_day(asked.month - 1)), None),
    )
