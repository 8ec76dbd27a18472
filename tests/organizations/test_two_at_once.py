"""Two at once, in two connections: what the database derives takes account of both."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from governance.kit.errors import DomainError
from organizations.actions import ending
from organizations.models import (
    Organization,
    OrganizationEnding,
    OrganizationStatus,
    QualifiedSpan,
    RegistrationAssessment,
)
from tests.factories import make_tree, make_user
from tests.factories.places import Tree
from tests.organizations.made import certificate, credit_code, day, organization, person, post, span, status

pytestmark = pytest.mark.django_db(transaction=True)
WAITS = 0.7  # seconds after which somebody who has not answered is held up


@pytest.fixture
def place() -> Tree:
    return make_tree()


def one_after_the_other(first: Callable[[], Any], second: Callable[[], Any]) -> Any:
    """Do `second` while the transaction of `first` is open; it has to wait. Return what came of it."""
    found: list[Any] = []

    def act() -> None:
        try:
            found.append(second())
        except IntegrityError as error:
            found.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=act)
    with transaction.atomic():
        first()
        thread.start()
        thread.join(WAITS)
        assert found == []
    thread.join(10)
    return found[0]


@pytest.mark.parametrize("post_first", [True, False])
def test_a_post_and_a_certificate_at_the_same_time_meet(post_first: bool, place: Tree) -> None:
    one = person(place.street)
    acts = [lambda: post(one, place.street, "2020-01-01"), lambda: certificate(one, "senior", "2021-01-01")]
    one_after_the_other(*(acts if post_first else acts[::-1]))
    assert QualifiedSpan.objects.get().since == day("2021-01-01")


@pytest.mark.parametrize("status_first", [True, False])
def test_an_assessment_and_a_registration_at_the_same_time_meet(status_first: bool, place: Tree) -> None:
    one = organization(place.street, uscc=credit_code())
    acts = [
        lambda: status(one, "registered", "2023-01-01"),
        lambda: RegistrationAssessment.objects.create(organization=one, **span("2022-01-01")),
    ]
    one_after_the_other(*(acts if status_first else acts[::-1]))
    assert RegistrationAssessment.objects.get().registered_on == day("2023-01-01")


def test_a_code_does_not_go_while_its_organisation_is_registered(place: Tree) -> None:
    one = organization(place.street, uscc=credit_code())

    def empty() -> Any:
        return Organization.objects.filter(pk=one.pk).update(uscc=None)

    refused = one_after_the_other(lambda: status(one, "registered", "2023-01-01"), empty)
    assert isinstance(refused, IntegrityError)
    OrganizationStatus.objects.all().delete()
    refused = one_after_the_other(empty, lambda: status(one, "registered", "2023-01-01"))
    assert isinstance(refused, IntegrityError)
    assert not OrganizationStatus.objects.exists()


@pytest.mark.parametrize("move_first", [True, False])
def test_a_status_and_a_move_at_the_same_time_do_not_part(move_first: bool, place: Tree) -> None:
    one = organization(place.street)

    def move() -> Any:
        return Organization.objects.filter(pk=one.pk).update(region=place.next_street)

    acts = [move, lambda: status(one, "filed", "2023-01-01")]
    refused = one_after_the_other(*(acts if move_first else acts[::-1]))
    assert isinstance(refused, IntegrityError)
    one.refresh_from_db()
    assert not OrganizationStatus.objects.exclude(region=one.region).exists()


def test_what_has_ended_is_not_opened_again_where_the_organisation_has_left(place: Tree) -> None:
    one = organization(place.street)
    status(one, "filed", "2020-01-01", "2023-01-01")
    Organization.objects.filter(pk=one.pk).update(region=place.next_street)
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganizationStatus.objects.update(until=None)
    assert OrganizationStatus.objects.get().until == day("2023-01-01")


def test_two_mergers_that_cross_have_one_outcome(place: Tree) -> None:
    one, other = organization(place.street), organization(place.street)
    for each in (one, other):
        status(each, "community_guided", "2021-01-01")
    clerk = make_user("clerk", place.street, "clerk")

    def merge(this: Organization, into: Organization) -> Any:
        try:
            return ending.dissolve(this, by=clerk, way="merged", on=day("2025-01-01"), into=into)
        except DomainError as refusal:
            return refusal

    found = one_after_the_other(lambda: merge(one, other), lambda: merge(other, one))
    assert isinstance(found, DomainError)
    assert [row.organization for row in OrganizationEnding.objects.all()] == [one]
    assert OrganizationStatus.objects.get(until__isnull=True).organization == other
