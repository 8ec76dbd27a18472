"""The day on which a project is both completed and evaluated by a third party, whoever writes."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta
from random import Random
from threading import Thread

import pytest
from django.db import connection, transaction

from projects.models import Project, ProjectEvaluation
from tests.factories import make_tree
from tests.factories.places import Tree
from tests.projects.copying import copy_rows
from tests.projects.made import make_evaluation, make_project

DONE = date(2024, 6, 30)


def evaluated(project: Project) -> date | None:
    return Project.objects.values_list("evaluated_on", flat=True).get(pk=project.pk)


def test_the_first_evaluation_by_a_third_party_counts_from_completion_on(tree: Tree) -> None:
    project = make_project(tree.street, completed_on=DONE)
    assert evaluated(project) is None
    make_evaluation(project, date(2024, 7, 1), kind="self")
    make_evaluation(project, date(2024, 7, 1), kind="department")
    assert evaluated(project) is None
    late = make_evaluation(project, date(2024, 9, 1))
    assert evaluated(project) == date(2024, 9, 1)
    early = make_evaluation(project, date(2024, 5, 1))  # while it was still going on
    assert evaluated(project) == DONE
    early.delete()
    assert evaluated(project) == date(2024, 9, 1)
    late.kind = "department"
    late.save()
    assert evaluated(project) is None


def test_an_evaluation_of_what_is_not_completed_counts_once_it_is(tree: Tree) -> None:
    project = make_project(tree.street)
    make_evaluation(project, date(2024, 5, 1))
    assert evaluated(project) is None
    Project.objects.update(completed_on=DONE)
    assert evaluated(project) == DONE
    Project.objects.update(completed_on=None)
    assert evaluated(project) is None


def test_an_evaluation_that_goes_to_another_project(tree: Tree) -> None:
    one, other = make_project(tree.street, completed_on=DONE), make_project(tree.street, completed_on=DONE)
    make_evaluation(one, date(2024, 8, 1))
    ProjectEvaluation.objects.update(project=other)
    assert (evaluated(one), evaluated(other)) == (None, date(2024, 8, 1))


def test_nobody_writes_it_by_hand(tree: Tree) -> None:
    project = make_project(tree.street, completed_on=DONE)
    Project.objects.update(evaluated_on=date(2024, 7, 1))
    assert evaluated(project) is None
    stale = Project.objects.get(pk=project.pk)
    make_evaluation(project, date(2024, 8, 1))
    stale.title = "改名"
    stale.save()  # writes every column, this one as it was read
    assert evaluated(project) == date(2024, 8, 1)


def test_rows_that_are_copied(tree: Tree) -> None:
    projects = [make_project(tree.street, completed_on=DONE) for _turn in range(3)]
    given = {"kind": "third_party", "evaluator": "某评估中心"}
    copy_rows(
        ProjectEvaluation,
        [
            {**given, "project_id": project.pk, "evaluated_on": date(2024, 7, at)}
            for project in projects[:2]
            for at in (3, 2)
        ],
    )
    assert [evaluated(project) for project in projects] == [date(2024, 7, 2), date(2024, 7, 2), None]


def test_random_writes_end_where_a_reckoning_by_hand_does(tree: Tree) -> None:
    random = Random(11)
    projects = [make_project(tree.street) for _turn in range(6)]

    def some_day() -> date:
        return date(2023, 1, 1) + timedelta(days=random.randrange(400))

    for _turn in range(200):
        project, chance = random.choice(projects), random.random()
        rows = list(ProjectEvaluation.objects.order_by("pk"))
        if chance < 0.35:
            make_evaluation(project, some_day(), random.choice(["third_party", "self"]))
        elif chance < 0.6:
            completed = None if random.random() < 0.3 else some_day()
            Project.objects.filter(pk=project.pk).update(completed_on=completed)
        elif rows and chance < 0.8:
            random.choice(rows).delete()
        elif rows:
            row = random.choice(rows)
            row.project, row.evaluated_on = project, some_day()
            row.kind = random.choice(["third_party", "self"])
            row.save()
    seen = set()
    for project in Project.objects.all():
        days = [row.evaluated_on for row in project.evaluations.filter(kind="third_party")]
        wanted = max(project.completed_on, min(days)) if project.completed_on and days else None
        assert project.evaluated_on == wanted
        seen.add(wanted)
    assert len(seen) > 2


@pytest.mark.django_db(transaction=True)
def test_of_two_evaluations_at_once_both_are_seen() -> None:
    tree = make_tree()
    project = make_project(tree.street, completed_on=DONE)

    def write() -> None:
        with closing(connection), transaction.atomic():
            make_evaluation(project, date(2024, 8, 1))

    other = Thread(target=write)
    with transaction.atomic():
        make_evaluation(project, date(2024, 7, 15))
        other.start()
        other.join(0.5)
        assert other.is_alive()
    other.join(10)
    assert not other.is_alive()
    assert evaluated(project) == date(2024, 7, 15)
