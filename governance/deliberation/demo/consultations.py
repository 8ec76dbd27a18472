"""Consultations of communities, with those who took part."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from governance.deliberation.models import Consultation, ConsultationParticipant
from governance.kit.bulkload import copy, take_keys
from governance.kit.drawing import NOTE, Array, Draw, last_day, written
from governance.people.demo.persons import drawn_names
from governance.regions.demo.places import Places

_COLUMNS = ("id", "community_id", "title", "kind", "vital", "planned_on", "held_on", "result", "four_parties")
_TOPICS = (
    "老旧小区加装电梯", "小区停车位规划", "楼道杂物清理", "社区食堂选址", "充电桩安装", "背街小巷整治", "物业服务质量提升",
    "文化广场使用公约", "饮用水管网改造", "村道硬化", "垃圾分类投放点设置", "老年人助餐补贴", "院落绿化改造", "公共晾晒区设置",
)  # fmt: skip
_FOUR = ("social_worker", "organization", "volunteer", "charity")
_KINDS = [kind.value for kind in Consultation.Kind]


def load_consultations(places: Places, at: Array, count: int, four: float, first: str = "2021-03-01") -> int:
    """COPY consultations held in communities of `at`; in a share of them all four parties took part."""
    draw = Draw(f"consultations {places.root.code}")
    homes = at[draw.homes(0.2 + places.care[at], count)]
    held = draw.random.permutation(draw.days(count, ((first, 0.0), ("2024-01-01", 0.4), ("2026-12-31", 1.0))))
    all_four = draw.random.random(count) < four * (0.6 + 0.55 * places.care[homes])
    topics, kinds = draw.words(count, _TOPICS), draw.words(count, _KINDS, 0.5, 0.1, 0.15, 0.05, 0.15, 0.05)
    vital = draw.flags(count, 0.2)
    missing = draw.random.integers(0, 4, count)
    names, _women = drawn_names(draw, count * 5)
    kept = np.flatnonzero(held <= last_day())
    keys = take_keys(Consultation, len(kept))
    told = list(zip(keys, kept.tolist(), written(held[kept]), strict=True))
    ids, flags, matters = places.ids[homes].tolist(), all_four.tolist(), vital.tolist()
    copy(
        Consultation,
        _COLUMNS,
        (
            (key, ids[n], topics[n], kinds[n], matters[n], None, day, f"达成共识（{NOTE}）", flags[n])
            for key, n, day in told
        ),
    )

    def participants() -> Iterator[tuple[Any, ...]]:
        for key, number, _day in told:
            roles = [
                "resident",
                *(role for place, role in enumerate(_FOUR) if flags[number] or place != missing[number]),
            ]
            for place, role in enumerate(roles):
                yield key, role, names[number * 5 + place], NOTE

    copy(ConsultationParticipant, ("consultation_id", "role", "name", "unit"), participants())
    return len(kept)
