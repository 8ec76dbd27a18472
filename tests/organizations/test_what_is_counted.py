"""Each mark of this app's sources, counted before, at and after the end of a month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from governance.attainment.results.rows import rows
from governance.kit.measures.sources import SOURCES
from governance.policies.models import Policy
from governance.regions.models import Facility, RegisterCoverage
from organizations.measures import register, social_work
from organizations.models import (
    CharityRecognition,
    Incubation,
    Organization,
    OrganizationParty,
    OrganizationStatus,
    RegistrationAssessment,
)
from tests.factories.places import Tree
from tests.organizations.made import (
    certificate,
    credit_code,
    day,
    member,
    organization,
    person,
    post,
    span,
    status,
    training,
    worker,
)
from tests.policies.made import make_clause, make_indicator, make_policy

SINCE, UNTIL = "2024-06-30", "2024-09-30"
Count = Callable[[str, str], Any]
Make = Callable[[Tree, str, str], Any]


@pytest.fixture
def count(tree: Tree) -> Count:
    """Return the number of an expression in the county as of a day, with every register kept from 2021 on."""
    assert register
    assert social_work
    for name in {case.split("(")[1].split(".")[0] for case in [*STOCKS, *FLOWS]}:
        RegisterCoverage.objects.create(region=tree.county, register=name, since=date(2021, 1, 1))
    policy: Policy = make_policy(tree.county, "tianyuan", valid_from=date(2021, 1, 1), valid_to=None)
    clause = make_clause(policy)
    slugs: dict[str, str] = {}

    def number(expression: str, on: str) -> Any:
        if expression not in slugs:
            slugs[expression] = f"asked-{len(slugs)}"
            make_indicator(clause, slugs[expression], numerator=expression, denominator="1", position=len(slugs))
        found = rows(policy, tree.county, day(on), date(2026, 2, 10))
        return next(row["numerator"] for row in found if row["indicator"] == slugs[expression])

    return number


def stands(kind: str, **values: Any) -> Make:
    """Return what makes an organisation with a status."""

    def make(tree: Tree, since: str, until: str) -> OrganizationStatus:
        return status(organization(tree.community, uscc=credit_code(), **values), kind, since, until)

    return make


def has(model: Any, **values: Any) -> Make:
    """Return what makes another fact of an organisation."""
    return lambda tree, since, until: model.objects.create(
        organization=organization(tree.street), **span(since, until), **values
    )


def established(tree: Tree, since: str, until: str) -> Any:
    """Make a party organisation that is founded while the conditions are met."""
    return OrganizationParty.objects.create(
        organization=organization(tree.street), established_on=day(since), **span("2022-01-01", until)
    )


def registered(tree: Tree, since: str, until: str) -> Any:
    """Assess an organisation that is registered later."""
    one = organization(tree.street, uscc=credit_code())
    status(one, "registered", since)
    return RegistrationAssessment.objects.create(organization=one, **span("2022-01-01", until))


def in_post(**values: Any) -> Make:
    return lambda tree, since, until: post(person(tree.street), tree.community, since, until, **values)


def holds(level: str) -> Make:
    """Return what lets somebody in post hold a certificate."""

    def make(tree: Tree, since: str, until: str) -> Any:
        one = person(tree.street)
        post(one, tree.community, "2020-01-01")
        return certificate(one, level, since, until)

    return make


def works(tree: Tree, since: str, until: str) -> Any:
    return worker(person(tree.street), tree.community, since, until)


def certified(tree: Tree, since: str, until: str) -> Any:
    one = person(tree.street)
    worker(one, tree.community, since, until)
    return certificate(one, "assistant", "2020-01-01")


def trained(tree: Tree, since: str, until: str) -> Any:
    one = person(tree.street)
    worker(one, tree.community, "2020-01-01", until)
    return training(one, since)


def sits(education: int, village: bool = False) -> Make:
    return lambda tree, since, until: member(
        person(tree.street), tree.village if village else tree.community, education, since, until
    )


COMMUNITY = {"community_based": True, "category": "life_services"}
STOCKS: dict[str, list[Make]] = {
    "stock(organizations.social_org)": [stands("filed"), stands("registered")],
    "stock(organizations.community_org)": [stands("filed", **COMMUNITY), stands("registered", **COMMUNITY)],
    "stock(organizations.charity_community_org)": [stands("filed", **COMMUNITY | {"category": "charity"})],
    "stock(organizations.filed_community_org)": [stands("filed", **COMMUNITY)],
    "stock(organizations.social_work_agency)": [stands("registered", nature="social_work_agency")],
    "stock(organizations.federation)": [stands("filed", nature="federation", **COMMUNITY)],
    "kinds(organizations.service_category, now)": [stands("filed", service_category="charity_relief", **COMMUNITY)],
    "stock(charity_status.recognised)": [has(CharityRecognition, way="recognised")],
    "stock(organization_party.eligible)": [has(OrganizationParty)],
    "stock(organization_party.established)": [established],
    "stock(organization_registrable.assessed)": [has(RegistrationAssessment)],
    "stock(organization_registrable.registered)": [registered],
    "stock(social_workers.professional)": [in_post(full_time=False)],
    "stock(social_workers.in_community)": [in_post(professional=False, full_time=False)],
    "stock(social_workers.full_time_in_community)": [in_post(professional=False)],
    "stock(certified_social_workers.any_level)": [holds("assistant"), holds("senior")],
    "stock(certified_social_workers.assistant)": [holds("assistant")],
    "stock(certified_social_workers.intermediate)": [holds("intermediate")],
    "stock(certified_social_workers.senior)": [holds("senior")],
    "stock(community_worker_posts.in_post)": [works],
    "stock(certified_community_workers.any_level)": [certified],
    "stock(trained_community_workers.last12)": [trained],
    "stock(committee_members.in_office)": [sits(10), sits(10, village=True)],
    "stock(committee_members.education_met)": [sits(30), sits(20, village=True)],
}
OTHERS: dict[str, list[Make]] = {
    "stock(organizations.social_org)": [stands("community_guided")],
    "stock(organizations.community_org)": [stands("filed"), stands("community_guided", **COMMUNITY)],
    "stock(organizations.charity_community_org)": [stands("filed", category="charity"), stands("filed", **COMMUNITY)],
    "stock(organizations.filed_community_org)": [stands("registered", **COMMUNITY), stands("filed")],
    "stock(organizations.social_work_agency)": [stands("filed", nature="social_work_agency"), stands("registered")],
    "stock(organizations.federation)": [stands("filed", nature="federation"), stands("filed", **COMMUNITY)],
    "kinds(organizations.service_category, now)": [
        stands("filed", **COMMUNITY),
        stands("filed", service_category="convenience"),
        stands("community_guided", service_category="convenience", **COMMUNITY),
    ],
    "stock(organization_party.established)": [has(OrganizationParty)],
    "stock(organization_registrable.registered)": [has(RegistrationAssessment)],
    "stock(social_workers.professional)": [in_post(professional=False), in_post(main=False)],
    "stock(social_workers.in_community)": [
        in_post(main=False),
        lambda tree, since, until: post(person(tree.street), tree.street, since, until),
    ],
    "stock(social_workers.full_time_in_community)": [
        in_post(full_time=False),
        in_post(main=False),
        lambda tree, since, until: post(person(tree.street), tree.street, since, until),
    ],
    "stock(certified_social_workers.any_level)": [in_post()],
    "stock(certified_social_workers.assistant)": [holds("intermediate"), holds("senior")],
    "stock(certified_social_workers.intermediate)": [holds("assistant"), holds("senior")],
    "stock(certified_social_workers.senior)": [holds("assistant"), holds("intermediate")],
    "stock(certified_community_workers.any_level)": [works, trained],
    "stock(trained_community_workers.last12)": [works, certified],
    "stock(committee_members.education_met)": [sits(20), sits(10, village=True)],
}
FLOWS = {f"flow(incubations.{tier}, ytd)": tier for tier in Incubation.Tier.values}


@pytest.mark.parametrize("expression", STOCKS)
def test_a_record_counts_from_its_first_day_to_its_last(expression: str, count: Count, tree: Tree) -> None:
    for make in STOCKS[expression]:
        make(tree, SINCE, UNTIL)
    number = len(STOCKS[expression])
    found = [count(expression, on) for on in ("2024-05-31", "2024-06-30", "2024-07-31", "2024-08-31", "2024-09-30")]
    assert found == [0, number, number, number, 0]


@pytest.mark.parametrize("expression", STOCKS)
def test_a_record_that_ends_on_the_first_counts_on_the_last_of_the_month(
    expression: str, count: Count, tree: Tree
) -> None:
    make = STOCKS[expression][0]
    make(tree, "2024-07-01", "2024-10-01")
    assert [count(expression, on) for on in ("2024-06-30", "2024-09-30", "2024-10-31")] == [0, 1, 0]


@pytest.mark.parametrize("expression", OTHERS)
def test_what_is_something_else_does_not_count(expression: str, count: Count, tree: Tree) -> None:
    for make in OTHERS[expression]:
        make(tree, SINCE, UNTIL)
    assert count(expression, "2024-07-31") == 0


def test_every_mark_is_tried() -> None:
    own = {"organizations", "social_workers"} | {expression.split("(")[1].split(".")[0] for expression in STOCKS}
    marks = {f"{name}.{mark}" for name in own for mark in SOURCES[name].intervals.marks}  # type: ignore[union-attr]
    assert marks == {expression[6:-1] for expression in STOCKS if expression.startswith("stock(")}
    assert set(SOURCES["incubations"].events.marks) == set(FLOWS.values())  # type: ignore[union-attr]


@pytest.mark.parametrize("expression", FLOWS)
def test_an_admission_counts_in_its_year(expression: str, count: Count, tree: Tree) -> None:
    others = [tier for tier in FLOWS.values() if tier != FLOWS[expression]]
    for tier, on in ((FLOWS[expression], "2024-06-30"), *((other, "2024-02-01") for other in others)):
        one: Organization = organization(tree.street)
        Incubation.objects.create(organization=one, region=tree.street, tier=tier, mode="online", admitted_on=day(on))
    found = [count(expression, on) for on in ("2024-05-31", "2024-06-30", "2024-12-31", "2025-01-31")]
    assert found == [0, 1, 1, 0]


def test_a_community_has_a_platform_by_its_room_and_any_post(count: Count, tree: Tree) -> None:
    RegisterCoverage.objects.create(region=tree.county, register="capabilities", since=date(2021, 1, 1))
    RegisterCoverage.objects.create(region=tree.county, register="facilities", since=date(2021, 1, 1))
    Facility.objects.create(region=tree.community, kind="social_work_room", name="社工室", since=day("2022-01-01"))
    asked = "regions_with(social_work_platform, community)"
    one = person(tree.street)
    post(one, tree.street, "2022-01-01")  # her main post
    post(one, tree.community, SINCE, "2024-08-31", main=False, full_time=False)
    assert count(asked, "2024-07-31") == 0  # nobody full-time yet
    post(one, tree.community, "2024-07-31", UNTIL, main=False)
    assert [count(asked, on) for on in ("2024-06-30", "2024-07-31", "2024-08-31", "2024-09-30")] == [0, 1, 1, 0]
