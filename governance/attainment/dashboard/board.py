"""What the workbench asks of a place: its indicators under the policy nearest above it, computed once for all cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from governance.attainment.dashboard.asked import Asked, nearest_policy
from governance.attainment.dashboard.cards import Card, cards
from governance.attainment.periods import month_of
from governance.attainment.results.requests import in_reach
from governance.kit.sharing import shared
from governance.regions.models import Region


@dataclass(frozen=True)
class Board:
    """A policy at a place as of today, and a card for each of its indicators."""

    asked: Asked
    cards: list[Card]


def board(user: Any, region: Region) -> Board | None:
    """Return the indicators of a place as of today; None where no policy speaks of it that the user may see."""
    return shared(("attainment.board", user.pk, region.pk), lambda: _board(user, region))


def _board(user: Any, region: Region) -> Board | None:
    policy = nearest_policy(user, region)
    if policy is None:
        return None
    place = region if region.path.startswith(policy.region.path) else policy.region
    if not in_reach(place, policy, user):
        return None
    today = timezone.localdate()
    found = Asked(policy, place, month_of(today), today)
    return Board(found, cards(found))
