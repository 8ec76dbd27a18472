"""Disputes that communities mediate, and calls of townships to departments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from governance.deliberation.models import Dispute, WhistleCall
from governance.kit import keyring
from governance.kit.bulkload import copy
from governance.kit.drawing import NOTE, Draw, last_day, number_of, text_of
from governance.regions.demo.places import Places

_COLUMNS = (
    "community_id", "number", "kind", "channel", "parties", "summary", "mediator_id", "accepted_on", "closed_on", "closed_level",
    "outcome",
)  # fmt: skip
_CALL_COLUMNS = (
    "region_id", "number", "kind", "matter", "lead", "assisting", "issued_on", "due_on", "answered_on", "withdrawn_on", "rating",
)  # fmt: skip
_KINDS = [kind.value for kind in Dispute.Kind]
_MATTERS = ("占道经营整治", "河道保洁", "违章搭建处置", "道路破损修复", "噪音扰民", "消防通道占用", "燃气安全排查")
_LEADS = ("城市管理局", "住房和城乡建设局", "公安分局", "生态环境分局", "应急管理局", "市场监督管理局")


def load_disputes(places: Places, count: int, online: float = 0.3, first: str = "2019-06-01") -> int:
    """COPY disputes: nearly all closed, most of them where they arose."""
    return copy(Dispute, _COLUMNS, _disputes(places, count, online, first))


def load_calls(places: Places, count: int, first: str = "2020-06-01") -> int:
    """COPY calls of townships, most of which departments answered in time."""
    return copy(WhistleCall, _CALL_COLUMNS, _calls(places, count, first))


def _disputes(places: Places, count: int, online: float, first: str) -> Iterator[tuple[Any, ...]]:
    draw, last = Draw(f"disputes {places.root.code}"), last_day()
    homes = draw.homes(places.size, count)
    days = draw.random.permutation(draw.days(count, ((first, 0.0), ("2026-12-31", 1.0)))).tolist()
    kinds = draw.words(count, _KINDS, 0.3, 0.2, 0.2, 0.1, 0.08, 0.07, 0.05)
    growth = (number_of(first), number_of("2026-12-31"))
    channel = draw.random.random(count).tolist()
    took = draw.random.integers(2, 75, count).tolist()
    levels = draw.words(count, ("community", "township", "county", "outside"), 0.7, 0.19, 0.07, 0.04)
    outcomes = draw.words(
        count, ("agreed", "performed", "failed", "withdrawn", "referred"), 0.42, 0.42, 0.07, 0.05, 0.04
    )
    code = places.root.code[:6]
    sealed = [keyring.seal(f"{NOTE}：{word}", f"deliberation.dispute.{word_of}") for word, word_of in _SEALED]
    for number, home in enumerate(homes.tolist()):
        day, closed = days[number], days[number] + took[number]
        if day > last:
            continue
        share = online * (0.4 + 1.2 * (day - growth[0]) / (growth[1] - growth[0]))
        way = "online" if channel[number] < share else "phone" if channel[number] > 0.9 else "onsite"
        over = closed <= last and number % 40 != 7
        ended = (text_of(closed), levels[number], outcomes[number]) if over else (None, "", "")
        told = f"{code}-演{number + 1:05}"
        yield places.communities[home].pk, told, kinds[number], way, *sealed, None, text_of(day), *ended


_SEALED = (("当事人甲、乙", "parties"), ("为邻里事务发生争执", "summary"))


def _calls(places: Places, count: int, first: str) -> Iterator[tuple[Any, ...]]:
    draw, last = Draw(f"calls {places.root.code}"), last_day()
    homes = draw.random.integers(0, max(1, len(places.townships)), count).tolist()
    days = draw.moments(count, first).tolist()
    kinds = draw.words(count, ("routine", "work", "emergency"), 0.7, 0.2, 0.1)
    matters, leads = draw.words(count, _MATTERS), draw.words(count, _LEADS)
    took, allowed = draw.random.integers(0, 12, count).tolist(), draw.random.integers(3, 12, count).tolist()
    ratings = draw.random.integers(3, 6, count).tolist()
    for number, home in enumerate(homes):
        issued = days[number]
        if issued > last:
            continue
        answered = issued + took[number]
        done = answered <= last and number % 25 != 3
        yield (
            places.townships[home].pk, f"哨{number + 1:05}", kinds[number], f"{matters[number]}（{NOTE}）", leads[number], "",
            text_of(issued), text_of(issued + allowed[number]), text_of(answered) if done else None, None,
            ratings[number] if done else None,
        )  # fmt: skip
