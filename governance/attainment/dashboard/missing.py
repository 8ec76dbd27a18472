"""What is missing at a place, the most urgent first: the first thing that a clerk sees in the morning."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from governance.attainment.dashboard.asked import Asked, nearest_policy
from governance.attainment.dashboard.cards import Card, cards
from governance.attainment.dashboard.summary import counts
from governance.attainment.periods import month_of
from governance.attainment.results.requests import in_reach
from governance.regions.models import Region

SHOWN = 6
LATE = ("overdue", "behind")


def missing(user: Any, region: Region) -> dict[str, Any] | None:
    """Return the indicators that fall short at a place under the policy nearest above it; None where no policy speaks."""
    policy = nearest_policy(user, region)
    if policy is None:
        return None
    place = region if region.path.startswith(policy.region.path) else policy.region
    if not in_reach(place, policy, user):
        return None
    today = timezone.localdate()
    found = Asked(policy, place, month_of(today), today)
    made = cards(found)
    late = sorted((card for card in made if _falls_short(card)), key=lambda card: card.urgency)
    address = reverse("attainment:dashboard")
    return {
        "place": place,
        "policy": policy,
        "day": found.day,
        "rows": late[:SHOWN],
        "more": max(0, len(late) - SHOWN),
        "total": len([card for card in made if card.is_numbered]),
        "url": f"{address}?{found.query()}",
        "counts": [
            {"count": count, "url": f"{address}?{found.query(status=count.tag['status'])}"} for count in counts(made)
        ],
    }


def _falls_short(card: Card) -> bool:
    """Return whether something is to be done: late, or below the number of the whole where the place has none."""
    return card.status in LATE or bool(card.reference and card.gap)
