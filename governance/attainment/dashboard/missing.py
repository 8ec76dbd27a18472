"""What is missing at a place, the most urgent first: the first thing that a clerk sees in the morning."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from governance.attainment.dashboard.asked import nearest_policy
from governance.attainment.dashboard.board import board
from governance.attainment.dashboard.cards import Card
from governance.attainment.dashboard.summary import counts
from governance.regions.models import Region

SHOWN = 6
LATE = ("overdue", "behind")


def missing(user: Any, region: Region) -> dict[str, Any] | None:
    """Return the indicators that fall short at a place under the policy nearest above it; None where no policy speaks."""
    found = board(user, region)
    if found is None:
        return None
    asked, made = found.asked, found.cards
    late = sorted((card for card in made if _falls_short(card)), key=lambda card: card.urgency)
    address = reverse("attainment:dashboard")
    return {
        "place": asked.region,
        "policy": asked.policy,
        "day": asked.day,
        "rows": late[:SHOWN],
        "more": max(0, len(late) - SHOWN),
        "total": len([card for card in made if card.is_numbered]),
        "url": f"{address}?{asked.query()}",
    }


def targets(user: Any, region: Region) -> dict[str, Any] | None:
    """Return the same for the page of a place; None for a place above the policies, whose number says nothing of it."""
    policy = nearest_policy(user, region)
    return missing(user, region) if policy is not None and region.path.startswith(policy.region.path) else None


def standing(user: Any, region: Region) -> dict[str, Any] | None:
    """Return how many indicators of a place stand how: the line above everything else."""
    found = board(user, region)
    if found is None:
        return None
    address = reverse("attainment:dashboard")
    return {
        "counts": [
            {"count": count, "url": f"{address}?{found.asked.query(status=count.tag['status'])}"}
            for count in counts(found.cards)
        ]
    }


def _falls_short(card: Card) -> bool:
    """Return whether something is to be done: late, or below the number of the whole where the place has none."""
    return card.status in LATE or bool(card.reference and card.gap)
