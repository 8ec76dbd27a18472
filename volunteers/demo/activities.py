"""Activities of communities, what volunteers did at them, and the points given for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from governance.kit.bulkload import copy, take_keys
from governance.kit.drawing import NOTE, Array, Curve, Draw, last_day, text_of, written
from governance.regions.demo.places import Places
from organizations.models import Organization
from volunteers.models import Activity, PointsIssue, ServiceRecord

_ACTIVITY = (
    "id", "community_id", "title", "organization_id", "organizer", "place", "starts_on", "ends_on", "capacity", "published_on",
    "cancelled_on",
)  # fmt: skip
_RECORD = (
    "id",
    "volunteer_id",
    "activity_id",
    "community_id",
    "service_date",
    "minutes",
    "content",
    "confirmed_on",
    "voided",
)
_POINTS = ("volunteer_id", "community_id", "points", "booked_on", "reason", "service_record_id")
_TITLES = (
    "清洁家园志愿行动", "探访独居老人", "爱心助学陪伴", "文明交通劝导", "垃圾分类宣传", "便民义诊", "义务理发", "防诈骗宣传",
    "平安夜巡", "节日慰问", "河道巡护", "图书整理", "健身操教学", "邻里美食会", "政策宣讲", "文艺汇演",
)  # fmt: skip


@dataclass(frozen=True)
class Activities:
    """Activities that took place: keys, positions of their communities, days."""

    keys: Array
    at: Array
    days: Array


def load_activities(places: Places, count: int, curve: Curve) -> Activities:
    """COPY activities, a few of them called off, and return the others."""
    draw, last = Draw(f"activities {places.root.code}"), last_day()
    days = draw.days(count, curve)
    at = draw.homes(places.size * (0.4 + places.care), count)
    cancelled = draw.flags(count, 0.02)
    ahead = draw.random.integers(2, 12, count)
    titles = draw.words(count, _TITLES)
    capacity = draw.random.integers(5, 60, count).tolist()
    kept = np.flatnonzero(days <= last)
    keys = take_keys(Activity, len(kept))
    bodies = _organizations(places)

    def rows() -> Iterator[tuple[Any, ...]]:
        told = zip(
            keys,
            kept.tolist(),
            written(days[kept]),
            written(days[kept] - ahead[kept]),
            cancelled[kept].tolist(),
            strict=True,
        )
        for key, number, day, published, off in told:
            home = places.communities[at[number]].pk
            own = bodies.get(home, [])
            body = own[number % len(own)] if own and number % 3 else None
            organizer = "" if body else "社区居委会"
            place = f"{places.names[at[number]]}文化广场"
            yield (
                key,
                home,
                titles[number],
                body,
                organizer,
                place,
                day,
                None,
                capacity[number],
                published,
                published if off else None,
            )

    copy(Activity, _ACTIVITY, rows())
    held = ~cancelled[kept]
    return Activities(np.array(keys, dtype=np.int64)[held], at[kept][held], days[kept][held])


def load_records(places: Places, activities: Activities, chosen: Array, volunteers: Array, points: bool) -> int:
    """COPY records: most are confirmed within ten working days, and points are given for these."""
    draw, last = Draw(f"records {places.root.code}"), last_day()
    count = len(chosen)
    minutes = (draw.random.integers(2, 9, count) * 30).tolist()
    days = activities.days[chosen]
    confirmed = np.where(draw.flags(count, 0.96), draw.after(days, 0, 10), 0)
    confirmed = np.where(confirmed <= last, confirmed, 0)
    keys = take_keys(ServiceRecord, count)
    homes = places.ids[activities.at[chosen]].tolist()
    agreed, persons = confirmed.tolist(), volunteers.tolist()
    told = zip(
        keys, persons, activities.keys[chosen].tolist(), homes, written(days), minutes, (NOTE for _key in keys), written(confirmed),
        (False for _key in keys), strict=True,
    )  # fmt: skip
    copy(ServiceRecord, _RECORD, told)
    if points:
        given = (
            (
                persons[number],
                homes[number],
                minutes[number] // 10 + 3,
                text_of(day),
                f"志愿服务（{NOTE}）",
                keys[number],
            )
            for number, day in enumerate(agreed)
            if day
        )
        copy(PointsIssue, _POINTS, given)
    return count


def _organizations(places: Places) -> dict[int, list[int]]:
    """Return the organisations of each community, in an order that does not depend on their keys."""
    found: dict[int, list[int]] = {}
    of_root = Organization.objects.filter(region__path__startswith=places.root.path).order_by("region__path", "name")
    for key, region in of_root.values_list("pk", "region_id"):
        found.setdefault(region, []).append(key)
    return found
