"""A small policy of the county in the tests' tree."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from governance.policies.models import Clause, Indicator, Policy, ReferencePoint, Target
from governance.regions.models import Region
from tests.factories import make_region


def make_roots() -> dict[str, Region]:
    """Make the places of which the packs speak, by code."""
    chongqing = make_region("500000000000", "重庆市")
    anhui = make_region("340000000000", "安徽省")
    xiamen = make_region("350200000000", "厦门市", make_region("350000000000", "福建省"))
    kunming = make_region("530100000000", "昆明市", make_region("530000000000", "云南省"))
    zhuzhou = make_region("430200000000", "株洲市", make_region("430000000000", "湖南省"))
    tianyuan = make_region("430211000000", "天元区", zhuzhou)
    xiangwan = make_region("430211003019", "湘湾社区居委会", make_region("430211003000", "栗雨街道", tianyuan))
    return {place.code: place for place in (chongqing, anhui, xiamen, kunming, zhuzhou, tianyuan, xiangwan)}


def make_policy(root: Region, slug: str = "a-policy", **fields: Any) -> Policy:
    """Make a policy of a region."""
    given = {
        "title": "某地意见",
        "title_en": "An opinion",
        "issued_on": date(2022, 6, 24),
        "valid_from": date(2022, 6, 24),
    }
    return Policy.objects.create(slug=slug, region=root, **(given | fields))


def make_clause(policy: Policy, quote: str = "社区基金不少于200个", position: int = 1, **fields: Any) -> Clause:
    """Make a clause."""
    return Clause.objects.create(policy=policy, quote=quote, position=position, **fields)


def make_indicator(clause: Clause, slug: str = "funds_count", **fields: Any) -> Indicator:
    """Make an indicator that counts facilities."""
    given = {
        "position": 1, "role": "target", "name": "设施数", "name_en": "Facilities", "kind": "count",
        "numerator": "units(community)", "unit": "个", "direction": "at_least", "verdict_levels": ["county"],
    }  # fmt: skip
    return Indicator.objects.create(policy=clause.policy, clause=clause, slug=slug, **(given | fields))


def make_target(indicator: Indicator, region: Region, origin: str = "text", **fields: Any) -> Target:
    """Make a target."""
    given = {"due": date(2025, 12, 31), "value": Decimal(200)}
    return Target.objects.create(indicator=indicator, region=region, origin=origin, **(given | fields))


def make_reference(indicator: Indicator, region: Region, text: str = "200个", **fields: Any) -> ReferencePoint:
    """Make a stated fact."""
    return ReferencePoint.objects.create(indicator=indicator, region=region, text=text, **fields)
