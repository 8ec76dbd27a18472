"""An organisation rises, moves, ceases: the past stays where it was, nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from governance.accounts.models import User
from governance.kit.errors import DomainError
from organizations.actions import ending, register, steps
from organizations.models import (
    CharityRecognition,
    Organization,
    OrganizationParty,
    OrganizationRestriction,
    OrganizationStatus,
    RegistrationAssessment,
)
from tests.factories import make_user
from tests.factories.places import Tree
from tests.organizations.made import credit_code, day, organization, span, status


@pytest.fixture
def one(tree: Tree) -> Organization:
    """An organisation of the street with a history and four open facts."""
    one = organization(tree.street, "金谷社工服务中心", uscc=credit_code())
    status(one, "filed", "2020-01-01", "2022-01-01")
    status(one, "registered", "2022-01-01")
    CharityRecognition.objects.create(organization=one, way="recognised", **span("2023-01-01"))
    OrganizationParty.objects.create(organization=one, established_on=day("2023-06-01"), **span("2022-01-01"))
    RegistrationAssessment.objects.create(organization=one, **span("2021-01-01"))
    return one


def homes(model: Any) -> list[tuple[str, str, str | None]]:
    rows = model.objects.select_related("region").order_by("since")
    return [(row.region.name, str(row.since), row.until and str(row.until)) for row in rows]


def test_what_is_open_goes_on_at_the_new_place(one: Organization, tree: Tree, bureau_admin: User) -> None:
    moved = steps.relocate(one, by=bureau_admin, region=tree.next_street, on=day("2024-07-01"))
    old, new = tree.street.name, tree.next_street.name
    assert moved.region == tree.next_street
    assert homes(OrganizationStatus) == [
        (old, "2020-01-01", "2022-01-01"),
        (old, "2022-01-01", "2024-07-01"),
        (new, "2024-07-01", None),
    ]
    assert homes(CharityRecognition) == [(old, "2023-01-01", "2024-07-01"), (new, "2024-07-01", None)]
    assert homes(RegistrationAssessment) == [(old, "2021-01-01", "2024-07-01"), (new, "2024-07-01", None)]
    founded = list(OrganizationParty.objects.order_by("since").values_list("established_on", flat=True))
    assert founded == [day("2023-06-01"), day("2023-06-01")]
    days = list(RegistrationAssessment.objects.order_by("since").values_list("registered_on", flat=True))
    assert days == [day("2022-01-01"), day("2024-07-01")]


def test_a_move_back_in_time_takes_what_began_later_along(one: Organization, tree: Tree, bureau_admin: User) -> None:
    steps.relocate(one, by=bureau_admin, region=tree.next_street, on=day("2022-06-01"))
    assert homes(CharityRecognition) == [(tree.next_street.name, "2023-01-01", None)]
    founded = list(OrganizationParty.objects.order_by("since").values_list("established_on", flat=True))
    assert founded == [None, day("2023-06-01")]  # it was founded at the new place


def test_nobody_moves_an_organisation_out_of_her_reach(one: Organization, tree: Tree, street_clerk: User) -> None:
    before = homes(OrganizationStatus)
    with pytest.raises(PermissionDenied):
        steps.relocate(one, by=street_clerk, region=tree.next_street, on=day("2024-07-01"))
    assert homes(OrganizationStatus) == before
    one.refresh_from_db()
    assert one.region == tree.street


def test_the_same_place_is_no_move(one: Organization, tree: Tree, bureau_admin: User) -> None:
    with pytest.raises(DomainError) as refusal:
        steps.relocate(one, by=bureau_admin, region=tree.street, on=day("2024-07-01"))
    assert refusal.value.field == "region"


def test_an_organisation_that_ceases_ends_all_it_is(one: Organization, bureau_admin: User) -> None:
    ending.dissolve(one, by=bureau_admin, way="deregistered", on=day("2024-07-01"))
    for model in register.SPANS:
        assert not model._default_manager.filter(until__isnull=True).exists()
        assert model._default_manager.filter(until=day("2024-07-01")).count() == (model is not OrganizationRestriction)
    with pytest.raises(DomainError):
        ending.dissolve(one, by=bureau_admin, way="deregistered", on=day("2024-07-01"))


def test_it_does_not_cease_before_what_it_became(one: Organization, bureau_admin: User) -> None:
    with pytest.raises(DomainError) as refusal:
        ending.dissolve(one, by=bureau_admin, way="deregistered", on=day("2022-06-01"))
    assert "慈善组织认定" in refusal.value.reason
    assert OrganizationStatus.objects.filter(until__isnull=True).exists()


def test_a_correction_of_the_place_is_sent_to_the_move(one: Organization, tree: Tree, bureau_admin: User) -> None:
    with pytest.raises(DomainError) as refusal:
        register.change_organization(one, by=bureau_admin, region=tree.next_street)
    assert refusal.value.field == "region"
    fresh = organization(tree.street)
    assert register.change_organization(fresh, by=bureau_admin, region=tree.next_street).region == tree.next_street


def test_a_fact_keeps_its_organisation(one: Organization, tree: Tree, bureau_admin: User) -> None:
    fact = CharityRecognition.objects.get()
    with pytest.raises(DomainError) as refusal:
        register.change_span(fact, by=bureau_admin, organization=organization(tree.street))
    assert refusal.value.field == "organization"
    assert register.change_span(fact, by=bureau_admin, organization=one, document_no="〔2023〕1 号").document_no


def test_a_registered_organisation_keeps_its_code(one: Organization, bureau_admin: User) -> None:
    with pytest.raises(DomainError) as refusal:
        register.change_organization(one, by=bureau_admin, uscc=None)
    assert refusal.value.field == "uscc"


def test_the_pages_of_the_steps(one: Organization, tree: Tree, bureau_admin: User, as_user: Any) -> None:
    client: Client = as_user(bureau_admin)
    page = client.get(one.get_absolute_url()).content.decode()
    assert "迁移" in page
    assert "登记" in page
    address = f"{one.get_absolute_url()}relocate/"
    assert client.get(address).status_code == 200
    refused = client.post(address, {"region": tree.street.code, "on": "2024-07-01"})
    assert refused.status_code == 400
    assert "该组织就在这个地区" in refused.content.decode()
    moved = client.post(address, {"region": tree.next_street.code, "on": "2024-07-01"})
    assert moved.headers["Location"] == one.get_absolute_url()
    ended = client.post(f"{one.get_absolute_url()}dissolve/", {"way": "deregistered", "on": "2025-01-01"})
    assert ended.status_code == 302
    assert "没有状态" not in client.get(one.get_absolute_url()).content.decode()
    assert not OrganizationStatus.objects.filter(until__isnull=True).exists()


def test_those_who_only_look_are_offered_no_step(one: Organization, tree: Tree, as_user: Any) -> None:
    viewer = make_user("viewer", tree.street, "viewer")
    page = as_user(viewer).get(one.get_absolute_url()).content.decode()
    assert "迁移" not in page
    assert as_user(viewer).get(f"{one.get_absolute_url()}relocate/").status_code == 403


def test_a_filed_organisation_is_registered_in_one_step(tree: Tree, street_clerk: User) -> None:
    team = organization(tree.street)
    status(team, "filed", "2020-01-01")
    RegistrationAssessment.objects.create(organization=team, **span("2021-01-01"))
    code = credit_code()
    steps.enter_status(team, by=street_clerk, status="registered", on=day("2024-07-01"), uscc=code, document_no="1 号")
    rows = list(OrganizationStatus.objects.order_by("since").values_list("status", "since", "until", "document_no"))
    assert rows == [
        ("filed", day("2020-01-01"), day("2024-07-01"), ""),
        ("registered", day("2024-07-01"), None, "1 号"),
    ]
    team.refresh_from_db()
    assert team.uscc == code
    assert RegistrationAssessment.objects.get().registered_on == day("2024-07-01")


@pytest.mark.parametrize(
    ("asked", "field", "reason"),
    [
        ({"status": "filed", "on": "2024-07-01"}, "status", "已是“备案”"),
        ({"status": "registered", "on": "2020-01-01"}, "on", "请填更晚的日期"),
        ({"status": "registered", "on": "2024-07-01"}, "status", "必须有统一社会信用代码"),
        ({"status": "registered", "on": "2024-07-01", "uscc": "914403001922038217"}, "uscc", "校验位不对"),
        ({"status": "registered", "on": "2024-07-01", "document_no": "长" * 61}, "document_no", "60"),
        ({"status": "别的", "on": "2024-07-01"}, "status", ""),
    ],
)
def test_a_status_that_does_not_fit_is_refused_at_its_field(
    asked: dict[str, str], field: str, reason: str, tree: Tree, street_clerk: User, as_user: Any
) -> None:
    team = organization(tree.street)
    status(team, "filed", "2020-01-01")
    answer = as_user(street_clerk).post(f"{team.get_absolute_url()}standing/", asked)
    assert answer.status_code == 400
    assert reason in " ".join(answer.context["form"].errors[field])
    assert homes(OrganizationStatus) == [(tree.street.name, "2020-01-01", None)]
    team.refresh_from_db()
    assert team.uscc is None


def test_the_page_of_a_status_proposes_the_next_one(tree: Tree, street_clerk: User, as_user: Any) -> None:
    team = organization(tree.street, uscc=credit_code())
    status(team, "filed", "2020-01-01")
    client: Client = as_user(street_clerk)
    assert "变更状态" in client.get(team.get_absolute_url()).content.decode()
    form = client.get(f"{team.get_absolute_url()}standing/").context["form"]
    assert form["status"].initial == "registered"
    assert "uscc" not in form.fields
    done = client.post(f"{team.get_absolute_url()}standing/", {"status": "registered", "on": "2024-07-01"})
    assert done.headers["Location"] == team.get_absolute_url()
    assert OrganizationStatus.objects.get(until=None).status == "registered"


@pytest.mark.parametrize("step", ["dissolve", "relocate"])
def test_a_street_is_told_what_civil_affairs_must_end_first(
    step: str, one: Organization, tree: Tree, street_clerk: User, as_user: Any
) -> None:
    client: Client = as_user(street_clerk)
    address = f"{one.get_absolute_url()}{step}/"
    told = "慈善组织认定（2023-01-01 起）还在用，不归您的岗位办理"
    assert told in client.get(address).content.decode()
    answer = client.post(address, {"way": "deregistered", "on": "2024-07-01", "region": tree.community.code})
    assert answer.status_code == 400
    assert told in " ".join(answer.context["form"].non_field_errors())
    assert not OrganizationStatus.objects.filter(until=day("2024-07-01")).exists()
    CharityRecognition.objects.update(until=day("2024-06-01"))
    assert told not in client.get(address).content.decode()
    assert (
        client.post(address, {"way": "deregistered", "on": "2024-07-01", "region": tree.community.code}).status_code
        == 302
    )
