"""Each named rule of posts, certificates and committees, tried by breaking it below all code."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from governance.people.models import Person
from organizations.models import CommitteeMember, CommunityWorkerPost, QualifiedSpan, SocialWorkPost
from tests.factories.places import Tree
from tests.organizations.made import (
    certificate,
    day,
    member,
    organization,
    person,
    post,
    refused_by,
    span,
    training,
    worker,
)


@pytest.fixture
def one(tree: Tree) -> Person:
    return person(tree.street)


def test_one_main_post_at_a_time(tree: Tree, one: Person) -> None:
    post(one, tree.street, "2020-01-01", "2022-01-01")
    post(one, tree.next_street, "2022-01-01")
    post(one, tree.next_street, "2021-01-01", main=False)
    with refused_by("social_work_post_main_once"), transaction.atomic():
        post(one, tree.street, "2021-12-31", "2022-01-01")


@pytest.mark.parametrize("employer", ["", "社会工作站"])
def test_one_employer_and_only_one(employer: str, tree: Tree, one: Person) -> None:
    own = organization(tree.street) if employer else None
    with refused_by("social_work_post_employer"), transaction.atomic():
        SocialWorkPost.objects.create(
            person=one, region=tree.street, organization=own, employer=employer, **span("2020-01-01")
        )


def test_spans_end_after_they_start(tree: Tree, one: Person) -> None:
    same = ("2020-01-01", "2020-01-01")
    for rule, make in {
        "social_work_post_ends_after_start": lambda: post(one, tree.street, *same),
        "community_worker_post_ends_after_start": lambda: worker(one, tree.community, *same),
        "committee_member_ends_after_start": lambda: member(one, tree.community, 30, *same),
        "certificate_ends_after_start": lambda: certificate(one, "senior", *same),
    }.items():
        with refused_by(rule), transaction.atomic():
            make()


def test_one_community_at_a_time(tree: Tree, one: Person) -> None:
    worker(one, tree.community, "2020-01-01", "2022-01-01")
    worker(one, tree.village, "2022-01-01")
    with refused_by("community_worker_post_once"), transaction.atomic():
        worker(one, tree.community, "2021-06-01", "2021-07-01")


def test_one_seat_at_a_time(tree: Tree, one: Person) -> None:
    member(one, tree.community, 30, "2020-01-01")
    with refused_by("committee_member_once"), transaction.atomic():
        member(one, tree.village, 30, "2021-01-01")


def test_an_education_that_is_none(tree: Tree, one: Person) -> None:
    with refused_by("committee_member_education_known"), transaction.atomic():
        member(one, tree.community, 25, "2020-01-01")


def test_posts_and_seats_belong_to_communities(tree: Tree, one: Person) -> None:
    with refused_by("community_worker_post_in_community"), transaction.atomic():
        worker(one, tree.street, "2020-01-01")
    with refused_by("committee_member_in_community"), transaction.atomic():
        member(one, tree.county, 30, "2020-01-01")
    work, seat = worker(one, tree.community, "2020-01-01"), member(one, tree.community, 30, "2020-01-01")
    with refused_by("community_worker_post_in_community"), transaction.atomic():
        CommunityWorkerPost.objects.filter(pk=work.pk).update(community=tree.street)
    with refused_by("committee_member_in_community"), transaction.atomic():
        CommitteeMember.objects.filter(pk=seat.pk).update(community=tree.street)


def test_a_number_and_a_level_once(tree: Tree, one: Person) -> None:
    held = certificate(one, "senior", "2020-01-01", "2022-01-01")
    certificate(one, "senior", "2022-01-01")
    with refused_by("certificate_once"), transaction.atomic():
        certificate(one, "senior", "2021-01-01", "2022-01-01")
    with refused_by("certificate_number_once"), transaction.atomic():
        type(held).objects.create(
            person=person(tree.street, "李强"), level="senior", number=held.number, since=held.since
        )


def test_a_training_once_and_hours_from_zero(one: Person) -> None:
    row = training(one, "2024-01-01")
    given: dict[str, Any] = {"person": one, "finished_on": row.finished_on}
    with refused_by("training_record_once"), transaction.atomic():
        type(row).objects.create(title=row.title, **given)
    with refused_by("training_record_hours_not_negative"), transaction.atomic():
        type(row).objects.create(title="另一次", hours=-1, **given)


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        ("qualified_span_once", {}),
        ("qualified_span_one_post", {"kind": "trained_community_worker", "since": day("2010-01-01")}),
        ("qualified_span_ends_after_start", {"until": day("2010-01-01"), "since": day("2010-01-01")}),
    ],
)
def test_a_derived_span(rule: str, values: dict[str, Any], tree: Tree, one: Person) -> None:
    post(one, tree.street, "2020-01-01")
    certificate(one, "senior", "2020-01-01")
    (row,) = QualifiedSpan.objects.all()
    kept = ("kind", "person", "region", "level", "since", "social_work_post")
    given = {name: getattr(row, name) for name in kept} | {"until": None} | values
    with refused_by(rule), transaction.atomic():
        QualifiedSpan.objects.create(**given)
