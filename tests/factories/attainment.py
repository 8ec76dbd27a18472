"""Reported figures and runs."""

from __future__ import annotations

from django.utils import timezone

from governance.attainment.models import AttainmentRun, ReportedFigure
from governance.regions.models import Region


def _run(region: Region, name: str) -> AttainmentRun:
    now = timezone.now()
    return AttainmentRun.objects.create(cause="nightly", status="failed", error=name, started_at=now, finished_at=now)


VALUES = {ReportedFigure: lambda region, name: {"measure": "resident_population"}}
MAKERS = {AttainmentRun: _run}
