"""An organisation is restricted, ends, goes over into another one, and is taken back: the database keeps the order."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from governance.accounts.models import User
from governance.kit.errors import DomainError
from organizations.actions import ending, steps
from organizations.models import (
    CharityRecognition,
    Organization,
    OrganizationEnding,
    OrganizationRestriction,
    OrganizationStatus,
)
from tests.factories.places import Tree
from tests.organizations.made import credit_code, day, organization, refused_by, span, status


@pytest.fixture
def one(tree: Tree) -> Organization:
    """A registered organisation that is on the list of abnormal ones."""
    one = organization(tree.street, "金谷社工服务中心", uscc=credit_code())
    status(one, "registered", "2022-01-01")
    OrganizationRestriction.objects.create(
        organization=one, kind="abnormal_list", reason="未按时报送年度工作报告", **span("2024-08-01")
    )
    return one


@pytest.fixture
def other(tree: Tree) -> Organization:
    other = organization(tree.street, "银谷社工服务中心", uscc=credit_code())
    status(other, "registered", "2021-01-01")
    return other


def end(one: Organization, way: str = "deregistered", on: str = "2025-03-01", **more: Any) -> OrganizationEnding:
    return OrganizationEnding.objects.create(organization=one, region=one.region, way=way, on=day(on), **more)


def test_one_goes_over_into_another(one: Organization, other: Organization, bureau_admin: User) -> None:
    ending.dissolve(one, by=bureau_admin, way="merged", on=day("2025-03-01"), into=other, document_no="〔2025〕3 号")
    row = OrganizationEnding.objects.get()
    assert (row.organization, row.into, row.region, row.on) == (one, other, one.region, day("2025-03-01"))
    assert not OrganizationStatus.objects.filter(organization=one, until__isnull=True).exists()
    assert OrganizationRestriction.objects.get().until == day("2025-03-01")
    assert OrganizationStatus.objects.get(organization=other).until is None
    with pytest.raises(DomainError) as refusal:
        steps.enter_status(one, by=bureau_admin, status="filed", on=day("2025-06-01"))
    assert refusal.value.code == "has_ended"


def test_what_was_done_by_mistake_is_taken_back(one: Organization, bureau_admin: User) -> None:
    ending.dissolve(one, by=bureau_admin, way="revoked", on=day("2025-03-01"), reason="骗取登记")
    ending.restore(one, by=bureau_admin)
    assert not OrganizationEnding.objects.exists()
    assert OrganizationStatus.objects.get().until is None
    assert OrganizationRestriction.objects.get().until is None
    with pytest.raises(DomainError):
        ending.restore(one, by=bureau_admin)


def test_it_ends_as_it_was(one: Organization, tree: Tree, bureau_admin: User) -> None:
    with pytest.raises(DomainError) as refusal:
        ending.dissolve(one, by=bureau_admin, way="filing_ended", on=day("2025-03-01"))
    assert refusal.value.field == "way"
    team = organization(tree.street)
    status(team, "community_guided", "2022-01-01")
    assert [way.value for way in ending.ways_of(team)] == ["disbanded", "merged"]


def test_not_into_one_that_has_ended(one: Organization, other: Organization, bureau_admin: User) -> None:
    ending.dissolve(other, by=bureau_admin, way="deregistered", on=day("2025-01-01"))
    with pytest.raises(DomainError) as refusal:
        ending.dissolve(one, by=bureau_admin, way="merged", on=day("2025-03-01"), into=other)
    assert refusal.value.field == "into"


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"way": "merged"}, "organization_ending_merged_into"),
        ({"way": "revoked"}, "organization_ending_has_reason"),
    ],
)
def test_the_database_keeps_the_rules_of_an_end(tree: Tree, values: dict[str, Any], rule: str) -> None:
    with refused_by(rule), transaction.atomic():
        end(organization(tree.street), **values)


def test_an_end_waits_for_what_is_open(one: Organization) -> None:
    with refused_by("organization_ending_is_last"), transaction.atomic():
        end(one)


def test_nothing_begins_or_lasts_beyond_the_end(tree: Tree, other: Organization) -> None:
    one = organization(tree.street, uscc=credit_code())
    row = status(one, "registered", "2022-01-01", "2025-03-01")
    with refused_by("organization_ending_not_into_itself"), transaction.atomic():
        end(one, "merged", into=one)
    end(one, "merged", into=other)
    for until in (None, day("2025-03-02")):
        with refused_by("organization_ending_is_last"), transaction.atomic():
            OrganizationStatus.objects.filter(pk=row.pk).update(until=until)
    with refused_by("organization_ending_is_last"), transaction.atomic():
        CharityRecognition.objects.create(organization=one, way="recognised", **span("2023-01-01"))
    CharityRecognition.objects.create(organization=one, way="recognised", **span("2023-01-01", "2025-03-01"))
    OrganizationStatus.objects.filter(organization=other).update(until=day("2025-02-01"))
    with refused_by("organization_ending_into_living"), transaction.atomic():
        end(other, on="2025-02-01")


def test_two_do_not_go_over_into_each_other(tree: Tree) -> None:
    one, other = organization(tree.street), organization(tree.street)
    end(one, "merged", into=other)
    with refused_by("organization_ending_into_living"), transaction.atomic():
        end(other, "merged", into=one)
    with refused_by("organization_ending_into_living"), transaction.atomic():
        end(other, "merged", on="2024-01-01", into=one)
    end(other, "disbanded", on="2026-01-01")  # it went on


def test_an_order_is_entered_once(one: Organization) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganizationRestriction.objects.create(
            organization=one, kind="abnormal_list", reason="又一次", **span("2025-01-01")
        )
    OrganizationRestriction.objects.create(organization=one, kind="suspended", reason="整改", **span("2025-01-01"))


def test_the_pages_say_it(one: Organization, other: Organization, bureau_admin: User, as_user: Any) -> None:
    client = as_user(bureau_admin)
    home = one.get_absolute_url()
    page = client.get(home).content.decode()
    assert "活动异常名录" in page
    assert "未按时报送年度工作报告" in page
    asked = {"way": "merged", "on": "2025-03-01", "into": ""}
    refused = client.post(f"{home}dissolve/", asked)
    assert refused.status_code == 400
    assert "请填写并入哪个组织" in refused.content.decode()
    done = client.post(f"{home}dissolve/", asked | {"into": other.uscc})
    assert done.status_code == 302, done.content.decode()
    page = client.get(home).content.decode()
    assert "2025-03-01 起合并" in page
    assert other.name in page
    assert f"{home}restore/" in page
    assert f"{home}dissolve/" not in page
    listed = client.get("/organizations/", {"status": "ended"}).content.decode()
    assert one.name in listed
    assert other.name not in listed
    assert one.name not in client.get("/organizations/", {"status": "none"}).content.decode()
    assert client.post(f"{home}restore/").status_code == 302
    assert one.name in client.get("/organizations/", {"status": "abnormal_list"}).content.decode()
