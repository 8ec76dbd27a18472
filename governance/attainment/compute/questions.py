"""Indicators of a policy, read from its tables as the arithmetic needs them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from governance.attainment.compute.indicator import Asked, kind_of_units
from governance.attainment.evaluator.rule import Milestone
from governance.kit.measures import expressions as e
from governance.kit.measures.parser import parse
from governance.kit.measures.vocabulary import ExpressionError, Vocabulary
from governance.policies.models import Indicator, Policy, Target
from governance.policies.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Question:
    """An indicator beside what the arithmetic asks for it."""

    indicator: Indicator
    asked: Asked


def questions(policy: Policy, words: Vocabulary | None = None) -> list[Question]:
    """Return the questions of a policy in the order of its text; a fixed number of queries."""
    words = words or vocabulary()
    gone = e.Stock(
        "", ""
    )  # as for a source that nobody declares: one formula does not keep the others from their answers
    indicators = policy.indicators.select_related("policy__region", "clause", "region")
    return [
        Question(indicator, asked_of(indicator, indicator.targets.all(), words, gone=gone))
        for indicator in indicators.prefetch_related("targets__region")
    ]


def asked_of(
    indicator: Indicator, targets: Iterable[Target], words: Vocabulary, *, gone: e.Expression | None = None
) -> Asked:
    """Return what an indicator asks with these targets, stored or only proposed.

    What its expressions name may have gone since they were stored: then `gone` stands for them, else `ExpressionError`.
    """
    in_order = sorted(targets, key=lambda target: (target.due is None, target.due or date.max))
    policy = indicator.policy
    root = (indicator.region or policy.region).code
    of_text = [target for target in in_order if target.origin == Target.Origin.TEXT]
    text = [
        target for target in of_text if target.region.code == root
    ] or of_text  # never numbers of two places at once
    allocated: dict[str, list[Target]] = {}
    for target in in_order:
        if target.origin == Target.Origin.ALLOCATED:
            allocated.setdefault(target.region.code, []).append(target)
    numerator, denominator = (_read(side, words, gone) for side in (indicator.numerator, indicator.denominator))
    return Asked(
        slug=indicator.slug,
        role=indicator.role,
        kind=indicator.kind,
        numerator=numerator,
        denominator=denominator,
        factor=Fraction(indicator.factor),
        root=root,
        valid_from=policy.valid_from,
        valid_to=policy.valid_to,
        each_unit=indicator.test == Indicator.Test.EACH_UNIT,
        unit_levels=tuple(indicator.unit_levels),
        unit_kind=kind_of_units(numerator, denominator),
        verdict_levels=tuple(indicator.verdict_levels),
        direction=indicator.direction,
        yearly=next((target.yearly for target in text or in_order if target.yearly), ""),
        milestones=_milestones(text),
        allocated={code: _milestones(own) for code, own in allocated.items()},
        baseline_on=indicator.baseline_on,
        baseline_value=_exact(indicator.baseline_value),
    )


def _read(text: str, words: Vocabulary, gone: e.Expression | None) -> e.Expression:
    try:
        return parse(text, words).expression
    except ExpressionError:
        if gone is None:
            raise
        return gone


def _milestones(targets: Iterable[Target]) -> tuple[Milestone, ...]:
    return tuple(Milestone(target.due, Fraction(target.value), _exact(target.high)) for target in targets)


def _exact(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)
