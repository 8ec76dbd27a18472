"""Reported figures, runs, confirmed months and plans."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from governance.attainment.models import AttainmentRun, ConfirmedMonth, ImprovementPlan, PlanFollowUp, ReportedFigure
from governance.regions.models import Region
from tests.factories.making import number
from tests.factories.users import make_user


def _run(region: Region, name: str) -> AttainmentRun:
    now = timezone.now()
    return AttainmentRun.objects.create(cause="nightly", status="failed", error=name, started_at=now, finished_at=now)


def _month(region: Region) -> dict[str, Any]:
    turn = next(number)
    month = date(1950 + turn // 12 % 70, turn % 12 + 1, 1)  # each may be confirmed only once
    return {"month": month, "confirmed_by": make_user(f"confirming{turn}", region)}


VALUES = {
    ConfirmedMonth: lambda region, name: _month(region),
    ImprovementPlan: lambda region, name: {"due_on": date(2090, 1, 1)},
    PlanFollowUp: lambda region, name: {
        "on": timezone.localdate(),
        "author": make_user(f"author{next(number)}", region),
    },
    ReportedFigure: lambda region, name: {"measure": "resident_population"},
}
MAKERS = {AttainmentRun: _run}
