"""The day of registration of an assessed organisation, kept by triggers and computed here once more from scratch."""

from __future__ import annotations

import io
import random
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from organizations.models import Organization, OrganizationStatus, RegistrationAssessment
from tests.factories.places import Tree
from tests.organizations.made import credit_code, day, organization, span, status


@pytest.fixture
def one(tree: Tree) -> Organization:
    return organization(tree.street, uscc=credit_code())


def assess(of: Organization, since: str, until: str | None = None, **values: Any) -> RegistrationAssessment:
    return RegistrationAssessment.objects.create(organization=of, **span(since, until), **values)


def known(of: Organization) -> list[date | None]:
    rows = RegistrationAssessment.objects.filter(organization=of).order_by("since")
    return list(rows.values_list("registered_on", flat=True))


def expected(of: Organization) -> list[date | None]:
    """Return the first day of each assessment on which a registered status holds."""
    statuses = list(OrganizationStatus.objects.filter(organization=of, status="registered"))
    days: list[date | None] = []
    for row in RegistrationAssessment.objects.filter(organization=of).order_by("since"):
        end = row.until or date.max
        starts = [max(each.since, row.since) for each in statuses if (each.until or date.max) > row.since]
        days.append(min((start for start in starts if start < end), default=None))
    return days


def test_it_follows_the_status_wherever_it_is_written(one: Organization) -> None:
    assess(one, "2023-01-01")
    assert known(one) == [None]
    filed = status(one, "filed", "2023-02-01")
    assert known(one) == [None]
    OrganizationStatus.objects.filter(pk=filed.pk).update(status="registered")
    assert known(one) == [day("2023-02-01")]
    filed.refresh_from_db()
    filed.since = day("2022-02-01")
    filed.save()
    assert known(one) == [day("2023-01-01")]  # not before the assessment
    filed.delete()
    assert known(one) == [None]
    with connection.cursor() as cursor:
        row = f"{one.pk}\tregistered\t\t2023-06-01\t2023-06-01\n"
        columns = "organization_id, status, document_no, since, changed_at"
        cursor.copy_expert(f"COPY organizations_organizationstatus ({columns}) FROM STDIN", io.StringIO(row))
    assert known(one) == [day("2023-06-01")]
    OrganizationStatus.objects.bulk_create(
        [
            OrganizationStatus(
                organization=one, region=one.region, status="registered", **span("2023-03-01", "2023-04-01")
            )
        ]
    )
    assert known(one) == [day("2023-03-01")]


def test_what_a_writer_says_never_wins(one: Organization) -> None:
    status(one, "registered", "2023-06-01")
    row = assess(one, "2023-01-01", registered_on=day("2020-01-01"))
    assert known(one) == [day("2023-06-01")]
    row.registered_on = None
    row.save()
    assert known(one) == [day("2023-06-01")]
    RegistrationAssessment.objects.update(registered_on=day("2020-01-01"))
    assert known(one) == [day("2023-06-01")]


def test_registration_before_or_after_the_span_is_none(one: Organization) -> None:
    status(one, "registered", "2015-01-01", "2018-01-01")
    assess(one, "2018-01-01", "2020-01-01")
    status(one, "registered", "2020-01-01")
    assert known(one) == [None]


def test_rows_that_stay_as_they_are_are_not_written(one: Organization) -> None:
    assess(one, "2023-01-01")
    row = status(one, "registered", "2022-01-01")
    version = "SELECT xmin, ctid FROM organizations_registrationassessment"
    with connection.cursor() as cursor:
        cursor.execute(version)
        before = cursor.fetchall()
        OrganizationStatus.objects.filter(pk=row.pk).update(document_no="民登〔2022〕1 号", since=day("2022-02-01"))
        cursor.execute(version)
        assert cursor.fetchall() == before


def test_random_writes_leave_what_is_computed_from_scratch(tree: Tree) -> None:
    chance = random.Random(20260211)
    several = [organization(tree.street, uscc=credit_code()) for _each in range(3)]
    start = date(2020, 1, 1)

    def days() -> dict[str, Any]:
        since = start + timedelta(days=chance.randrange(60) * 10)
        until = since + timedelta(days=10 * chance.randint(1, 12)) if chance.random() < 0.7 else None
        return {"since": since, "until": until}

    for _step in range(150):
        model: Any = chance.choice((OrganizationStatus, RegistrationAssessment))
        rows = list(model.objects.filter(organization=chance.choice(several)).order_by("pk"))
        row = chance.choice(rows) if rows else None
        values = days() | ({"status": chance.choice(("filed", "registered"))} if model is OrganizationStatus else {})
        move = chance.random()
        if row is not None and move < 0.2:
            row.delete()
            continue
        of = row.organization if row is not None and move < 0.5 else chance.choice(several)
        end = values["until"] or date.max
        others = model.objects.filter(organization=of).exclude(pk=row.pk if row is not None and move < 0.5 else None)
        if any(each.since < end and values["since"] < (each.until or date.max) for each in others):
            continue
        if row is not None and move < 0.5:
            model.objects.filter(pk=row.pk).update(**values)
        else:
            model.objects.create(organization=of, **values)
    assert RegistrationAssessment.objects.filter(
        registered_on__isnull=False
    ).exists()  # the same each time: see the seed
    assert [known(each) for each in several] == [expected(each) for each in several]
