"""Each named rule of organisations and their facts, tried by breaking it below all code."""

from __future__ import annotations

import io
from typing import Any

import psycopg2
import pytest
from django.db import IntegrityError, connection, transaction

from governance.regions.models import Region
from organizations.models import (
    CharityRecognition,
    Incubation,
    Organization,
    OrganizationParty,
    OrganizationSpan,
    OrganizationStatus,
    RegistrationAssessment,
)
from tests.factories.places import Tree
from tests.organizations.made import credit_code, day, organization, refused_by, span, status

FACTS: list[tuple[type[OrganizationSpan], dict[str, Any]]] = [
    (OrganizationStatus, {"status": "filed"}),
    (CharityRecognition, {"way": "recognised"}),
    (OrganizationParty, {}),
    (RegistrationAssessment, {}),
]
NAMES = {
    OrganizationStatus: "organization_status",
    CharityRecognition: "charity_recognition",
    OrganizationParty: "organization_party",
    RegistrationAssessment: "registration_assessment",
}


def test_one_code_once(tree: Tree) -> None:
    code = credit_code()
    organization(tree.street, uscc=code)
    with refused_by("organization_uscc_once"), transaction.atomic():
        organization(tree.next_street, uscc=code)


def test_one_name_once_in_a_place(tree: Tree) -> None:
    organization(tree.street, "金谷舞蹈队")
    organization(tree.next_street, "金谷舞蹈队")
    with refused_by("organization_name_once_in_region"), transaction.atomic():
        organization(tree.street, "金谷舞蹈队")


@pytest.mark.parametrize("code", ["52500103MJ000000", "52500103MJ0000000I", "52500103mj0000001X", ""])
def test_a_code_that_is_not_written_right(code: str, tree: Tree) -> None:
    with refused_by("organization_uscc_written_right"), transaction.atomic():
        organization(tree.street, uscc=code)


def test_an_organisation_of_a_community_without_category(tree: Tree) -> None:
    with refused_by("organization_category_when_community"), transaction.atomic():
        organization(tree.community, community_based=True)
    assert organization(tree.community, community_based=True, category="charity").pk


@pytest.mark.parametrize(("model", "values"), FACTS)
def test_a_fact_that_ends_before_it_starts(model: type[OrganizationSpan], values: dict[str, Any], tree: Tree) -> None:
    with refused_by(f"{NAMES[model]}_ends_after_start"), transaction.atomic():
        model._default_manager.create(
            organization=organization(tree.street), **span("2024-01-01", "2024-01-01"), **values
        )


@pytest.mark.parametrize(("model", "values"), FACTS)
def test_a_fact_twice_at_a_time(model: type[OrganizationSpan], values: dict[str, Any], tree: Tree) -> None:
    one = organization(tree.street)
    model._default_manager.create(organization=one, **span("2022-01-01", "2024-01-01"), **values)
    model._default_manager.create(organization=one, **span("2024-01-01"), **values)
    with refused_by(f"{NAMES[model]}_once"), transaction.atomic():
        model._default_manager.create(organization=one, **span("2023-12-31", "2024-01-01"), **values)


def test_a_party_organisation_after_the_end(tree: Tree) -> None:
    one = organization(tree.street)
    with refused_by("organization_party_inside_span"), transaction.atomic():
        OrganizationParty.objects.create(
            organization=one, established_on=day("2024-01-01"), **span("2022-01-01", "2024-01-01")
        )


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        ("incubation_graduates_after_admission", {"graduated_on": day("2023-12-31")}),
        ("incubation_exits_after_admission", {"exited_on": day("2023-12-31")}),
    ],
)
def test_an_incubation_that_ends_before_it_began(rule: str, values: dict[str, Any], tree: Tree) -> None:
    with refused_by(rule), transaction.atomic():
        incubate(organization(tree.street), tree.street, **values)


def test_an_incubation_twice_on_a_day(tree: Tree) -> None:
    one = organization(tree.street)
    incubate(one, tree.street)
    incubate(one, tree.street, tier="street_hub")
    with refused_by("incubation_once"), transaction.atomic():
        incubate(one, tree.county)


def incubate(of: Organization, region: Region, **values: Any) -> Incubation:
    given = {"tier": "functional", "mode": "in_house", "admitted_on": day("2024-01-01")}
    return Incubation.objects.create(organization=of, region=region, **(given | values))


# ---- where a fact is homed ----


@pytest.mark.parametrize(("model", "values"), FACTS)
def test_a_fact_is_homed_where_its_organisation_is(
    model: type[OrganizationSpan], values: dict[str, Any], tree: Tree
) -> None:
    one = organization(tree.street)
    made = model._default_manager.create(organization=one, **span("2024-01-01"), **values)
    assert model._default_manager.get(pk=made.pk).region == tree.street


def test_rows_that_are_copied_in_are_homed_too_and_the_place_of_what_has_ended_stays(tree: Tree) -> None:
    one, other = organization(tree.street), organization(tree.village)
    with connection.cursor() as cursor:
        cursor.copy_expert(
            f"COPY organizations_charityrecognition ({COPIED}) FROM STDIN",
            lines(
                f"{one.pk}\t\\N\trecognised\t\t2024-01-01\t\\N\t2024-01-01",
                f"{other.pk}\t{tree.county.pk}\trecognised\t\t2024-01-01\t2024-06-01\t2024-01-01",
            ),
        )
    homes = dict(CharityRecognition.objects.values_list("organization", "region"))
    assert homes == {one.pk: tree.street.pk, other.pk: tree.county.pk}


def test_what_is_open_is_not_copied_in_elsewhere(tree: Tree) -> None:
    one = organization(tree.street)
    row = f"{one.pk}\t{tree.county.pk}\trecognised\t\t2024-01-01\t\\N\t2024-01-01"
    refused = pytest.raises(psycopg2.errors.CheckViolation, match="an open fact stands where its organisation is")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.copy_expert(f"COPY organizations_charityrecognition ({COPIED}) FROM STDIN", lines(row))


COPIED = "organization_id, region_id, way, document_no, since, until, changed_at"


def lines(*rows: str) -> Any:
    return io.StringIO("".join(f"{row}\n" for row in rows))


@pytest.mark.parametrize(("model", "values"), FACTS)
def test_a_fact_stays_with_its_organisation(model: type[OrganizationSpan], values: dict[str, Any], tree: Tree) -> None:
    made = model._default_manager.create(organization=organization(tree.street), **span("2024-01-01"), **values)
    with refused_by("organization_span_stays"), transaction.atomic():
        model._default_manager.filter(pk=made.pk).update(organization=organization(tree.street))


def test_an_organisation_leaves_with_its_open_facts_only(tree: Tree) -> None:
    one = organization(tree.street)
    fact = status(one, "filed", "2024-01-01")
    with refused_by("organization_moves_with_its_facts"), transaction.atomic():
        Organization.objects.filter(pk=one.pk).update(region=tree.next_street)
    fact.until = day("2025-01-01")
    fact.save()
    assert Organization.objects.filter(pk=one.pk).update(region=tree.next_street) == 1


# ---- a registered organisation has a credit code ----


def test_a_registered_organisation_without_a_code(tree: Tree) -> None:
    one = organization(tree.street)
    with refused_by("organization_registered_has_code"), transaction.atomic():
        status(one, "registered", "2024-01-01")
    filed = status(one, "filed", "2024-01-01")
    with refused_by("organization_registered_has_code"), transaction.atomic():
        OrganizationStatus.objects.filter(pk=filed.pk).update(status="registered")


def test_rows_copied_in_are_refused_as_well(tree: Tree) -> None:
    one = organization(tree.street)
    with refused_by("organization_registered_has_code"), transaction.atomic(), connection.cursor() as cursor:
        try:
            cursor.copy_expert(
                "COPY organizations_organizationstatus (organization_id, status, document_no, since, changed_at)"
                " FROM STDIN",
                lines(f"{one.pk}\tregistered\t\t2024-01-01\t2024-01-01"),
            )
        except psycopg2.IntegrityError as error:
            raise IntegrityError(str(error)) from error


def test_a_registered_organisation_keeps_its_code(tree: Tree) -> None:
    one, free = organization(tree.street, uscc=credit_code()), organization(tree.street, uscc=credit_code())
    status(one, "registered", "2024-01-01")
    with refused_by("organization_registered_has_code"), transaction.atomic():
        Organization.objects.filter(pk=one.pk).update(uscc=None)
    Organization.objects.filter(pk=one.pk).update(uscc=credit_code())
    assert Organization.objects.filter(pk=free.pk).update(uscc=None) == 1
