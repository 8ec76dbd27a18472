"""The three lists of communities, surveys of needs, catalogues and cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection

from governance.kit import keyring
from governance.kit.bulkload import copy
from governance.kit.drawing import NOTE, Draw, last_day, text_of
from governance.people.demo.persons import People, load_persons
from governance.regions.demo.places import Places
from projects.models import Catalogue, Field, Need, NeedsSurvey, Resource, ServiceCase

_NEEDS = (
    "助餐送餐",
    "课后托管",
    "上门维修",
    "就医陪护",
    "心理疏导",
    "环境整治",
    "健身场地",
    "法律咨询",
    "停车管理",
    "就业帮扶",
)
_RESOURCES = (
    "多功能活动室",
    "志愿服务队",
    "爱心物资",
    "法律顾问团队",
    "会议室",
    "专业社工督导",
    "图书角",
    "共建单位停车场",
)
_FIELDS = [field.value for field in Field]
_CATALOGUES = (
    ("public_services", "社区公共服务目录"),
    ("purchase_services", "社区购买服务目录"),
    ("qualified_organizations", "具备资质的社会组织目录"),
)
# Every day on which a row was listed or changed keeps its list alive for a year, as triggers would have said.
_UPKEEP = """
    INSERT INTO projects_listupkeep (community_id, part, since, until, changed_at)
    SELECT community_id, part, lower(span), upper(span), now() FROM (
        SELECT community_id, part, unnest(range_agg(daterange(day, (day + interval '1 year')::date))) AS span FROM (
            SELECT community_id, 'needs' AS part, day FROM projects_need
                CROSS JOIN LATERAL (VALUES (listed_on), (refreshed_on), (closed_on)) AS told (day) WHERE listed_on IS NOT NULL
            UNION ALL
            SELECT community_id, 'resources', day FROM projects_resource
                CROSS JOIN LATERAL (VALUES (listed_on), (refreshed_on), (closed_on)) AS told (day) WHERE listed_on IS NOT NULL
            UNION ALL
            SELECT community_id, 'projects', day FROM projects_project
                CROSS JOIN LATERAL (VALUES (listed_on), (refreshed_on)) AS told (day) WHERE listed_on IS NOT NULL
        ) AS days WHERE day IS NOT NULL GROUP BY community_id, part
    ) AS spans
"""


def find_upkeep() -> None:
    """Write while which list was kept up; nobody has a span yet."""
    with connection.cursor() as cursor:
        cursor.execute(_UPKEEP)


def load_lists(places: Places, each: int) -> int:
    """COPY needs and resources of each community, some of them refreshed lately, and yearly surveys."""
    draw, last = Draw(f"lists {places.root.code}"), last_day()
    count = len(places.communities) * each
    homes = draw.homes(places.size, count).tolist()
    days = draw.moments(count, "2020-01-01").tolist()
    words, fields = draw.words(count, _NEEDS), draw.words(count, _FIELDS)
    groups = draw.words(count, ("elderly", "children", "disabled", "hardship", "all"))
    sources = draw.words(count, ("visit", "window", "app", "grid"))
    refreshed, closed = draw.random.integers(0, 330, count).tolist(), draw.random.integers(60, 900, count).tolist()

    def needs() -> Iterator[tuple[Any, ...]]:
        for number, day in enumerate(days):
            if day <= last:
                over = day + closed[number]
                outcome = "已解决" if over <= last else ""
                yield (
                    places.communities[homes[number]].pk, words[number], fields[number], groups[number], sources[number], NOTE,
                    text_of(day), text_of(min(day + refreshed[number], last)), text_of(over) if outcome else None, outcome,
                )  # fmt: skip

    kinds = ("venue", "people", "goods", "professional")

    def resources() -> Iterator[tuple[Any, ...]]:
        for number, day in enumerate(days[: count // 2]):
            if day <= last:
                at = number % len(_RESOURCES)
                yield (
                    places.communities[homes[-number - 1]].pk, _RESOURCES[at], kinds[at % 4], f"共建单位（{NOTE}）", "", text_of(day),
                    text_of(min(day + refreshed[number], last)),
                )  # fmt: skip

    listed = ("listed_on", "refreshed_on")
    done = copy(
        Need,
        ("community_id", "title", "field", "group", "source", "description", *listed, "closed_on", "outcome"),
        needs(),
    )
    done += copy(Resource, ("community_id", "title", "kind", "provider", "unit", *listed), resources())
    return done + load_surveys(places)


def load_surveys(places: Places) -> int:
    """COPY a survey of each year for most communities."""
    draw, last = Draw(f"surveys {places.root.code}"), last_day()
    rows = []
    for year in range(2020, 2027):
        chosen = draw.some(0.2 + places.care, round(len(places.communities) * 0.86))
        days = draw.moments(len(chosen), f"{year}-03-01", f"{year}-11-30").tolist()
        rows += [
            (places.communities[at].pk, f"{year}年居民需求调研（{NOTE}）", "入户走访", 80 + at % 90, text_of(day))
            for at, day in zip(chosen.tolist(), days, strict=True)
            if day <= last
        ]
    return copy(NeedsSurvey, ("community_id", "title", "method", "households", "done_on"), rows)


def load_catalogues(places: Places, since: str) -> int:
    """COPY the three catalogues of the root."""
    rows = ((places.root.pk, kind, f"{places.root.name}{title}", NOTE, "", since) for kind, title in _CATALOGUES)
    return copy(Catalogue, ("region_id", "kind", "title", "document_no", "file", "since"), rows)


def load_cases(places: Places, children: int, others: int, first: int) -> int:
    """COPY cases: so many children are served within any two years, and others besides."""
    draw, last = Draw(f"cases {places.root.code}"), last_day()
    count = children * 4 + others  # from 2019 to 2026
    homes = draw.homes(places.size, count)
    days = draw.moments(count, "2019-01-01")
    young = draw.random.permutation(count) < children * 4
    keys = load_persons(
        People(f"clients {places.root.code}", places.ids[homes], first > 0, first, (2011, 2017))
    ).tolist()
    fields = draw.words(count, ("social_assistance", "elderly_care", "social_affairs"))
    took = draw.random.integers(60, 400, count).tolist()
    summary = keyring.seal(f"个案摘要（{NOTE}）", "projects.servicecase.summary")
    code = places.root.code[:6]

    def rows() -> Iterator[tuple[Any, ...]]:
        for number, day in enumerate(days.tolist()):
            if day <= last:
                over = day + took[number]
                field = "child_care" if young[number] else fields[number]
                yield (
                    places.communities[homes[number]].pk, f"{code}-案演{number + 1:05}", keys[number], field, text_of(day),
                    text_of(over) if over <= last else None, summary,
                )  # fmt: skip

    return copy(
        ServiceCase, ("community_id", "number", "client_id", "field", "opened_on", "closed_on", "summary"), rows()
    )
