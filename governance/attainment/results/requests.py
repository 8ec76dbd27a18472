"""What a request for results names, read from its parameters: refused field by field, and 404 outside one's reach."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from governance.kit.days import EARLIEST, written_day
from governance.kit.texts import echoed
from governance.kit.wording import listed
from governance.policies.models import Indicator, Policy
from governance.policies.models.reach import above
from governance.regions.models import Region

PERMISSION = "attainment.view_measurevalue"
_FEW = 5
_CODE = 12


class Refusals(dict[str, list[str]]):
    """What is wrong with a request, by parameter; all of it is told at once."""

    def add(self, name: str, reason: str) -> None:
        """Note what is wrong with a parameter."""
        self.setdefault(name, []).append(reason)

    def check(self) -> None:
        """Refuse where anything is wrong."""
        if self:
            raise ValidationError(dict(self))


def refuse_unknown(
    asked: QueryDict, allowed: Iterable[str], refused: Refusals, *, several: Collection[str] = ()
) -> None:
    """Refuse parameters that would be passed over: unknown ones, and those given again that may be given only once."""
    names = list(allowed)
    for name in asked:
        if name not in names:
            refused.add(echoed(name), _("没有这个参数。可以用：%(names)s。") % {"names": listed(names)})
        elif name not in several and len(asked.getlist(name)) > 1:
            refused.add(name, _("这个参数只能填一次。"))


def given(asked: Mapping[str, Any], name: str, refused: Refusals) -> str:
    """Return a parameter that has to be there."""
    text = str(asked.get(name, "")).strip()
    if not text:
        refused.add(name, _("这一项必填。"))
    return text


def policy_named(slug: str, user: Any, refused: Refusals) -> Policy | None:
    """Return a policy that the user may see, or refuse with the slugs that come near."""
    policies = Policy.objects.visible_to(user)
    found: Policy | None = policies.select_related("region").filter(slug=slug).first() if slug else None
    if slug and found is None:
        near = _nearest(slug, policies.order_by("slug").values_list("slug", flat=True))
        refused.add("policy", _("没有标识为 %(slug)s 的政策。%(near)s") % {"slug": echoed(slug), "near": near})
    return found


def indicator_named(slug: str, policy: Policy | None, user: Any, refused: Refusals) -> Indicator | None:
    """Return an indicator of a policy, or refuse with the slugs that come near."""
    if not slug or policy is None:
        return None
    indicators = Indicator.objects.visible_to(user).filter(policy=policy)
    found: Indicator | None = indicators.filter(slug=slug).first()
    if found is None:
        near = _nearest(slug, indicators.order_by("slug").values_list("slug", flat=True))
        refused.add(
            "indicator", _("这份政策没有标识为 %(slug)s 的指标。%(near)s") % {"slug": echoed(slug), "near": near}
        )
    return found


def code_written(code: str, refused: Refusals, name: str = "region") -> str:
    """Return the code of a place, or refuse what is none."""
    if code and not (code.isascii() and code.isdigit() and len(code) == _CODE):
        refused.add(name, _("请填 12 位区划代码。"))
    return code


def day_written(text: str, default: date, refused: Refusals) -> date:
    """Return the day asked about, or refuse what is none or lies before all records; nothing asks about today."""
    if not text:
        return default
    try:
        day = written_day(text)
    except ValueError:
        refused.add("as_of", _("“%(text)s”不是日期，要写成 2025-12-31 的样子。") % {"text": echoed(text)})
        return default
    if day < EARLIEST:
        refused.add("as_of", _("%(first)s 以前没有数据。") % {"first": EARLIEST.isoformat()})
    return day


def region_in_reach(code: str, policy: Policy, user: Any) -> Region:
    """Return a place whose results a user may see, or 404: one that is not there and one that is not hers look alike.

    She sees the places inside her sub-trees; of those above only the root of the policy, where the policy is public.
    """
    region: Region | None = Region.objects.filter(code=code).first()
    if region is None or not in_reach(region, policy, user):
        raise Http404
    return region


def in_reach(region: Region, policy: Policy, user: Any) -> bool:
    """Return whether a user may see the results of a policy at a place."""
    scope = user.scope_for(PERMISSION)
    if scope.covers(region.path):
        return True
    return policy.public and policy.region_id == region.pk and region.path in above(scope)


def _nearest(slug: str, known: Iterable[str]) -> str:
    names = list(known)
    near = get_close_matches(slug, names, _FEW, 0.3) or names[:_FEW]
    return _("最接近的：%(near)s") % {"near": listed(near)} if near else ""
