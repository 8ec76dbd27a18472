"""Cards of this app."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone

from governance.attainment.models import ReportedFigure
from governance.kit.cards import Card, register


def population(user: Any, region: Any) -> dict[str, Any] | None:
    """Return the latest figure of each population measure in force, with its date and source."""
    today = timezone.localdate()
    figures = (
        ReportedFigure.objects.visible_to(user)
        .filter(Q(until=None) | Q(until__gt=today), region=region, on__lte=today)
        .order_by("measure", "-on")
        .distinct("measure")
    )
    order = list(ReportedFigure.Measure)
    return {"figures": sorted(figures, key=lambda figure: order.index(ReportedFigure.Measure(figure.measure)))}


register(
    Card(
        "population", "region_side", 10, "attainment/card_population.html", population, "attainment.view_reportedfigure"
    )
)
