"""Each check of data quality is broken once: exactly the bad record is found, and its link works."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from funds.models import Fund, FundBudget, FundGrant
from governance.accounts.models import User
from governance.deliberation.models import WorkTask
from governance.desk import findings
from governance.desk.models import AcceptedFinding, Message, QualityCount
from governance.kit.homes import region_path
from governance.kit.listing import LISTINGS
from governance.kit.quality import CHECKS
from governance.people.models import Person
from governance.regions.models import Facility, Region
from organizations.models import (
    CommunityWorkerPost,
    Organization,
    OrganizationStatus,
    SocialWorkCertificate,
    SocialWorkPost,
)
from projects.models import Need, Project, ProjectEvaluation, PurchaseProject, Resource
from tests.factories import make, make_record, make_user
from tests.factories.making import number
from tests.factories.places import Tree
from volunteers.models import Activity, ServiceRecord, Volunteer

TODAY = timezone.localdate()
SOON, LONG_AGO = TODAY + timedelta(days=40), date(2019, 5, 1)
STALE = timezone.now() - timedelta(days=800)
Planted = Callable[[Tree], list[Any]]


def changed(record: Any, **values: Any) -> list[Any]:
    """Return the record with values that no page would have taken."""
    type(record)._default_manager.filter(pk=record.pk).update(**values)
    return [record]


def one(model: Any, **values: Any) -> Planted:
    return lambda tree: changed(make_record(model, tree.community, f"查{next(number)}"), **values)


def of_gone(model: Any, home: str = "region") -> Planted:
    """A record of a place that is closed."""

    def plant(tree: Tree) -> list[Any]:
        record = make_record(model, tree.community, "查")
        Region.objects.filter(pk=getattr(record, f"{home}_id")).update(until=LONG_AGO)
        return changed(record, until=None)

    return plant


def pair(model: Any, *shared: str, **values: Any) -> Planted:
    """Two records that share what only one should have."""

    def plant(tree: Tree) -> list[Any]:
        first, second = (make_record(model, tree.community, f"查{turn}") for turn in (1, 2))
        changed(first, **values)
        first = model._default_manager.get(pk=first.pk)
        changed(second, **{name: getattr(first, name) for name in shared})
        return [first, second]

    return plant


def same_person(tree: Tree) -> list[Any]:
    first, second = (make_record(Person, tree.community, "同名人") for _turn in range(2))
    Person.objects.filter(pk=second.pk).update(phone=first.phone, phone_index=first.phone_index)
    return [first, second]


def same_organization(tree: Tree) -> list[Any]:
    contact = make_record(Person, tree.community, "负责人")
    return [make(Organization, region, "夕阳红协会", contact=contact) for region in (tree.community, tree.village)]


def closed_organization(tree: Tree) -> list[Any]:
    post = make_record(SocialWorkPost, tree.community, "岗")
    organization = make_record(Organization, tree.community, "已注销")
    status = make(OrganizationStatus, tree.community, "s", organization=organization, until=None)
    changed(status, until=status.since + timedelta(days=30))
    return changed(post, organization=organization, employer="", until=None)


def child(model: Any, since: str = "since") -> Planted:
    def plant(tree: Tree) -> list[Any]:
        record = make_record(model, tree.community, "小")
        Person.objects.filter(pk=record.person_id).update(birth_year=getattr(record, since).year - 2)
        return [record]

    return plant


def wrong_credit_code(tree: Tree) -> list[Any]:
    right, wrong = (make_record(Organization, tree.community, name) for name in ("对", "错"))
    changed(right, uscc="91350100M000100Y43")
    return changed(wrong, uscc="91350100M000100Y44")


def above_gone(tree: Tree) -> list[Any]:
    Region.objects.filter(pk=tree.next_street.pk).update(until=LONG_AGO)
    return [tree.next_community]


def two_with_a_number(tree: Tree) -> list[Any]:
    first, second = (make_record(Volunteer, tree.community, f"志{turn}") for turn in (1, 2))
    changed(first, until=first.since + timedelta(days=400), verified_on=None)
    changed(second, number=Volunteer.objects.get(pk=first.pk).number)
    return [first, second]


def crowded_day(tree: Tree) -> list[Any]:
    first, second = (make_record(ServiceRecord, tree.community, f"服{turn}") for turn in (1, 2))
    changed(first, minutes=900, voided=False)
    return [
        first,
        *changed(second, minutes=900, voided=False, volunteer=first.volunteer, service_date=first.service_date),
    ]


def early_evaluation(tree: Tree) -> list[Any]:
    evaluation = make_record(ProjectEvaluation, tree.community, "评")
    changed(evaluation.project, started_on=evaluation.evaluated_on + timedelta(days=5), completed_on=None)
    return [evaluation.project]


def overspent(tree: Tree) -> list[Any]:
    grant = make_record(FundGrant, tree.community, "拨")
    year = grant.granted_on.year
    region = grant.fund.region
    budget = make(FundBudget, region, "算", fund=grant.fund, purpose="other", year=year, amount=grant.amount)
    return changed(budget, amount=grant.amount - 1)


def early_grant(tree: Tree) -> list[Any]:
    grant = make_record(FundGrant, tree.community, "早")
    return changed(grant, granted_on=grant.fund.since - timedelta(days=1))


PLANTED: dict[str, Planted] = {
    "people.person.same_name_and_phone": same_person,
    "people.person.birth_year": one(Person, birth_year=1890),
    "people.person.no_number_no_phone": one(
        Person, identity_number=None, identity_index=None, phone=None, phone_index=None, gender="", birth_year=None
    ),
    "regions.region.above_is_gone": above_gone,
    "regions.facility.same_address": pair(Facility, "region", "kind", "address", address="泰山路 1 号", until=None),
    "regions.facility.starts_in_future": one(Facility, since=SOON, until=None),
    "regions.facility.place_is_gone": of_gone(Facility),
    "regions.facility.no_area": one(Facility, floor_area=None, until=None),
    "regions.facility.stale": one(Facility, changed_at=STALE, until=None),
    "organizations.organization.same_name_and_contact": same_organization,
    "organizations.organization.same_filing_no": pair(Organization, "filing_no", filing_no="备2024-7"),
    "organizations.organization.credit_code": wrong_credit_code,
    "organizations.organization.no_status": one(Organization),
    "organizations.organization.stale": one(Organization, changed_at=STALE),
    "organizations.organizationstatus.in_future": one(OrganizationStatus, since=SOON, until=None),
    "organizations.socialworkpost.organization_is_gone": closed_organization,
    "organizations.socialworkpost.place_is_gone": of_gone(SocialWorkPost),
    "organizations.socialworkpost.too_young": child(SocialWorkPost),
    "organizations.communityworkerpost.in_future": one(CommunityWorkerPost, since=SOON, until=None),
    "organizations.socialworkcertificate.in_future": one(SocialWorkCertificate, since=SOON, until=None),
    "volunteers.volunteer.other_person_same_number": two_with_a_number,
    "volunteers.volunteer.in_future": one(Volunteer, since=SOON, until=None, verified_on=None),
    "volunteers.volunteer.too_young": child(Volunteer),
    "volunteers.volunteer.place_is_gone": of_gone(Volunteer, "community"),
    "volunteers.servicerecord.long_day": one(ServiceRecord, minutes=1000, voided=False),
    "volunteers.servicerecord.more_than_a_day": crowded_day,
    "volunteers.servicerecord.unconfirmed": one(ServiceRecord, confirmed_on=None, voided=False),
    "volunteers.activity.no_publishing_day": one(Activity, published_on=None, cancelled_on=None),
    "projects.project.same_title": pair(Project, "region", "title", "planned_start"),
    "projects.project.no_end": one(Project, completed_on=None, evaluated_on=None, struck_off_on=None),
    "projects.project.in_future": one(Project, started_on=SOON, completed_on=None, evaluated_on=None),
    "projects.project.evaluated_without": early_evaluation,
    "projects.project.starts_after_end": one(
        Project, planned_start=date(2019, 1, 1), planned_end=date(2019, 5, 1), started_on=date(2022, 1, 1),
        completed_on=None, evaluated_on=None,
    ),
    "projects.purchaseproject.no_procuring_day": one(
        PurchaseProject, procured_on=None, contracted_on=None, started_on=None, evaluated_on=None, cancelled_on=None
    ),
    "projects.need.same_title": pair(Need, "community", "title", closed_on=None),
    "projects.need.stale": one(Need, listed_on=LONG_AGO, refreshed_on=LONG_AGO, closed_on=None),
    "projects.resource.stale": one(Resource, listed_on=LONG_AGO, refreshed_on=LONG_AGO, closed_on=None),
    "funds.fundbudget.overspent": overspent,
    "funds.fundgrant.in_future": one(FundGrant, granted_on=SOON),
    "funds.fundgrant.before_fund": early_grant,
    "funds.fund.no_agreement_day": one(Fund, agreement_on=None, until=None),
    "funds.fund.same_document_no": pair(Fund, "region", "document_no", document_no="民发 7 号", until=None),
    "deliberation.worktask.same": pair(WorkTask, "region", "title", "assigned_on"),
    "deliberation.worktask.no_end": one(WorkTask, done_on=None, cancelled_on=None),
    "deliberation.worktask.in_future": one(WorkTask, done_on=SOON, cancelled_on=None),
}  # fmt: skip


def test_every_check_is_broken_here() -> None:
    assert set(PLANTED) == set(CHECKS)


def test_every_check_is_of_records_with_a_page_and_a_home() -> None:
    assert not [check.name for check in CHECKS.values() if "page" not in LISTINGS[check.model].surfaces]
    assert not [check.name for check in CHECKS.values() if not region_path(check.model)]


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_a_check_finds_what_was_planted_and_its_link_works(
    name: str, tree: Tree, bureau_admin: User, as_user: Any
) -> None:
    check, client = CHECKS[name], as_user(bureau_admin)
    good = make_record(check.model, tree.village, "好的")
    before = {record.pk for record in findings.findings(check, bureau_admin, tree.county)}
    planted = {record.pk for record in PLANTED[name](tree)}
    found = {record.pk: record for record in findings.findings(check, bureau_admin, tree.county)}
    assert set(found) - before == planted, (good.pk, before)
    body = client.get(reverse("desk:quality_list", args=[name]) + f"?region={tree.county.code}").content.decode()
    for key in planted:
        url = LISTINGS[check.model].url("detail", found[key])
        assert f'href="{url}"' in body
        assert client.get(url).status_code == 200
    outside = make_other_admin(tree)
    assert not findings.findings(check, outside, tree.other_county).exists()
    assert as_user(outside).get(reverse("desk:quality_accept", args=[name, min(planted)])).status_code == 404


def make_other_admin(tree: Tree) -> User:
    return make_user("other_admin", tree.other_county, "bureau_admin")


NAME = "regions.facility.no_area"


@pytest.fixture
def flawed(tree: Tree) -> list[Facility]:
    return [PLANTED[NAME](tree)[0] for _turn in range(3)]


def test_findings_are_counted_by_place_told_once_and_not_again(
    flawed: list[Facility], tree: Tree, bureau_admin: User
) -> None:
    findings.count_all(tell=True)
    assert findings.by_check(tree.county)[NAME] == 3
    assert findings.by_place(tree.county, CHECKS[NAME]) == [(tree.street, 3)]
    assert findings.by_check(tree.other_county) == {}
    told = Message.objects.get(user=bureau_admin, kind="quality")
    assert told.url == reverse("desk:quality")
    findings.count_all(tell=True)
    assert Message.objects.filter(user=bureau_admin, kind="quality").count() == 1
    assert findings.by_check(tree.county)[NAME] == 3


def test_an_accepted_finding_does_not_come_back_until_it_is_taken_back(
    flawed: list[Facility], tree: Tree, bureau_admin: User, street_clerk: User, as_user: Any
) -> None:
    findings.count_all(tell=False)
    url = reverse("desk:quality_accept", args=[NAME, flawed[0].pk])
    assert as_user(street_clerk).get(url).status_code == 403
    client = as_user(bureau_admin)
    assert flawed[0].name in client.get(url).content.decode()
    assert client.post(url, {"reason": ""}).status_code == 200
    assert client.post(url, {"reason": "露天设施，没有面积"}).status_code == 302
    assert "已经接受" in client.post(url, {"reason": "再来"}).content.decode()
    accepted = AcceptedFinding.objects.get()
    assert (accepted.by, accepted.region, accepted.reason) == (bureau_admin, flawed[0].region, "露天设施，没有面积")
    assert findings.by_check(tree.county)[NAME] == 2
    findings.count_all(tell=False)
    assert findings.by_check(tree.county)[NAME] == 2
    assert flawed[0].pk not in {row.pk for row in findings.findings(CHECKS[NAME], bureau_admin, tree.county)}
    assert client.post(reverse("desk:accepted_finding_remove", args=[accepted.pk])).status_code == 302
    assert findings.by_check(tree.county)[NAME] == 3


def test_the_pages_cost_a_fixed_number_of_queries(
    flawed: list[Facility], tree: Tree, bureau_admin: User, as_user: Any, django_assert_max_num_queries: Any
) -> None:
    findings.count_all(tell=False)
    client = as_user(bureau_admin)
    for address in (reverse("desk:quality"), reverse("desk:quality_list", args=[NAME])):
        client.get(address)
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200


def test_findings_go_into_a_file_and_all_is_counted_anew_on_demand(
    flawed: list[Facility], tree: Tree, bureau_admin: User, street_clerk: User, as_user: Any
) -> None:
    client = as_user(bureau_admin)
    response = client.get(reverse("desk:quality_export", args=[NAME, "csv"]))
    text = b"".join(response.streaming_content).decode()
    assert text.count("\n") == 4
    assert client.get(reverse("desk:quality_export", args=[NAME, "exe"])).status_code == 404
    assert client.get(reverse("desk:quality") + f"?region={tree.other_county.code}").status_code == 404
    assert client.get(reverse("desk:quality_list", args=["regions.facility.nothing"])).status_code == 404
    assert as_user(street_clerk).post(reverse("desk:quality_recount")).status_code == 403
    first = client.post(reverse("desk:quality_recount"))
    assert client.post(reverse("desk:quality_recount")).url == first.url


def test_nothing_is_kept_of_a_check_that_is_gone(flawed: list[Facility], tree: Tree) -> None:
    QualityCount.objects.create(check_name="old.check", region=tree.street, number=1)
    findings.count_all(tell=False)
    assert not QualityCount.objects.filter(check_name="old.check").exists()


def test_the_front_page_of_the_admin_says_what_waits(
    flawed: list[Facility], tree: Tree, bureau_admin: User, system_admin: User, as_user: Any
) -> None:
    findings.count_all(tell=False)
    total = sum(findings.by_check(tree.county).values())
    body = as_user(bureau_admin).get(reverse("admin:index")).content.decode()
    assert f'数据质量：待核对的问题</a><strong class="some">{total}</strong>' in body
    assert "数据质量：待核对的问题" not in as_user(system_admin).get(reverse("admin:index")).content.decode()
