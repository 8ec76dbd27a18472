"""What a page of results is about: a policy, a place and a month, from its address or from what suits the reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from governance.attainment.periods import as_text, last_day, month_of
from governance.attainment.results import requests
from governance.desk.lastused import forget, last_of, remember
from governance.kit.days import EARLIEST
from governance.kit.texts import echoed
from governance.policies.models import Policy
from governance.regions.models import Region

_LENGTH = 7  # of 2025-12


@dataclass(frozen=True)
class Asked:
    """A policy at a place as of the end of a month; of the running one as of today."""

    policy: Policy
    region: Region
    month: int
    today: date

    @property
    def day(self) -> date:
        """The day that is asked about."""
        return self.today if self.month == month_of(self.today) else last_day(self.month)

    def query(self, **changed: Any) -> str:
        """Return the parameters of a page about the same, or with something else."""
        values = {"policy": self.policy.slug, "region": self.region.code, "month": as_text(self.month)}
        return urlencode({name: value for name, value in (values | changed).items() if value})


def asked(given: QueryDict, user: Any, *, kept: bool = True) -> Asked | None:
    """Return what is asked; None where no policy speaks of the reader's places.

    Where neither a policy nor a place is named it is what the reader looked at last; what is named is `kept` as that. Raises `ValidationError` by
    parameter, and `Http404` for a place outside the reader's reach.
    """
    today = timezone.localdate()
    refused = requests.Refusals()
    policy = requests.policy_named(given.get("policy", "").strip(), user, refused)
    code = requests.code_written(given.get("region", "").strip(), refused)
    month = _month(given.get("month", "").strip(), today, refused)
    refused.check()
    last = _last(user) if policy is None and not code else None
    if last is not None:
        return Asked(*last, month, today)
    if policy is None:
        policy = nearest_policy(user, Region.objects.filter(code=code).first() if code else user.region)
    if policy is None:
        return None
    region = requests.region_in_reach(code or _own_place(policy, user), policy, user)
    if kept and (given.get("policy") or code):
        remember(user, region, policy.slug)
    return Asked(policy, region, month, today)


def _last(user: Any) -> tuple[Policy, Region] | None:
    """Return what a reader looked at last, as long as it is in her reach; what is not is forgotten."""
    kept = last_of(user)
    if kept is None:
        return None
    policy: Policy | None = policies(user).filter(slug=kept.policy).first()
    if policy is None or not requests.in_reach(kept.region, policy, user):
        forget(user)
        return None
    return policy, kept.region


def policies(user: Any) -> QuerySet[Policy]:
    """Return the policies that a reader may choose, the youngest first."""
    found: QuerySet[Policy] = Policy.objects.visible_to(user).select_related("region").order_by("-valid_from", "slug")
    return found


def nearest_policy(user: Any, place: Region | None) -> Policy | None:
    """Return the policy whose root lies nearest above a place, else the youngest below it."""
    line = [*place.ancestor_codes, place.code] if place else []
    found = list(policies(user))
    above = [policy for policy in found if policy.region.code in line]
    below = [policy for policy in found if place and policy.region.path.startswith(place.path)]
    return max(above, key=lambda policy: line.index(policy.region.code), default=None) or next(iter(below), None)


def _own_place(policy: Policy, user: Any) -> str:
    """Return the reader's own place where the policy speaks of it, else the root of the policy."""
    own: Region | None = user.region
    if own is not None and own.path.startswith(policy.region.path) and requests.in_reach(own, policy, user):
        return own.code
    return policy.region.code


def _month(text: str, today: date, refused: requests.Refusals) -> int:
    if not text:
        return month_of(today)
    try:
        if len(text) != _LENGTH:
            raise ValueError(text)
        month = month_of(date.fromisoformat(f"{text}-01"))
    except ValueError:
        refused.add("month", _("“%(text)s”不是月份，要写成 2025-12 的样子。") % {"text": echoed(text)})
        return month_of(today)
    if month > month_of(today):
        refused.add("month", _("这个月还没有到。"))
    if month < month_of(EARLIEST):
        refused.add("month", _("%(first)s 以前没有数据。") % {"first": EARLIEST.isoformat()})
    return month
