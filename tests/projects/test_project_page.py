"""A project's page leads to the five actors in it, and their pages lead back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client

from governance.accounts.models import User
from governance.kit import cards
from governance.kit.cards import Card
from organizations.models import Organization, SocialWorkPost
from projects.models import Project, ServiceCase
from projects.views import VOLUNTEERS
from tests.factories import make_user
from tests.factories.making import make, make_record
from tests.factories.places import Tree
from tests.projects.made import make_evaluation, make_project, make_session

DAY = date(2024, 3, 1)


@pytest.fixture
def organization(tree: Tree) -> Organization:
    return make_record(Organization, tree.street, "暖心社工服务中心")


@pytest.fixture
def post(tree: Tree) -> SocialWorkPost:
    return make_record(SocialWorkPost, tree.street, "街道民政办")


@pytest.fixture
def project(tree: Tree, organization: Organization, post: SocialWorkPost) -> Project:
    return make_project(
        tree.street, community=tree.community, organization=organization, social_worker=post, charity_source="社区基金"
    )


def page(client: Client, record: Any) -> str:
    answer = client.get(record.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_five_actors_stand_on_the_page(
    project: Project, organization: Organization, post: SocialWorkPost, tree: Tree, street_clerk: User, as_user: Any
) -> None:
    text = page(as_user(street_clerk), project)
    for record in (tree.community, organization, post):
        assert f'href="{record.get_absolute_url()}"' in text
    assert "社区基金" in text
    assert text.replace("还没有登记的", "").count("还没有") == 1  # the volunteers, of whom nobody has told yet


def test_the_actors_lead_back(
    project: Project, organization: Organization, post: SocialWorkPost, tree: Tree, street_clerk: User, as_user: Any
) -> None:
    client = as_user(street_clerk)
    for record in (organization, post, tree.community):
        assert f'href="{project.get_absolute_url()}"' in page(client, record), record


def test_an_actor_outside_one_s_regions_is_named_and_leads_nowhere(
    project: Project, tree: Tree, street_clerk: User, as_user: Any
) -> None:
    other = make_record(Organization, tree.next_street, "邻街服务社")
    Project.objects.filter(pk=project.pk).update(organization=other)
    text = page(as_user(street_clerk), project)
    assert "邻街服务社" in text
    assert other.get_absolute_url() not in text


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    asked: list[Any] = []

    def given(user: Any, project: Any) -> dict[str, Any]:
        asked.append(project)
        return {"value": 12, "unit": "人", "detail": "3 场志愿活动", "url": "/volunteers/"}

    name = "volunteers_of_a_project_in_a_test"
    cards.register(Card(name, VOLUNTEERS, 10, "projects/given.html", given, "projects.view_project"))
    yield asked
    cards._cards.pop(name)


def test_what_apps_above_tell_of_volunteers_stands_beside_the_others(
    told: list[Any], project: Project, street_clerk: User, as_user: Any
) -> None:
    text = page(as_user(street_clerk), project)
    assert told == [project]
    assert '<a href="/volunteers/">12<span class="unit">人</span></a>' in text
    assert "3 场志愿活动" in text
    assert "还没有" not in text.replace("还没有登记的", "")  # that is the panel of lists below without rows


def test_what_belongs_to_a_project_is_listed_below(
    project: Project, tree: Tree, street_clerk: User, as_user: Any
) -> None:
    make_session(tree.community, DAY, project=project, title="茶话会")
    make_session(tree.next_community, DAY, project=project, title="邻街茶话会")
    make_evaluation(project, DAY, evaluator="某评估中心")
    text = page(as_user(street_clerk), project)
    assert "茶话会" in text
    assert "邻街茶话会" not in text
    assert "第三方评估" in text


def test_cases_are_a_number_for_those_who_may_see_them(
    project: Project, tree: Tree, street_clerk: User, as_user: Any
) -> None:
    make(ServiceCase, tree.community, "个案", project=project, number="GA-1")
    make(ServiceCase, tree.next_community, "邻街个案", project=project, number="GA-2")
    text = page(as_user(street_clerk), project)
    assert "1 件" in text
    assert "GA-1" not in text
    viewer = make_user("viewer", tree.street, "viewer")
    assert "服务个案" not in page(as_user(viewer), project)


def test_a_project_of_the_next_street_does_not_exist(project: Project, next_street_clerk: User, as_user: Any) -> None:
    assert as_user(next_street_clerk).get(project.get_absolute_url()).status_code == 404


def test_a_page_costs_the_same_whatever_belongs_to_the_project(
    project: Project, tree: Tree, street_clerk: User, as_user: Any, django_assert_max_num_queries: Any
) -> None:
    client = as_user(street_clerk)
    make_session(tree.community, DAY, project=project)
    page(client, project)
    with django_assert_max_num_queries(22) as before:
        page(client, project)
    for _turn in range(6):
        make_session(tree.community, DAY, project=project)
        make_evaluation(project, DAY)
    with django_assert_max_num_queries(len(before)):
        page(client, project)
