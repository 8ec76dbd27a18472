"""Following up an improvement plan."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from governance.attainment.models import ImprovementPlan, PlanFollowUp
from governance.kit import records
from governance.kit.errors import DomainError


def add_plan_follow_up(*, by: Any, plan: ImprovementPlan, on: date, note: str) -> PlanFollowUp:
    """Write down how far a plan is; of one that is closed nothing more is to be told."""
    with transaction.atomic():
        # locked, so that it is not closed between the look and the note
        stored = ImprovementPlan.objects.select_for_update(of=("self",)).filter(pk=plan.pk).first()
        if stored is None or stored.state != ImprovementPlan.State.OPEN:
            raise DomainError(_("整改计划已经结束，不能再记进展。"), field="plan", code="plan_closed")
        return records.add(PlanFollowUp(plan=stored, on=on, note=note, author=by), by=by)
