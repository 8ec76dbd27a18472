"""The improvement plan of an indicator at a place: beside its numbers, and on the workbench when it falls due."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from governance.attainment.dashboard.missing import LATE
from governance.attainment.models import ImprovementPlan
from governance.attainment.planstates import PLAN_STATES
from governance.kit.scoping import permission
from governance.policies.models import Indicator
from governance.regions.models import Region

VIEW, ADD = permission(ImprovementPlan, "view"), permission(ImprovementPlan, "add")
SOON = timedelta(days=7)
SHOWN = 6
OPEN = str(ImprovementPlan.State.OPEN.value)


def plan_of(user: Any, indicator: Indicator, region: Region, status: str | None) -> dict[str, Any] | None:
    """Return the open plan of the place, else its latest, with its last follow-up, how many places below have open ones,
    and where a plan may be made: for a target that is missed and has none. None outside the places `user` may see.
    """
    if not user.scope_for(VIEW).covers(region.path):
        return None
    under = ImprovementPlan.objects.filter(indicator=indicator, region__path__startswith=region.path)
    below = under.open().exclude(region=region).count()
    own = ImprovementPlan.objects.filter(indicator=indicator, region=region)
    plan = own.open().first() or own.order_by("-made_on", "-pk").first()
    is_open = plan is not None and plan.state == ImprovementPlan.State.OPEN
    offered = status in LATE and not is_open and user.scope_for(ADD).covers(region.path)
    if plan is None and not offered and not below:
        return None
    given = urlencode({"region": region.code, "indicator": str(indicator.pk)})
    narrowed = urlencode({"region": region.code, "indicator": indicator.slug, "state": OPEN})
    return {
        "plan": plan,
        "open": is_open,
        "state": _state(plan) if plan is not None else None,
        "last": plan.follow_ups.select_related("author").first() if plan is not None else None,
        "add_url": f"{reverse('attainment:improvement_plan_add')}?{given}" if offered else None,
        "below": below,
        "below_url": f"{reverse('attainment:improvement_plan_list')}?{narrowed}",
    }


def _state(plan: ImprovementPlan) -> dict[str, str]:
    look, icon = PLAN_STATES.looks[plan.state]
    return {"look": look, "icon": icon, "word": PLAN_STATES.word(plan)}


def falling_due(user: Any, region: Region) -> dict[str, Any] | None:
    """Return the plans at and below a place that are overdue or fall due within a week, the longest overdue first."""
    last = timezone.localdate() + SOON
    rows = ImprovementPlan.objects.visible_to(user).open().filter(region__path__startswith=region.path)
    found = list(rows.filter(due_on__lte=last).select_related("indicator", "region")[: SHOWN + 1])
    if not found:
        return None
    narrowed = urlencode({"region": region.code, "state": OPEN, "due_on_to": last.isoformat()})
    return {
        "rows": found[:SHOWN],
        "more": len(found) > SHOWN,
        "url": f"{reverse('attainment:improvement_plan_list')}?{narrowed}",
    }
