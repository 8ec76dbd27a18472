"""Tianyuan: brands, awards, the 56 tasks, experts, consultations, disputes, calls and plans."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from governance.deliberation.demo.consultations import load_consultations
from governance.deliberation.demo.disputes import load_calls, load_disputes
from governance.deliberation.demo.names import Named, load_names
from governance.deliberation.models import Award, Designation, EmergencyPlan, Expert, WorkTask
from governance.kit.bulkload import copy
from governance.kit.demo import Progress
from governance.kit.drawing import NOTE, Draw, last_day, number_of, text_of, written
from governance.people.demo.persons import People, drawn_names, load_persons
from governance.regions.demo.places import TIANYUAN, Places, places_of

_BRANDS = (("2019-06-01", 0.0), ("2021-09-06", 0.7), ("2025-12-31", 1.0))
_TOP_TEN = ("leader", "brand_project", "service_brand", "neighbour", "family")
_EXCELLENT = ("organization", "social_worker", "volunteer")
# How many “top ten” awards a year, where it was not fifty: the year of the epidemic, and the year under way.
_AWARDED = {2020: 38, 2022: 50, 2023: 47}
_DEPARTMENTS = ("区民政局", "区委组织部", "区住建局", "区卫健局", "区司法局", "区财政局", "区教育局", "区应急局")
_TASKS, _EXPERTS = 56, 33


def load_tianyuan(progress: Progress) -> None:
    """Load what Tianyuan's departments and communities decide, are called to and are known for."""
    places = places_of(TIANYUAN)
    everywhere = np.arange(len(places.communities))
    branded = np.setdiff1d(everywhere, places.lacking("brand", places.part(9)))
    draw = Draw("brands of Tianyuan")
    days = draw.random.permutation(draw.days(len(branded), _BRANDS))
    kind = Designation.Kind.SERVICE_BRAND
    load_names([Named(kind, places.communities, branded, days, "天元区民政局", "社区服务品牌项目")])
    copy(Award, ("region_id", "kind", "category", "recipient", "person_id", "awarded_on"), _awards(places.root.pk))
    progress("天元区的评选与任务", copy(WorkTask, _TASK_COLUMNS, _tasks(places.root.pk)), _TASKS)
    load_experts(places, _EXPERTS, 200_000)
    load_plans(places)
    load_consultations(places, everywhere, places.part(1_500), 0.7, "2019-06-01")
    load_disputes(places, places.part(900))
    progress("天元区的协商与调解", load_calls(places, 260), 0)


def _awards(root: int) -> Iterator[tuple[Any, ...]]:
    draw, last = Draw("awards of Tianyuan"), last_day()
    for year in range(2020, 2027):
        names, _women = drawn_names(draw, 100)
        wanted = _AWARDED.get(year, 50)
        for number in range(wanted):
            category = _TOP_TEN[number % len(_TOP_TEN)]
            person = category in {"leader", "neighbour"}
            recipient = (
                names[number]
                if person
                else f"{names[number][:1]}氏家庭{number + 1}"
                if category == "family"
                else f"项目{number + 1}"
            )
            day = number_of(f"{year}-{'09-15' if number < 30 else '11-20'}")
            if day <= last:
                yield root, "top_ten", category, f"{recipient}（演示）", None, text_of(day)
        for number in range(30):
            day = number_of(f"{year}-09-15")
            if day <= last:
                yield root, "excellent", _EXCELLENT[number % 3], f"{names[60 + number]}（演示）", None, text_of(day)


_TASK_COLUMNS = (
    "region_id", "category", "subcategory", "title", "lead", "assisting", "measure", "assigned_on", "deadline", "done_on",
    "cancelled_on",
)  # fmt: skip


def _tasks(root: int) -> Iterator[tuple[Any, ...]]:
    """Yield 56 tasks of 8 classes and 15 sub-classes; the text names none of them, so they bear numbers."""
    draw, last = Draw("tasks of Tianyuan"), last_day()
    for number in range(_TASKS):
        deadline = number_of("2021-06-30") + number * 35
        done = deadline - int(draw.random.integers(5, 90)) + (120 if number % 14 == 5 else 0)
        sub = number % 15 + 1
        yield (
            root, f"第{'一二三四五六七八'[number % 8]}大类", f"第{sub}小类", f"社区治理任务第{number + 1}项（{NOTE}）",
            _DEPARTMENTS[number % len(_DEPARTMENTS)], "", "按时办结", "2021-01-15", text_of(deadline),
            text_of(done) if done <= last and number % 14 != 9 else None, None,
        )  # fmt: skip


def load_experts(places: Places, count: int, first: int) -> int:
    """COPY a panel of experts of the root."""
    draw = Draw(f"experts {places.root.code}")
    homes = np.full(count, places.root.pk)
    people = People(f"experts {places.root.code}", homes, first > 0, first, (1950, 1985))
    fields = draw.words(count, ("社会工作", "基层治理", "慈善法治", "社会组织管理", "心理服务"))
    days = draw.moments(count, "2018-06-01", "2021-06-30")
    rows = zip(
        load_persons(people).tolist(),
        [places.root.pk] * count,
        fields,
        [f"高校（{NOTE}）"] * count,
        written(days),
        strict=True,
    )
    return copy(Expert, ("person_id", "region_id", "field", "unit", "since"), rows)


def load_plans(places: Places, share: float = 0.85) -> int:
    """COPY plans for emergencies of most communities; most of them have been tested."""
    draw = Draw(f"plans {places.root.code}")
    chosen = draw.some(places.care, round(len(places.communities) * share))
    adopted = draw.moments(len(chosen), "2020-03-01", "2022-12-31")
    tested = np.where(draw.flags(len(chosen), 0.9), draw.after(adopted, 20, 300), 0)
    tested = np.where(tested <= last_day(), tested, 0)
    kept = np.flatnonzero(adopted <= last_day())
    rows = (
        (places.communities[at].pk, f"应急状态统筹调配预案（{NOTE}）", on, test)
        for at, on, test in zip(chosen[kept].tolist(), written(adopted[kept]), written(tested[kept]), strict=True)
    )
    return copy(EmergencyPlan, ("community_id", "title", "adopted_on", "tested_on"), rows)
