"""Projects, what evaluations found of them, purchases and contracts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from governance.kit.bulkload import copy, take_keys
from governance.kit.drawing import NOTE, Draw, last_day, text_of
from governance.regions.demo.places import Places
from governance.regions.models import Region
from organizations.models import Organization
from projects.models import Field, Project, ProjectEvaluation, PurchaseContract, PurchaseProject

_PROJECT = (
    "id", "region_id", "community_id", "number", "title", "field", "organization_id", "charity_source", "planned_start",
    "planned_end", "started_on", "completed_on", "evaluated_on", "listed_on", "refreshed_on",
)  # fmt: skip
_EVALUATION = ("project_id", "kind", "evaluator", "evaluated_on", "score", "opinion", "report")
_PURCHASE = (
    "id", "region_id", "title", "initiated_on", "procured_on", "contracted_on", "started_on", "evaluated_on",
)  # fmt: skip
_CONTRACT = (
    "region_id",
    "purchase_id",
    "number",
    "title",
    "supplier_kind",
    "organization_id",
    "supplier",
    "amount",
    "signed_on",
)
_TITLES = (
    "为老服务",
    "儿童成长陪伴",
    "邻里互助",
    "困境家庭帮扶",
    "社区营造",
    "居民自治能力提升",
    "志愿队伍培育",
    "心理健康服务",
)
_FIELDS = [field.value for field in Field]


def load_projects(places: Places, count: int, evaluated: float = 0.82) -> dict[int, list[int]]:
    """COPY projects of communities with evaluations of most that are done; return their keys by community."""
    draw, last = Draw(f"projects {places.root.code}"), last_day()
    homes = draw.homes(places.care * places.size, count)
    starts = np.sort(draw.moments(count, "2018-03-01"))
    length = draw.random.integers(120, 420, count)
    judged, waits = draw.flags(count, evaluated), draw.random.integers(10, 90, count)
    listed = draw.flags(count, 0.8).tolist()
    titles, fields = draw.words(count, _TITLES), draw.words(count, _FIELDS)
    scores = draw.random.integers(7_200, 9_800, count).tolist()
    kept = np.flatnonzero(starts <= last).tolist()
    keys = take_keys(Project, len(kept))
    bodies = _organizations(places)
    of_community: dict[int, list[int]] = {}

    def told() -> Iterator[tuple[int, int, int, int]]:
        for key, number in zip(keys, kept, strict=True):
            done = int(starts[number] + length[number])
            done = done if done <= last else 0
            found = done + int(waits[number]) if done and judged[number] else 0
            yield key, number, done, found if found <= last else 0

    def rows() -> Iterator[tuple[Any, ...]]:
        for key, number, done, found in told():
            home = places.communities[homes[number]]
            of_community.setdefault(home.pk, []).append(key)
            start = int(starts[number])
            own = bodies.get(home.pk, [None])
            listed_on = text_of(start) if listed[number] else None
            refreshed = text_of(min(start + 300, last)) if listed[number] else None
            yield (
                key, home.pk, home.pk, f"{home.code[:6]}-演{number + 1:05}", f"{places.names[homes[number]]}{titles[number]}项目",
                fields[number], own[number % len(own)], "" if number % 3 else f"社区微基金（{NOTE}）", text_of(start),
                text_of(start + int(length[number])), text_of(start), text_of(done), text_of(found), listed_on, refreshed,
            )  # fmt: skip

    copy(Project, _PROJECT, rows())
    evaluations = (
        (key, "third_party", f"第三方评估机构（{NOTE}）", text_of(found), scores[number] / 100, NOTE, "")
        for key, number, _done, found in told()
        if found
    )
    copy(ProjectEvaluation, _EVALUATION, evaluations)
    return of_community


def load_purchases(places: Places, homes: Sequence[Region], count: int, to_organizations: float = 0.62) -> int:
    """COPY purchases of places of a list, on their way through the five steps, with contracts; return how many."""
    draw, last = Draw(f"purchases {places.root.code}"), last_day()
    at = draw.random.integers(0, len(homes), count).tolist()
    first = np.sort(draw.moments(count, "2018-06-01"))
    steps = first[:, None] + np.cumsum(draw.random.integers(10, 80, (count, 4)) + np.array([0, 0, 0, 150]), axis=1)
    stopped = draw.among(count, 0.82, 0.06, 0.06, 0.06).tolist()  # how many of the last steps were never taken
    to_body = draw.flags(count, to_organizations).tolist()
    amounts = draw.random.integers(30, 900, count).tolist()
    kept = [number for number in range(count) if first[number] <= last]
    keys = take_keys(PurchaseProject, len(kept))
    bodies = [key for own in _organizations(places).values() for key in own]
    purchases, contracts = [], []
    for key, number in zip(keys, kept, strict=True):
        days = [int(day) for day in steps[number]]
        taken = [day if day <= last and place < 4 - stopped[number] else 0 for place, day in enumerate(days)]
        home = homes[at[number]]
        title = f"{home.name}购买社会工作服务第{number + 1}期"
        purchases.append((key, home.pk, title, text_of(int(first[number])), *map(text_of, taken)))
        if taken[1]:
            body = bodies[number % len(bodies)] if to_body[number] and bodies else None
            kind, supplier = ("social_organization", "") if body else ("enterprise", f"服务企业（{NOTE}）")
            amount = amounts[number] * 1_000
            contracts.append(
                (home.pk, key, f"合演{number + 1:05}", title, kind, body, supplier, amount, text_of(taken[1]))
            )
    copy(PurchaseProject, _PURCHASE, purchases)
    copy(PurchaseContract, _CONTRACT, contracts)
    return len(purchases)


def _organizations(places: Places) -> dict[int, list[int]]:
    """Return the organisations of each community, in an order that does not depend on their keys."""
    found: dict[int, list[int]] = {}
    of_root = Organization.objects.filter(region__path__startswith=places.root.path).order_by("region__path", "name")
    for key, region in of_root.values_list("pk", "region_id"):
        found.setdefault(region, []).append(key)
    return found
