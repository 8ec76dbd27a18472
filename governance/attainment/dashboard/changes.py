"""What has become of the indicators of a place since the end of last month, and which of them fall due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.attainment.dashboard.board import board
from governance.attainment.dashboard.cards import Card
from governance.attainment.dashboard.looks import URGENCY, tag
from governance.attainment.periods import last_day
from governance.attainment.rounding import shown
from governance.kit.dues import Line
from governance.regions.models import Region

SHOWN = 6
OPEN = frozenset({"overdue", "behind", "pending", "on_track", "no_data", "no_denominator"})


def changed(user: Any, region: Region) -> dict[str, Any] | None:
    """Return the indicators that stand otherwise than a month ago: another status first, then another value.

    Both are judged by the records as they are kept now, so what was entered late belongs to its own month.
    """
    found = board(user, region)
    if found is None:
        return None
    moved = sorted((card for card in found.cards if _moved(card)), key=_weight)
    return {
        "rows": [_row(card) for card in moved[:SHOWN]],
        "more": max(0, len(moved) - SHOWN),
        "before": last_day(found.asked.month - 1),
        "place": found.asked.region,
        "url": f"{reverse('attainment:dashboard')}?{found.asked.query()}",
    }


def targets_due(user: Any, region: Region, first: date, last: date) -> Iterable[Line]:
    """Return the targets of a place that are to be reached in a span of days and are not reached yet."""
    found = board(user, region)
    if found is None:
        return []
    return [
        Line(
            card.row["due"], _("指标期限"), str(card.question.indicator), found.asked.region.name, card.url, card.tag
        )
        for card in found.cards
        if card.status in OPEN and card.row["due"] is not None and first <= card.row["due"] <= last
    ]  # fmt: skip


def _moved(card: Card) -> bool:
    before = card.before
    return before is not None and (before.status != card.status or before.value != card.row["value"])


def _weight(card: Card) -> tuple[bool, int, int]:
    """Put another status before another value, and the worst status first."""
    same = card.before is not None and card.before.status == card.status
    return same, URGENCY.get(card.status or "", len(URGENCY)), card.question.indicator.position


def _row(card: Card) -> dict[str, Any]:
    before = card.before
    was = before.status if before is not None else None
    return {
        "name": str(card.question.indicator),
        "url": card.url,
        "before": shown(before.value) if before is not None else "—",
        "after": card.value,
        "unit": card.row["unit"],
        "was": tag(was) if was and was != card.status else None,
        "tag": card.tag if was != card.status else None,
    }
