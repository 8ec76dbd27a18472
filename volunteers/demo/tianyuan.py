"""Tianyuan: 50,000 volunteers, 20,000 activities, points, partners and party members who report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from governance.kit.bulkload import copy, take_keys
from governance.kit.demo import Progress
from governance.kit.drawing import NOTE, Array, Curve, Draw, text_of, written
from governance.people.demo.persons import People, drawn_names, load_persons
from governance.regions.demo.places import TIANYUAN, Places, places_of
from volunteers.demo.activities import Activities, load_activities, load_records
from volunteers.models import PartyReport, PointsPartner, Volunteer

# At 6 September 2021 there are to be 50,000 volunteers, 20,000 activities, 2,500 party members, 136 merchants, 52 talents.
_VOLUNTEERS, _ACTIVITIES, _RECORDS, _MEMBERS = 57_000, 42_500, 64_000, 2_900
_JOINED = (("2015-01-01", 0.0), ("2019-01-01", 0.5), ("2021-09-06", 0.89), ("2025-12-31", 1.0))
_HELD = (("2017-01-01", 0.0), ("2019-01-01", 0.16), ("2021-09-06", 0.495), ("2024-01-01", 0.73), ("2026-12-31", 1.0))
_REPORTED = (("2018-06-01", 0.0), ("2021-09-06", 0.9), ("2025-12-31", 1.0))
_MERCHANTS, _TALENTS = 136, 52
_SHOPS = (
    "便民超市",
    "理发店",
    "早餐店",
    "药房",
    "书店",
    "洗衣店",
    "水果店",
    "修鞋铺",
    "花店",
    "面馆",
    "文具店",
    "眼镜店",
    "茶社",
    "裁缝铺",
    "打印店",
    "粮油店",
    "鲜奶店",
)
_SKILLS = (
    "剪纸",
    "书法",
    "太极",
    "摄影",
    "缝纫",
    "家电维修",
    "推拿",
    "二胡",
    "烘焙",
    "园艺",
    "棋艺",
    "手工编织",
    "舞蹈",
)


@dataclass(frozen=True)
class Joined:
    """Volunteers that were loaded: keys, persons, positions of their communities, first and last days."""

    keys: Array
    persons: Array
    at: Array
    since: Array
    until: Array


def load_tianyuan(progress: Progress) -> None:
    """Load volunteers and what they do."""
    places = places_of(TIANYUAN)
    joined = load_volunteers(places, places.part(_VOLUNTEERS), _JOINED, first=0, numbered=True)
    progress("天元区的志愿者", len(joined.keys), 0)
    activities = load_activities(places, places.part(_ACTIVITIES), _HELD)
    progress("天元区的志愿服务活动", len(activities.keys), 0)
    load_services(places, joined, activities, places.part(_RECORDS))
    load_members(places, places.part(_MEMBERS))
    progress("天元区的服务记录、积分与双报到", load_partners(places), 0)


def load_volunteers(places: Places, count: int, curve: Curve, *, first: int, numbered: bool) -> Joined:
    """COPY volunteers with their persons; nearly all of them verified."""
    subject = f"volunteers {places.root.code}"
    draw = Draw(subject)
    spans = draw.spans(count, curve, later=count // 70, ended=count // 40)
    at = draw.homes(places.size * (0.4 + places.care), len(spans))
    verified = np.where(draw.flags(len(spans), 0.94), draw.after(spans.since, 0, 120), 0)
    kept = spans.kept()
    spans, at, verified = spans.at(kept), at[kept], verified[kept]
    persons = load_persons(People(subject, places.ids[at], numbered, first, (1948, 2007)))
    keys = take_keys(Volunteer, len(kept))
    late = (verified > spans.since.max(initial=0)) | ((spans.until != 0) & (verified >= spans.until))
    code = places.root.code[:6]
    rows = zip(
        keys, persons.tolist(), places.ids[at].tolist(), (f"{code}{number:07}" for number in kept.tolist()), written(spans.since),
        written(spans.until), written(np.where(late, 0, verified)), strict=True,
    )  # fmt: skip
    copy(Volunteer, ("id", "person_id", "community_id", "number", "since", "until", "verified_on"), rows)
    return Joined(np.array(keys, dtype=np.int64), persons, at, spans.since, spans.until)


def load_services(places: Places, joined: Joined, activities: Activities, count: int, points: bool = True) -> int:
    """COPY services of volunteers at activities of their community, at which they were registered by then."""
    draw = Draw(f"services {places.root.code}")
    chosen = np.sort(draw.random.integers(0, max(1, len(activities.keys)), count))
    chance = draw.random.random(count)
    volunteer = np.full(count, -1, dtype=np.int64)
    for at in range(len(places.communities)):
        own = np.flatnonzero((joined.at == at) & (joined.until == 0))
        own = own[np.argsort(joined.since[own], kind="stable")]
        here = np.flatnonzero(activities.at[chosen] == at)
        there = np.searchsorted(joined.since[own], activities.days[chosen[here]], side="right")
        which = (chance[here] * there).astype(np.int64)
        volunteer[here[there > 0]] = own[which[there > 0]]
    known = np.flatnonzero(volunteer >= 0)
    _pairs, first = np.unique(np.stack([chosen[known], volunteer[known]]), axis=1, return_index=True)
    taken = known[np.sort(first)]
    return load_records(places, activities, chosen[taken], joined.keys[volunteer[taken]], points)


def load_members(places: Places, count: int, first: int = 100_000) -> int:
    """COPY party members in office who report to communities."""
    subject = f"party members {places.root.code}"
    draw = Draw(subject)
    spans = draw.spans(count, _REPORTED, ended=count // 20)
    at = draw.homes(places.size, len(spans))
    kept = spans.kept()
    spans, at = spans.at(kept), at[kept]
    persons = load_persons(People(subject, places.ids[at], first > 0, first, (1962, 1998))).tolist()
    units = draw.words(
        len(kept), ("区直机关第一支部", "教育系统党支部", "卫健系统党支部", "国有企业党支部", "街道机关支部")
    )
    posts = draw.words(len(kept), ("政策宣讲岗", "环境监督岗", "矛盾调解岗", "扶老助幼岗", ""))
    told = zip(persons, places.ids[at].tolist(), units, posts, written(spans.since), written(spans.until), strict=True)
    rows = ((person, home, f"{unit}（{NOTE}）", *rest) for person, home, unit, *rest in told)
    return copy(PartyReport, ("person_id", "community_id", "unit_name", "post", "since", "until"), rows)


def load_partners(places: Places) -> int:
    """COPY merchants and residents with a skill with whom points can be exchanged."""
    draw = Draw("partners of Tianyuan")
    homes = draw.homes(places.size, _MERCHANTS + _TALENTS)
    days = draw.moments(len(homes), "2019-03-01", "2021-08-31").tolist()
    persons = load_persons(People("talents of Tianyuan", places.ids[homes[_MERCHANTS:]], True, 220_000)).tolist()
    names, _women = drawn_names(draw, _TALENTS)

    def rows() -> Iterator[tuple[Any, ...]]:
        for number, home in enumerate(homes.tolist()):
            merchant = number < _MERCHANTS
            if merchant:
                name = f"{places.names[home]}{_SHOPS[number % len(_SHOPS)]}{number + 1}号店"
            else:
                name = (
                    f"{_SKILLS[number % len(_SKILLS)]}达人{names[number - _MERCHANTS][:1]}师傅{number - _MERCHANTS + 1}"
                )
            person = None if merchant else persons[number - _MERCHANTS]
            yield places.communities[home].pk, "merchant" if merchant else "talent", name, person, text_of(days[number])

    return copy(PointsPartner, ("region_id", "kind", "name", "person_id", "since"), rows())
