"""Sessions in communities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from governance.kit.bulkload import copy
from governance.kit.drawing import Array, Curve, Draw, last_day, text_of
from governance.regions.demo.places import Places
from projects.models import CivilAffairsField, Field, ProjectSession

_COLUMNS = (
    "project_id", "community_id", "title", "held_on", "field", "civil_affairs_field", "person_times", "with_social_worker",
    "social_worker_id",
)  # fmt: skip
_FIELDS = [field.value for field in Field]
_CIVIL = [field.value for field in CivilAffairsField]
_TITLES = {
    "social_assistance": ("困难家庭探访", "低保对象政策宣讲", "临时救助协助申请"),
    "elderly_care": ("长者健康讲座", "独居老人上门探访", "银龄智能手机课堂"),
    "child_care": ("四点半课堂", "儿童安全小课堂", "留守儿童陪伴小组"),
    "community_governance": ("居民骨干培训", "楼栋议事角", "社区环境共治日"),
    "social_affairs": ("婚姻家庭辅导", "移风易俗宣传", "残疾人康复互助小组"),
}


@dataclass(frozen=True)
class Sessions:
    """How many sessions there are until the end of what is drawn, where, and how many people they reach."""

    count: int
    at: Array
    curve: Curve
    person_times: tuple[int, int] = (6, 60)
    with_social_worker: float = 0.6
    civil_affairs: bool = False


def load_sessions(places: Places, wanted: Sessions, projects: Mapping[int, list[int]] | None = None) -> int:
    """COPY sessions; half of those in a community with projects belong to one of these."""
    return copy(ProjectSession, _COLUMNS, _rows(places, wanted, projects or {}))


def _rows(places: Places, wanted: Sessions, projects: Mapping[int, list[int]]) -> Iterator[tuple[Any, ...]]:
    subject = "civil affairs sessions" if wanted.civil_affairs else "sessions"
    draw, last, count = Draw(f"{subject} {places.root.code}"), last_day(), wanted.count
    homes = wanted.at[draw.homes(places.size[wanted.at] * (0.3 + places.care[wanted.at]), count)].tolist()
    days = draw.random.permutation(draw.days(count, wanted.curve)).tolist()
    fields = draw.words(count, _FIELDS, 0.18, 0.3, 0.22, 0.2, 0.1)
    civil = draw.words(count, _CIVIL)
    people = draw.random.integers(wanted.person_times[0], wanted.person_times[1] + 1, count).tolist()
    titles = draw.random.integers(0, 3, count).tolist()
    accompanied = draw.flags(count, wanted.with_social_worker).tolist()
    of_project = draw.random.integers(0, 1_000, count).tolist()
    ids = places.ids.tolist()
    for number, day in enumerate(days):
        if day > last:
            continue
        field, title = fields[number], _TITLES[fields[number]][titles[number]]
        other = civil[number] if wanted.civil_affairs else ""
        home = ids[homes[number]]
        own = projects.get(home, ())
        project = own[of_project[number] % len(own)] if own and of_project[number] % 2 else None
        yield project, home, title, text_of(day), field, other, people[number], accompanied[number], None
