"""A policy of the synthetic municipality: its expressions in indicators with and without targets, over 60 months."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from governance.attainment.periods import first_day, month_of
from governance.policies.models import Clause, Indicator, Policy, Target
from governance.regions.models import Region
from tests.benchmarks.city.drawing import City
from tests.benchmarks.city.tables import EVERY_LEVEL, Asked

MONTHS = 60
_FACTORS = {"share": 100, "coverage": 100, "per_10k": 10_000}


def make_policy(city: City) -> Policy:
    """Write the policy; the months that it is computed for are the 60 that end with the city's last."""
    last, measures = city.last, city.tables.measures
    root = Region.objects.get(level="province")
    start = first_day(month_of(last) - MONTHS + 2)  # its window begins with the month end before
    policy = Policy(
        slug="synthetic-city", title="合成城市意见", title_en="An opinion of a synthetic city", region=root,
        issued_on=start, valid_from=start, note="合成数据",
    )  # fmt: skip
    policy.full_clean()
    policy.save()
    clause = Clause.objects.create(policy=policy, quote="合成条款", position=1)
    dues = (date(start.year + 1, 12, 31), date(last.year + 1, 12, 31))
    for position, asked in enumerate(city.tables.indicators, 1):
        indicator = _indicator(policy, clause, position, asked, measures)
        for due, value in zip(dues, asked.targets, strict=False):
            target = Target(indicator=indicator, region=root, due=due, value=Decimal(value))
            target.full_clean()
            target.save()
    return policy


def _indicator(policy: Policy, clause: Clause, position: int, asked: Asked, measures: Mapping[str, str]) -> Indicator:
    indicator = Indicator(
        policy=policy,
        clause=clause,
        slug=asked.slug,
        position=position,
        role="target" if asked.targets else "shown",
        name=f"合成指标 {position}",
        name_en=asked.slug.replace("_", " "),
        kind=asked.kind,
        numerator=measures[asked.numerator],
        denominator=measures[asked.denominator] if asked.denominator else "1",
        factor=_FACTORS.get(asked.kind, 1),
        unit=asked.unit,
        direction="at_least" if asked.targets else "",
        test="each_unit" if asked.each_community else "pooled",
        unit_levels=["community"] if asked.each_community else [],
        verdict_levels=list(asked.levels) if asked.targets else [],
        show_levels=[] if asked.targets else list(EVERY_LEVEL),
    )
    indicator.full_clean()
    indicator.save()
    return indicator


def first_month(last: date) -> int:
    """Return the first of the 60 months."""
    return month_of(last) - MONTHS + 1
