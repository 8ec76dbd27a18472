"""How many indicators stand how: the strip on top of a dashboard, whose counts are filters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.attainment.dashboard.cards import Card
from governance.attainment.dashboard.looks import LOOKS, tag

ALWAYS = ("overdue", "behind", "met")  # shown even where there is none


@dataclass(frozen=True, slots=True)
class Count:
    """A status, how many indicators have it, and a line that says more."""

    tag: dict[str, Any]
    number: int
    line: str


def counts(cards: Iterable[Card]) -> list[Count]:
    """Return the counts, the most urgent status first."""
    kept = [card for card in cards if card.status]
    numbers = Counter(card.status for card in kept)
    return [
        Count(tag(status), numbers[status], _line(status, [card for card in kept if card.status == status]))
        for status in LOOKS
        if numbers[status] or status in ALWAYS
    ]


def _line(status: str, cards: list[Card]) -> str:
    match status:
        case "overdue" | "behind" if cards:
            dues = Counter(card.row["due"] for card in cards if card.row["due"])
            due, number = max(dues.items(), key=lambda each: (each[1], each[0]), default=(None, 0))
            if due is None:
                return ""
            values = {"number": number, "due": due.isoformat()}
            return ngettext("%(number)s 项期限 %(due)s", "%(number)s 项期限 %(due)s", number) % values
        case "met":
            first = [card for card in cards if card.row["provisional"]]
            return _("其中 %(number)s 项为暂定") % {"number": len(first)} if first else ""
        case "pending":
            return _("文件未定期限或缺少起点")
        case "no_target" if any(card.is_numbered for card in cards):
            return _("没有给本地区定数，或只有定性要求")
        case "no_target":
            return _("文件只有定性要求")
        case "no_data" | "no_denominator" if cards:
            return str(cards[0].row["reason"])
        case _:
            return ""
