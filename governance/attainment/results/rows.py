"""One row for an indicator at a place: everything that is known of it, exact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils import timezone

from governance.attainment.compute.indicator import Asked
from governance.attainment.compute.questions import Question, questions
from governance.attainment.evaluator.rule import Judgement, Rule, Verdict
from governance.attainment.periods import last_day, month_of, reached
from governance.attainment.results.answers import Answers
from governance.attainment.wording import reason_in_words
from governance.policies.models import Policy
from governance.regions.models import Region

COLUMNS = (
    "policy", "indicator", "role", "region", "region_name", "as_of", "to_date", "numerator", "denominator", "value",
    "unit", "target", "due", "direction", "baseline", "path", "progress", "status", "reason", "provisional", "gap",
    "shortfall", "unit_target", "target_high", "above_high", "target_count", "units_total", "units_met",
    "units_no_data", "pace", "forecast_on", "completeness", "verdicts", "reference_line", "clause", "responsible",
)  # fmt: skip
_ALL = Fraction(100)


def rows(policy: Policy, region: Region, day: date, today: date | None = None) -> Iterator[dict[str, Any]]:
    """Yield a row for each indicator of a policy at a region as of a day, in the order of the text.

    Numbers are `Fraction`, `int`, `date` or None; `today` is the running day unless told otherwise.
    """
    today = today or timezone.localdate()
    asked = questions(policy)
    answers = Answers([region], [question.asked for question in asked], day, today)
    for question in asked:
        yield row_of(question, region, *answers.of(question.asked, region), today)


def judgements(asked: Sequence[Asked], region: Region, day: date, today: date) -> Iterator[tuple[Rule, Judgement]]:
    """Yield what each indicator asks of a region, and the answer as of a day."""
    answers = Answers([region], asked, day, today)
    for one in asked:
        yield answers.of(one, region)


def row_of(question: Question, region: Region, rule: Rule, judged: Judgement, today: date) -> dict[str, Any]:
    """Return the row of an answer."""
    indicator, reading, milestone = question.indicator, judged.reading, judged.milestone
    above = rule.stance == "above" and milestone is not None
    due = milestone.due if milestone else None
    values = {
        "policy": indicator.policy.slug,
        "indicator": indicator.slug,
        "role": indicator.role,
        "region": region.code,
        "region_name": region.name,
        "as_of": reached(judged.month, today),
        "to_date": judged.to_date,
        "numerator": reading.numerator,
        "denominator": reading.denominator,
        "value": judged.value,
        "unit": "%" if rule.stance == "above" else indicator.unit,
        "target": (_ALL if above else milestone.target) if milestone else None,
        "due": due,
        "direction": indicator.direction or None,
        "baseline": judged.baseline,
        "path": judged.path,
        "progress": judged.progress,
        "status": judged.status,
        "reason": reason_in_words(judged.reason, due),
        "provisional": judged.provisional,
        "gap": judged.gap,
        "shortfall": reading.shortfall,
        "unit_target": milestone.target if above and milestone else None,
        "target_high": milestone.high if milestone else None,
        "above_high": judged.above_high,
        "target_count": judged.target_count,
        "units_total": reading.units_total,
        "units_met": reading.units_met,
        "units_no_data": reading.units_no_data,
        "pace": judged.pace,
        "forecast_on": _month_end(judged.forecast, today),
        "completeness": reading.completeness,
        "verdicts": [_verdict(verdict, rule, today) for verdict in judged.verdicts],
        "reference_line": judged.reference_line,
        "clause": indicator.clause.shown,
        "responsible": indicator.responsible or indicator.policy.responsible,
    }
    return {name: values[name] for name in COLUMNS}


def _verdict(verdict: Verdict, rule: Rule, today: date) -> dict[str, Any]:
    return {
        "due": verdict.milestone.due,
        "target": _ALL if rule.stance == "above" else verdict.milestone.target,
        "outcome": verdict.outcome,
        "value": verdict.value,
        "provisional": verdict.provisional,
        "met_later_on": _month_end(verdict.met_later, today),
    }


def _month_end(month: int | None, today: date) -> date | None:
    """Return the last day of a month; of the running one today, for it has no later day yet."""
    if month is None:
        return None
    return today if month == month_of(today) else last_day(month)
