"""Tells people in the morning of records that fall due: those who keep them at the place, or nearest above it.

One message for a kind of record and a day, told once when the day comes near and once when it has passed.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from governance.accounts.holders import Holders
from governance.kit import dues, messages
from governance.kit.homes import region_path
from governance.kit.messages import Kind

AHEAD = timedelta(days=7)  # when a day comes near
PAST = timedelta(days=7)  # how long a day that has passed is still news, if a morning was missed
NAMED = 3
_BATCH = 2000


def tell_dues() -> None:
    """Tell all of it; safe to run again."""
    today = timezone.localdate()
    for due in dues.DUES.values():
        _tell(due, today, Holders(due.asked))


def _tell(due: dues.Due, today: date, holders: Holders) -> None:
    """Sort the open rows of a kind by reader and day, and tell each reader of each day."""
    told: dict[tuple[int, date], list[str]] = defaultdict(list)
    readers: dict[int, Any] = {}
    found = dues.rows(due, today - PAST, today + AHEAD).order_by(due.field, "pk")
    for title, day, path in found.values_list(due.title, due.field, region_path(due.model)).iterator(_BATCH):
        for user in holders.nearest(path):
            readers[user.pk] = user
            told[user.pk, day].append(str(title))
    for (reader, day), titles in told.items():
        late = day < today
        text = _("{what}：{number} 件 {day} 到期，还没有办结") if late else _("{what}：{number} 件将于 {day} 到期")
        messages.tell(
            users=[readers[reader]],
            kind=Kind.OVERDUE if late else Kind.DUE,
            key=f"{'overdue' if late else 'due'}:{due.name}:{day.isoformat()}",
            title=format_lazy(text, what=due.what, number=len(titles), day=day.isoformat()),
            text="、".join(titles[:NAMED]) + ("…" if len(titles) > NAMED else ""),
            url=reverse("desk:dues"),
        )
