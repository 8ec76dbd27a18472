"""Cards of this app."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from governance.attainment.dashboard.changes import changed, targets_due
from governance.attainment.dashboard.confirmed import VIEW as SEES_MONTHS
from governance.attainment.dashboard.confirmed import confirmation_of, last_ended
from governance.attainment.dashboard.missing import missing, standing, targets
from governance.attainment.dashboard.plans import VIEW as SEES_PLANS
from governance.attainment.dashboard.plans import falling_due
from governance.attainment.models import ReportedFigure
from governance.attainment.results.requests import PERMISSION
from governance.kit.cards import Card, register
from governance.kit.dues import register_source
from governance.kit.measures.sources import reportable


def population(user: Any, region: Any) -> dict[str, Any] | None:
    """Return the latest approved figure of each population measure, unless it has ended, and how many are not approved.

    When the latest one has ended an earlier one does not come back (docs/attainment.md, part 3).
    """
    today = timezone.localdate()
    order = [number.code for number in reportable().values() if number.series == "population"]
    figures = ReportedFigure.objects.visible_to(user).filter(region=region, measure__in=order, on__lte=today)
    latest: dict[str, ReportedFigure] = {}
    waiting = 0
    for figure in figures.order_by("on"):
        if figure.state == ReportedFigure.State.APPROVED:
            latest[figure.measure] = figure
        else:
            waiting += 1
    standing = [figure for figure in latest.values() if figure.until is None or figure.until > today]
    return {"figures": sorted(standing, key=lambda figure: order.index(figure.measure)), "waiting": waiting}


def last_month(user: Any, region: Any) -> dict[str, Any] | None:
    """Return how the last month stands while it is for the user to confirm it at her place; None once that is done."""
    found = confirmation_of(user, region, last_ended())
    return None if found is None or found.confirm_url is None or found.own.place != region.pk else {"found": found}


register(
    Card(
        "population", "region_side", 10, "attainment/card_population.html", population, "attainment.view_reportedfigure"
    )
)
register(Card("targets", "region", 2, "attainment/card_missing.html", targets, PERMISSION))
register(Card("standing", "workbench_top", 1, "attainment/card_standing.html", standing, PERMISSION))
register(Card("missing", "workbench", 5, "attainment/card_missing.html", missing, PERMISSION))
register(Card("last_month", "workbench", 3, "attainment/card_last_month.html", last_month, SEES_MONTHS))
register(Card("plans_due", "workbench", 7, "attainment/card_plans_due.html", falling_due, SEES_PLANS))
register(Card("changed", "workbench_side", 4, "attainment/card_changed.html", changed, PERMISSION))
register_source(targets_due)
