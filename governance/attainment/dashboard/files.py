"""What the pictures and cards of result pages show, as lines of a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from governance.attainment.compute.questions import Question
from governance.attainment.dashboard.asked import Asked
from governance.attainment.dashboard.cards import Card
from governance.attainment.dashboard.children import Column
from governance.attainment.results.answers import Answers
from governance.attainment.results.history import history_of
from governance.attainment.rounding import rounded
from governance.attainment.wording import STATUSES
from governance.regions.models import Region

_PLACES = 4


def indicator_lines(made: Sequence[Card]) -> Iterator[list[Any]]:
    """Yield a line for each indicator of a dashboard."""
    yield [
        _("指标"), _("条款原文"), _("单位"), _("现值"), _("分子"), _("分母"), _("目标"), _("期限"), _("本月应达"), _("状态"), _("差距"),
        _("说明"),
    ]  # fmt: skip
    for card in made:
        row = card.row
        yield [
            str(card.question.indicator), str(card.question.indicator.clause), row["unit"], _number(row["value"]),
            _number(row["numerator"]), _number(row["denominator"]), _number(row["target"]), row["due"],
            _number(row["path"]), _status(row), card.gap, str(row["reason"] or ""),
        ]  # fmt: skip


def place_lines(places: Sequence[Region], made: Sequence[Column]) -> Iterator[list[Any]]:
    """Yield a line for each place and indicator of the table of places."""
    yield [
        _("区划代码"),
        _("地区"),
        _("指标"),
        _("单位"),
        _("现值"),
        _("目标"),
        _("参照"),
        _("还差"),
        _("状态"),
        _("说明"),
    ]
    for number, place in enumerate(places):
        for column in made:
            cell = column.cells[number]
            row = cell.row
            yield [
                place.code, place.name, str(column.question.indicator), row["unit"], _number(row["value"]),
                _number(row["target"]), _number(column.reference), cell.lacking, _status(row), str(row["reason"] or ""),
            ]  # fmt: skip


def month_lines(question: Question, asked: Asked, answers: Answers) -> Iterator[list[Any]]:
    """Yield a line for each month of an indicator at a place."""
    yield [_("月末"), _("单位"), _("现值"), _("分子"), _("分母"), _("状态"), _("暂定")]
    for point in history_of(answers, [question], asked.region):
        yield [
            point.as_of, question.indicator.unit, _number(point.value), _number(point.numerator),
            _number(point.denominator), _status({"status": point.status}), point.provisional,
        ]  # fmt: skip


def _number(value: Fraction | None) -> Any:
    """Return a number as a cell takes it; nothing where it is missing."""
    if value is None:
        return None
    return int(value) if Fraction(value).denominator == 1 else float(rounded(value, _PLACES))


def _status(row: dict[str, Any]) -> str:
    return str(STATUSES[row["status"]]) if row["status"] else ""
