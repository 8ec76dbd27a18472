"""Each named rule, tried by breaking it below all code."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.db.models import Model

from tests.factories.places import Tree
from tests.volunteers.made import activity, day, person, points, refused_by, service, span, volunteer
from volunteers.models import Activity, PartyReport, PointsIssue, PointsPartner, ServiceRecord, SpotCheck, Volunteer


def update(record: Model, **values: Any) -> None:
    record._meta.model._default_manager.filter(pk=record.pk).update(**values)


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("volunteer_ends_after_start", {"until": day("2021-05-18")}),
        ("volunteer_verified_inside_span", {"until": day("2022-01-01"), "verified_on": day("2022-01-01")}),
    ],
)
def test_a_volunteer(rule: str, change: dict[str, Any], tree: Tree) -> None:
    made = volunteer(tree.community)
    with refused_by(rule), transaction.atomic():
        update(made, **change)


def test_a_number_twice(tree: Tree) -> None:
    first = volunteer(tree.community)
    with refused_by("volunteer_number_once"), transaction.atomic():
        volunteer(tree.next_community, number=first.number)
    update(first, until=day("2023-01-01"))
    volunteer(tree.next_community, "2023-01-01", of=first.person, number=first.number)


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("activity_ends_after_start", {"ends_on": day("2024-02-29")}),
        ("activity_cancelled_after_published", {"published_on": day("2024-02-02"), "cancelled_on": day("2024-02-01")}),
        ("activity_capacity_positive", {"capacity": 0}),
    ],
)
def test_an_activity(rule: str, change: dict[str, Any], tree: Tree) -> None:
    made = activity(tree.community)
    with refused_by(rule), transaction.atomic():
        update(made, **change)


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("service_record_minutes", {"minutes": 0}),
        ("service_record_minutes", {"minutes": 1441}),
        ("service_record_confirmed_after_service", {"confirmed_on": day("2024-02-29")}),
    ],
)
def test_a_service_record(rule: str, change: dict[str, Any], tree: Tree) -> None:
    made = service(volunteer(tree.community), "2024-03-01")
    with refused_by(rule), transaction.atomic():
        update(made, **change)


def test_a_volunteer_twice_in_an_activity(tree: Tree) -> None:
    of, at = volunteer(tree.community), activity(tree.community)
    first = service(of, "2024-03-01", activity=at)
    service(of, "2024-03-01")  # of none
    with refused_by("service_record_once"), transaction.atomic():
        service(of, "2024-03-02", activity=at)
    update(first, voided=True)
    second = service(of, "2024-03-02", activity=at, corrects=first)
    with refused_by("service_record_corrected_once"), transaction.atomic():
        service(of, "2024-03-02", corrects=first)
    assert second.corrects == first


@pytest.mark.parametrize("amount", [0, -5])
def test_points_of_nothing_and_points_taken_without_a_reason(amount: int, tree: Tree) -> None:
    rule = "points_issue_not_zero" if amount == 0 else "points_issue_negative_reverses"
    of = volunteer(tree.community)
    with refused_by(rule), transaction.atomic():
        points(of, amount)


def test_points_are_reversed_once_and_given_once_for_a_record(tree: Tree) -> None:
    of = volunteer(tree.community)
    record = service(of, "2024-03-01")
    first = points(of, service_record=record)
    with refused_by("points_issue_once"), transaction.atomic():
        points(of, service_record=record)
    points(of, -10, reverses=first, service_record=record)
    with refused_by("points_issue_reversed_once"), transaction.atomic():
        points(of, -10, reverses=first)
    with refused_by("points_issue_negative_reverses"), transaction.atomic():
        points(of, 10, reverses=points(of))


def partner(tree: Tree, **values: Any) -> PointsPartner:
    given = {"region": tree.street, "kind": "merchant", "name": "惠民超市"} | span("2022-01-01")
    return PointsPartner.objects.create(**(given | values))


def test_a_partner(tree: Tree) -> None:
    partner(tree)
    with refused_by("points_partner_once"), transaction.atomic():
        partner(tree, since=day("2023-01-01"))
    partner(tree, kind="talent", person=person(tree.community))
    partner(tree, region=tree.community)
    with refused_by("points_partner_merchant_no_person"), transaction.atomic():
        partner(tree, name="另一家", person=person(tree.community))
    with refused_by("points_partner_ends_after_start"), transaction.atomic():
        partner(tree, name="又一家", until=day("2022-01-01"))


def report(tree: Tree, of: Any, since: str, until: str | None = None, **values: Any) -> PartyReport:
    return PartyReport.objects.create(
        **({"community": tree.community, "person": of, "unit_name": "某局机关支部"} | span(since, until) | values)
    )


def test_a_party_member_reports_to_one_community_at_a_time(tree: Tree) -> None:
    of = person(tree.community)
    report(tree, of, "2022-01-01", "2023-01-01")
    report(tree, of, "2023-01-01", community=tree.village)
    with refused_by("party_report_once"), transaction.atomic():
        report(tree, of, "2022-12-31", "2023-01-02", community=tree.next_community)
    with refused_by("party_report_ends_after_start"), transaction.atomic():
        report(tree, person(tree.community), "2022-01-01", "2021-12-31")


CHECK = {
    "title": "年度抽查",
    "kind": "records",
    "period_from": day("2024-01-01"),
    "period_to": day("2024-06-30"),
    "population": 200,
    "sample": 20,
}


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("spot_check_period", {"period_to": day("2023-12-31")}),
        ("spot_check_sample", {"sample": 201}),
        ("spot_check_failed", {"failed": 21}),
        ("spot_check_concluded_with_result", {"concluded_on": day("2024-07-10")}),
        ("spot_check_published_after_concluded", {"published_on": day("2024-07-10")}),
        (
            "spot_check_published_after_concluded",
            {"failed": 0, "concluded_on": day("2024-07-10"), "published_on": day("2024-07-09")},
        ),
    ],
)
def test_a_spot_check(rule: str, change: dict[str, Any], tree: Tree) -> None:
    SpotCheck.objects.create(region=tree.county, **CHECK, failed=0, concluded_on=day("2024-07-10"))
    with refused_by(rule), transaction.atomic():
        SpotCheck.objects.create(region=tree.county, **(CHECK | change))


def test_what_is_homed_at_a_community_lies_in_none_other(tree: Tree) -> None:
    of = volunteer(tree.community)
    made: list[Model] = [
        of,
        activity(tree.community),
        service(of, "2024-03-01"),
        points(of),
        report(tree, of.person, "2022-01-01"),
    ]
    rules = ("volunteer", "activity", "service_record", "points_issue", "party_report")
    for rule, record in zip(rules, made, strict=True):
        with refused_by(f"{rule}_in_community"), transaction.atomic():
            update(record, community=tree.street)
        copied = record._meta.model._default_manager.get(pk=record.pk)
        copied.pk = None
        for name, value in (("until", day("2030-01-01")), ("number", "other"), ("person", person(tree.community))):
            if hasattr(copied, name):
                setattr(copied, name, value)
        copied.community = tree.street  # type: ignore[attr-defined]
        with refused_by(f"{rule}_in_community"), transaction.atomic():
            record._meta.model._default_manager.bulk_create([copied])
    assert {each._meta.model for each in made} == {Volunteer, Activity, ServiceRecord, PointsIssue, PartyReport}
