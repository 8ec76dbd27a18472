"""Messages to people: any app tells, the desk keeps them, and the bar counts those that nobody has read yet.

    tell(users=holders("attainment.add_reportedfigure", region), kind=Kind.DUE, key="due:chongqing-2022:2025-12-31",
         title=format_lazy(_("{number} 项指标到期"), number=3), url="/attainment/")

The same `key` is told to the same person once. Texts may be lazy: each person is told in the language of her account.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
MOST = 99  # of unread messages that are counted


class Kind(TextChoices):
    """What a message is about."""

    DUE = "due", _("将到期")
    OVERDUE = "overdue", _("已逾期")
    CONFIRMED = "confirmed", _("月度确认")
    PLAN = "plan", _("改进计划")
    TARGET = "target", _("目标下达")
    DONE = "done", _("任务完成")
    FAILED = "failed", _("任务失败")
    QUALITY = "quality", _("数据质量")


class Store(Protocol):
    """What the desk offers."""

    def write(self, users: list[Any], *, kind: str, key: str, title: Text, text: Text, url: str) -> None:
        """Keep a message for each of the users, unless she was told that already."""

    def read(self, user: Any, key: str) -> None:
        """Note that a person has seen what a message told."""

    def unread(self, user: Any, most: int) -> int:
        """Count what a person has not read, at most this many."""


_stores: list[Store] = []


def keep_in(store: Store) -> None:
    """Register the store."""
    _stores[:] = [store]


def tell(*, users: Iterable[Any], kind: str, key: str, title: Text, text: Text = "", url: str = "") -> None:
    """Tell people something once; `url` is the page of the portal where they see more.

    Raises `ValueError` for an address that is not one of the portal, and for a kind that there is not.
    """
    if url and (not url.startswith("/") or url.startswith("//") or "\\" in url):
        raise ValueError(f"a message leads to a page of the portal, not to {url!r}")
    _stores[0].write(list(users), kind=Kind(kind), key=key, title=title, text=text, url=url)


def seen(user: Any, key: str) -> None:
    """Note that a person stands on the page that a message told her of: it is read."""
    _stores[0].read(user, key)


def unread(user: Any) -> str:
    """Return how many messages a person has not read, as the bar shows it; nothing where there are none."""
    number = _stores[0].unread(user, MOST + 1)
    return "" if not number else str(number) if number <= MOST else f"{MOST}+"
