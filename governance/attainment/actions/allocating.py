"""A target split over the places right below: checked against the whole, written at once, told to the places."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.accounts.holders import Holders
from governance.attainment.apportioning import together
from governance.attainment.rounding import shown
from governance.kit import messages
from governance.kit.errors import DomainError
from governance.policies import actions
from governance.policies.models import Indicator, Target
from governance.regions.models import Region

DIRECTIONS = (Indicator.Direction.AT_LEAST, Indicator.Direction.AT_MOST)
_SUMS = (Indicator.Kind.COUNT, Indicator.Kind.YEARLY_FLOW_PER_UNIT)

Numbers = Mapping[Region, Decimal | None]


def is_sum(indicator: Indicator) -> bool:
    """Return whether the numbers of the places add up to that of the whole; those of a ratio do not."""
    return indicator.kind in _SUMS and indicator.denominator.strip() == "1" and indicator.test == Indicator.Test.POOLED


def refusal(target: Target, numbers: Numbers, denominators: Mapping[Region, Fraction | None]) -> str:
    """Return why the numbers do not reach the whole, in words; nothing where they do.

    The numbers of a ratio are weighed with the denominators of today. Where a place has none yet, every number has to
    be as good as that of the whole: then the whole is reached, whatever the denominators come to be.
    """
    indicator = target.indicator
    given = {region: number for region, number in numbers.items() if number is not None}
    if not given:
        return _("请至少给一个地方填写目标数。")
    at_most = indicator.direction == Indicator.Direction.AT_MOST
    values = {"whole": shown(Fraction(target.value)), "unit": indicator.unit}
    if is_sum(indicator):
        reached = together(list(given.values()), None)
    elif missing := [region.name for region in numbers if region not in given and denominators.get(region) != 0]:
        return _("还有地方没有目标数：%(places)s。") % {"places": "、".join(missing)}
    elif any(not denominators.get(region) for region in given):
        worse = [region.name for region, number in given.items() if _worse(number, target.value, at_most)]
        if not worse:
            return ""
        text = _("有的地方没有分母数据，无法加权核对，每个地方都要达到 %(whole)s%(unit)s：%(places)s。")
        return text % (values | {"places": "、".join(worse)})
    else:
        reached = together(list(given.values()), [denominators[region] or Fraction(0) for region in given])
    if not _worse(reached, target.value, at_most):
        return ""
    text = (
        _("合起来是 %(reached)s%(unit)s，超过了 %(whole)s%(unit)s。")
        if at_most
        else _("合起来只有 %(reached)s%(unit)s，达不到 %(whole)s%(unit)s。")
    )
    return text % (values | {"reached": shown(reached, Fraction(target.value))})


@transaction.atomic
def allocate_target(
    target: Target, *, by: Any, numbers: Numbers, denominators: Mapping[Region, Fraction | None]
) -> list[Target]:
    """Give the places right below a target's place their numbers for the same day; return those that are new or other.

    A place without a number loses the one that it had. Whoever confirms months there is told.
    """
    indicator = target.indicator
    if indicator.direction not in DIRECTIONS:
        raise DomainError(_("区间目标和没有方向的目标不能分解。"), code="direction")
    if any(region.parent_id != target.region_id for region in numbers):
        raise DomainError(_("目标只能分解给直接下级。"), code="not_below")
    if reason := refusal(target, numbers, denominators):
        raise DomainError(reason, code="does_not_add_up")
    held = {
        own.region_id: own
        for own in indicator.targets.select_related("indicator__policy", "region").filter(
            origin=Target.Origin.ALLOCATED, due=target.due, region__in=list(numbers)
        )
    }
    written = []
    for region, number in numbers.items():
        own = held.get(region.pk)
        if number is None:
            if own is not None:
                actions.remove_target(own, by=by)
        elif own is None:
            values = {"indicator": indicator, "region": region, "due": target.due, "yearly": target.yearly}
            written.append(actions.add_target(by=by, value=number, origin=Target.Origin.ALLOCATED, **values))
        elif own.value != number:
            written.append(actions.change_target(own, by=by, value=number))
    _tell(written, by)
    return written


def _tell(written: list[Target], by: Any) -> None:
    people = Holders("attainment.add_confirmedmonth")
    for own in written:
        messages.tell(
            users=[user for user in people.at(own.region.path) if user != by],
            kind=messages.Kind.TARGET,
            key=f"target:{own.pk}:{own.changed_at.isoformat()}",
            title=format_lazy(
                gettext_lazy("{place}的目标已下达：{indicator}"), place=own.region.name, indicator=own.indicator.name
            ),
            text=f"{shown(Fraction(own.value))}{own.indicator.unit} {own.due or ''}".strip(),
            url=own.get_absolute_url(),
        )


def _worse(number: Decimal | Fraction, whole: Decimal, at_most: bool) -> bool:
    return Fraction(number) > Fraction(whole) if at_most else Fraction(number) < Fraction(whole)
