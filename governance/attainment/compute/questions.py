"""Indicators of a policy, read from its tables as the arithmetic needs them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from governance.attainment.compute.indicator import Asked, kind_of_units
from governance.attainment.evaluator.rule import Milestone
from governance.kit.measures.parser import parse
from governance.kit.measures.vocabulary import Vocabulary
from governance.policies.models import Indicator, Policy, Target
from governance.policies.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Question:
    """An indicator beside what the arithmetic asks for it."""

    indicator: Indicator
    asked: Asked


def questions(policy: Policy) -> list[Question]:
    """Return the questions of a policy in the order of its text; a fixed number of queries."""
    words = vocabulary()
    indicators = policy.indicators.select_related("policy__region", "clause", "region")
    return [
        Question(indicator, asked_of(indicator, indicator.targets.all(), words))
        for indicator in indicators.prefetch_related("targets__region")
    ]


def asked_of(indicator: Indicator, targets: Iterable[Target], words: Vocabulary) -> Asked:
    """Return what an indicator asks with these targets, stored or only proposed."""
    in_order = sorted(targets, key=lambda target: (target.due is None, target.due or date.max))
    allocated: dict[str, list[Target]] = {}
    for target in in_order:
        if target.origin == Target.Origin.ALLOCATED:
            allocated.setdefault(target.region.code, []).append(target)
    numerator, denominator = (parse(side, words).expression for side in (indicator.numerator, indicator.denominator))
    policy = indicator.policy
    return Asked(
        slug=indicator.slug,
        role=indicator.role,
        kind=indicator.kind,
        numerator=numerator,
        denominator=denominator,
        factor=Fraction(indicator.factor),
        root=(indicator.region or policy.region).code,
        valid_from=policy.valid_from,
        valid_to=policy.valid_to,
        each_unit=indicator.test == Indicator.Test.EACH_UNIT,
        unit_levels=tuple(indicator.unit_levels),
        unit_kind=kind_of_units(numerator, denominator),
        verdict_levels=tuple(indicator.verdict_levels),
        direction=indicator.direction,
        yearly=next((target.yearly for target in in_order if target.yearly), ""),
        milestones=_milestones(target for target in in_order if target.origin == Target.Origin.TEXT),
        allocated={code: _milestones(own) for code, own in allocated.items()},
        baseline_on=indicator.baseline_on,
        baseline_value=_exact(indicator.baseline_value),
    )


def _milestones(targets: Iterable[Target]) -> tuple[Milestone, ...]:
    return tuple(Milestone(target.due, Fraction(target.value), _exact(target.high)) for target in targets)


def _exact(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)
