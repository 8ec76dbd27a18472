"""Policies and what hangs on them: clause, indicator, target and reference point share one policy."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from governance.policies.models import Clause, Indicator, Policy, ReferencePoint, Target
from governance.regions.models import Region
from tests.factories.making import number


def _policy(region: Region, name: str) -> Policy:
    return Policy.objects.create(
        slug=f"policy-{next(number)}", title=name, title_en=name, region=region, issued_on=date(2022, 6, 24),
        valid_from=date(2022, 6, 24),
    )  # fmt: skip


def _clause(region: Region, name: str) -> Clause:
    return Clause.objects.create(policy=_policy(region, f"{name[:2]}文件"), position=1, quote=name)


def _indicator(region: Region, name: str) -> Indicator:
    clause = _clause(region, name)
    return Indicator.objects.create(
        policy=clause.policy, clause=clause, slug=f"indicator_{next(number)}", position=1, role="target", name=name[:100],
        name_en=name, kind="count", numerator="units(community)", unit="个", direction="at_least",
        verdict_levels=["community"],
    )  # fmt: skip


def _target(region: Region, name: str) -> Target:
    return Target.objects.create(
        indicator=_indicator(region, f"{name[:2]}指标"), region=region, due=date(2025, 12, 31), value=Decimal(200)
    )


def _reference(region: Region, name: str) -> ReferencePoint:
    indicator = _indicator(region, f"{name[:2]}指标")
    indicator.role, indicator.direction = "reference", ""
    indicator.save()
    return ReferencePoint.objects.create(indicator=indicator, region=region, text=name)


MAKERS = {Policy: _policy, Clause: _clause, Indicator: _indicator, Target: _target, ReferencePoint: _reference}
