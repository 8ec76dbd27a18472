"""What is counted, from the day on which it is: the last day of a month is in it, the first of the next is not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from governance.kit.measures import expressions as e
from governance.people.models import Person
from organizations.models import Organization
from projects.models import Catalogue, NeedsSurvey, Project, PurchaseProject, ServiceCase
from tests.factories.making import make, make_record
from tests.factories.places import Tree
from tests.projects.counted import NAMES, count, keep
from tests.projects.made import (
    make_contract,
    make_evaluation,
    make_need,
    make_project,
    make_purchase,
    make_resource,
    make_session,
)

MAY, JUNE, JULY = date(2024, 5, 31), date(2024, 6, 1), date(2024, 7, 31)


@pytest.fixture(autouse=True)
def _kept(tree: Tree) -> None:
    keep(tree.county, *NAMES, "capabilities")


def counts(expression: e.Expression, tree: Tree, *days: date) -> list[Any]:
    return [count(expression, tree.county, day) for day in days]


@pytest.mark.parametrize(("day", "found"), [(MAY, [1, 1, 1]), (JUNE, [0, 1, 1]), (None, [0, 0, 0])])
def test_a_survey_that_was_done(day: date | None, found: list[int], tree: Tree) -> None:
    make(NeedsSurvey, tree.community, "调研", done_on=day)
    assert counts(e.Stock("needs_surveys", "done"), tree, MAY, JUNE, JULY) == found
    assert counts(e.RegionsWith("needs_survey", ("community",)), tree, MAY, JUNE, JULY) == found


def test_a_survey_is_too_old_after_a_year(tree: Tree) -> None:
    make(NeedsSurvey, tree.community, "调研", done_on=date(2023, 6, 30))
    make(NeedsSurvey, tree.village, "调研", done_on=date(2023, 7, 1))
    asked = e.RegionsWith("needs_survey", ("community",))
    assert counts(asked, tree, MAY, JUNE, JULY, date(2023, 6, 1)) == [2, 1, 0, 1]


def test_the_three_lists_of_a_community(tree: Tree) -> None:
    marks = [e.Stock("three_lists", part) for part in ("needs", "resources", "projects")]
    item, part = e.RegionsWith("three_lists", ("community",)), e.Components("three_lists")
    make_need(tree.community, listed_on=MAY, refreshed_on=MAY)
    make_resource(tree.community, listed_on=JUNE, refreshed_on=JUNE)
    assert [counts(mark, tree, MAY, JUNE) for mark in marks] == [[1, 1], [0, 1], [0, 0]]
    assert counts(item, tree, MAY, JUNE, JULY) == [0, 0, 0]
    make_project(tree.street, community=tree.community, listed_on=date(2024, 7, 1), refreshed_on=date(2024, 7, 1))
    assert counts(item, tree, MAY, JUNE, JULY) == [0, 0, 1]
    assert count(part, tree.community, JUNE) == 2
    # the list of needs was changed in May for the last time
    assert counts(item, tree, date(2025, 4, 30), date(2025, 5, 31)) == [1, 0]


def test_projects_that_are_completed_and_evaluated(tree: Tree) -> None:
    done = make_project(tree.street, completed_on=MAY)
    make_project(tree.community, completed_on=JUNE, struck_off_on=date(2024, 7, 31))
    make_project(tree.street)
    completed, evaluated = e.Stock("projects", "completed"), e.Stock("projects", "completed_and_evaluated")
    assert counts(completed, tree, date(2024, 4, 30), MAY, JUNE, JULY) == [0, 1, 2, 1]
    make_evaluation(done, JUNE)
    assert counts(evaluated, tree, MAY, JUNE, JULY) == [0, 1, 1]
    make_evaluation(done, date(2024, 5, 1))
    assert counts(evaluated, tree, date(2024, 4, 30), MAY) == [0, 1]
    Project.objects.update(completed_on=None, struck_off_on=None)
    assert counts(completed, tree, MAY, JULY) == counts(evaluated, tree, MAY, JULY) == [0, 0]


def test_a_purchase_that_took_all_steps_is_part_of_those_initiated(tree: Tree) -> None:
    initiated, all_five = e.Stock("purchase_projects", "initiated"), e.Stock("purchase_projects", "all_five_steps")
    make_purchase(tree.street, JUNE, cancelled_on=date(2024, 7, 31))
    bought = make_purchase(tree.county, MAY)
    assert counts(initiated, tree, date(2024, 4, 30), MAY, JUNE, JULY) == [0, 1, 2, 1]
    assert counts(all_five, tree, MAY, JULY) == [0, 0]
    steps = ("procured_on", "contracted_on", "started_on", "evaluated_on")
    for at, step in enumerate(steps, 1):
        PurchaseProject.objects.filter(pk=bought.pk).update(**dict.fromkeys(steps[:at], date(2024, 8, 1)))
        # from the day of initiation on, so that a share of the purchases never exceeds them
        assert counts(all_five, tree, date(2024, 4, 30), MAY, JULY) == ([0, 1, 1] if at == 4 else [0, 0, 0]), step


def test_catalogues_in_force(tree: Tree) -> None:
    make(Catalogue, tree.county, "目录", kind="public_services", since=MAY, until=date(2024, 7, 31))
    make(Catalogue, tree.county, "目录", kind="purchase_services", since=JUNE)
    make(Catalogue, tree.street, "目录", kind="qualified_organizations", since=JUNE)
    in_force, parts = e.Stock("catalogues", "in_force"), e.Components("catalogues")
    assert counts(in_force, tree, date(2024, 4, 30), MAY, JUNE, JULY) == [0, 1, 3, 2]
    assert counts(parts, tree, MAY, JUNE, JULY) == [1, 2, 1]  # the county's own: the street's is none of them


def test_a_child_is_counted_once_at_a_community_however_many_cases_there_are(tree: Tree) -> None:
    asked = e.Distinct("service_cases", "child_care", "last24")
    child, other = (make_record(Person, tree.community, name) for name in ("小明", "小红"))
    for day, client, field in (
        (date(2022, 6, 1), child, "child_care"),
        (MAY, child, "child_care"),
        (JUNE, other, "child_care"),
        (JUNE, make_record(Person, tree.community, "老王"), "elderly_care"),
    ):
        make(ServiceCase, tree.community, "个案", opened_on=day, client=client, field=field)
    make(ServiceCase, tree.next_community, "个案", opened_on=JULY, client=child, field="child_care")
    assert counts(asked, tree, date(2022, 5, 31), date(2022, 6, 30), MAY, JUNE, JULY) == [0, 1, 1, 2, 3]


def test_sessions_with_their_person_times_and_fields(tree: Tree) -> None:
    make_session(tree.community, MAY, person_times=40, field="elderly_care")
    make_session(tree.village, JUNE, person_times=2, field="", civil_affairs_field="funeral")
    make_session(tree.village, date(2022, 6, 30), person_times=5, field="child_care")
    assert counts(e.Flow("project_sessions", "held", "month"), tree, date(2024, 4, 30), MAY, JUNE) == [0, 1, 1]
    times = e.Flow("project_sessions", "held", "last24", "person_times")
    assert counts(times, tree, MAY, JUNE) == [45, 42]
    fields = [e.Kinds("project_sessions", kind, "last12") for kind in ("field", "civil_affairs_field")]
    assert [counts(kind, tree, date(2024, 4, 30), MAY, JUNE) for kind in fields] == [[0, 1, 1], [0, 0, 1]]


def test_a_session_with_a_social_worker_is_social_work_for_a_year(tree: Tree) -> None:
    make_session(tree.community, MAY, with_social_worker=True)
    make_session(tree.village, MAY, with_social_worker=False)
    asked = e.RegionsWith("social_work_service", ("community",))
    found = counts(asked, tree, date(2024, 4, 30), MAY, date(2025, 4, 30), date(2025, 5, 31))
    assert found == [0, 1, 1, 0]


def test_contracts_with_social_organisations(tree: Tree) -> None:
    organization = make_record(Organization, tree.street, "服务中心")
    make_contract(tree.street, MAY, supplier_kind="social_organization", organization=organization, supplier="")
    make_contract(tree.county, JUNE)
    signed, theirs = (e.Flow("purchase_contracts", mark, "last12") for mark in ("signed", "to_social_orgs"))
    assert counts(signed, tree, date(2024, 4, 30), MAY, JUNE, date(2025, 5, 1)) == [0, 1, 2, 1]
    assert counts(theirs, tree, date(2024, 4, 30), MAY, JUNE, date(2025, 5, 1)) == [0, 1, 1, 0]
