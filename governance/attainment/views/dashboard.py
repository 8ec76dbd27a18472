"""The dashboard of a policy at a place and month."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.attainment.dashboard.asked import Asked, asked, policies
from governance.attainment.dashboard.cards import Card, cards
from governance.attainment.dashboard.confirmed import confirmation
from governance.attainment.dashboard.summary import counts
from governance.attainment.periods import as_text, month_of
from governance.attainment.results.requests import PERMISSION
from governance.attainment.views.place import switch_of
from governance.attainment.views.results import KeptResults
from governance.kit.measures.units import places
from governance.kit.measures.wording import LEVEL_NAMES
from governance.regions.models import Level, Region

ORDERS = ("urgency", "clause")


class DashboardPage(KeptResults):
    """How many targets are met, behind, overdue; which is worst; by how much."""

    template_name = "attainment/dashboard.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the cards of the place."""
        given = self.request.GET
        user: Any = self.request.user
        found = asked(given, user)
        values = super().get_context_data(**kwargs) | {"policies": list(policies(user))}
        if found is None:
            return values
        made = cards(found)
        order = given.get("order", "") if given.get("order", "") in ORDERS else ORDERS[0]
        status = given.get("status", "")
        numbered = _ordered([card for card in made if card.is_numbered], order)
        return values | bar(found, self.request.path) | {
            "asked": found,
            "confirmation": confirmation(found, user),
            "counts": _linked(found, made, status),
            "status": status,
            "numbered": [card for card in numbered if not status or card.status == status],
            "others": [card for card in made if not card.is_numbered and (not status or card.status == status)],
            "orders": _orders(found, order, status),
            "below": below(found),
            "incomplete": _incomplete(made),
            "has_below": found.region.level != Level.COMMUNITY,
            "children_url": f"{reverse('attainment:children')}?{found.query()}",
            "whole": user.scope_for(PERMISSION).covers(found.region.path),
        }  # fmt: skip


def bar(found: Asked, path: str, indicator: str = "") -> dict[str, Any]:
    """Return what the bar on top shows: policy, place and month, and the months beside it."""
    running = month_of(found.today)
    return {
        "region": found.region,
        "policy": found.policy,
        "month": as_text(found.month),
        "switch": switch_of(found, indicator),
        "running": found.month == running,
        "before": f"{path}?{found.query(month=as_text(found.month - 1))}",
        "after": f"{path}?{found.query(month=as_text(found.month + 1))}" if found.month < running else None,
    }


def _ordered(made: list[Card], order: str) -> list[Card]:
    return sorted(made, key=lambda card: card.urgency) if order == ORDERS[0] else made


def _linked(found: Asked, made: list[Card], status: str) -> list[dict[str, Any]]:
    return [
        {
            "count": count,
            "on": count.tag["status"] == status,
            "url": f"?{found.query(status='' if count.tag['status'] == status else count.tag['status'])}",
        }
        for count in counts(made)
    ]


def _orders(found: Asked, order: str, status: str) -> list[dict[str, Any]]:
    words = {"urgency": _("紧迫程度"), "clause": _("条款")}
    return [
        {"word": words[each], "current": each == order, "url": f"?{found.query(order=each, status=status)}"}
        for each in ORDERS
    ]


def below(found: Asked) -> list[str]:
    """Return how many places of the next level and of the lowest one lie below, in words."""
    rows = Region.objects.under(found.region).exclude(pk=found.region.pk).alive_on(found.day)
    numbers = {row["level"]: row["number"] for row in rows.values("level").annotate(number=Count("pk")).order_by()}
    levels = [level for level in LEVEL_NAMES if level in numbers]
    ends = dict.fromkeys([*levels[:1], *levels[-1:]])
    return [f"{numbers[level]:,} {places((level,))}" for level in ends]


def _incomplete(made: list[Card]) -> list[Card]:
    """Return the indicators for which some places have no data, the least complete first."""
    lacking = [card for card in made if card.row["completeness"] and card.row["completeness"] < 1]
    return sorted(lacking, key=lambda card: card.row["completeness"])
