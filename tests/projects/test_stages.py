"""Where something stands: the word beside a record and the filter of its list say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.utils import timezone

from projects import stages
from projects.filtersets import NeedFilterSet, ProjectFilterSet, PurchaseProjectFilterSet
from projects.models import Need, Project, PurchaseProject
from projects.models.purchase import STEPS
from projects.stages import Stages
from tests.factories.places import Tree
from tests.projects.made import make_need, make_project, make_purchase


def some_projects(tree: Tree) -> None:
    chance, today = Random(3), timezone.localdate()
    for _turn in range(60):
        start = today - timedelta(days=chance.randrange(5, 400))
        end = chance.choice([today, today - timedelta(days=1), today + timedelta(days=40), start])
        started = chance.choice([None, start])
        completed = chance.choice([None, None, start])
        struck = chance.choice([None, None, None, start + timedelta(days=1)])
        make_project(
            tree.street, planned_start=start, planned_end=max(start, end), started_on=started, completed_on=completed,
            struck_off_on=struck,
        )  # fmt: skip


def some_purchases(tree: Tree) -> None:
    first = date(2024, 1, 1)
    for steps in range(1, 6):
        for cancelled in (None, date(2024, 3, 1)):
            make_purchase(tree.street, first, cancelled_on=cancelled, **dict.fromkeys(STEPS[1:steps], first))


def some_needs(tree: Tree) -> None:
    for listed in (None, date(2024, 1, 1)):
        for closed in (None, date(2024, 2, 1)):
            make_need(tree.community, listed_on=listed, refreshed_on=date(2024, 1, 1), closed_on=closed)


@pytest.mark.parametrize(
    ("make", "steps", "filterset", "rows"),
    [
        (some_projects, stages.PROJECT, ProjectFilterSet, Project.objects),
        (some_purchases, stages.PURCHASE, PurchaseProjectFilterSet, PurchaseProject.objects),
        (some_needs, stages.LISTED, NeedFilterSet, Need.objects),
    ],
)
def test_the_filter_keeps_what_stands_there(make: Any, steps: Stages, filterset: Any, rows: Any, tree: Tree) -> None:
    make(tree)
    said = Counter(steps.of(record).slug for record in rows.all())
    kept = Counter({slug: len(filtered(filterset, rows.all(), slug)) for slug, _word in steps.choices})
    assert kept == said
    assert set(said) == {stage.slug for stage in steps}
    for slug in said:
        assert {steps.of(record).slug for record in filtered(filterset, rows.all(), slug)} == {slug}


def filtered(filterset: Any, rows: Any, slug: str) -> Iterable[Any]:
    return list(filterset({"stage": slug}, rows).qs)


def test_a_project_is_late_from_the_day_after_its_end(tree: Tree) -> None:
    today = timezone.localdate()
    project = make_project(tree.street, planned_start=date(2024, 1, 1), planned_end=today, started_on=date(2024, 1, 1))
    assert stages.PROJECT.of(project).slug == "running"
    project.planned_end = today - timedelta(days=1)
    assert stages.PROJECT.of(project).slug == "overdue"


def test_a_stage_that_there_is_not(db: None) -> None:
    with pytest.raises(LookupError):
        stages.PROJECT.at("nowhere")
