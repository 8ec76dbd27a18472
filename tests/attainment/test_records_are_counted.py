"""Real records, through the declarations of their sources, become the numbers of a row; and the command prints it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.attainment.models import ReportedFigure
from governance.attainment.results.rows import rows
from governance.policies.models import Clause, Policy
from governance.regions.models import CapabilityComponent, Estate, Facility, RegionCapability, RegisterCoverage
from tests.factories.places import Tree
from tests.policies.made import make_clause, make_indicator, make_policy, make_target

TODAY = date(2026, 2, 10)
DAY = date(2025, 12, 31)


@pytest.fixture
def policy(tree: Tree) -> Policy:
    return make_policy(tree.county, "tianyuan", valid_from=date(2021, 1, 1), valid_to=None)


@pytest.fixture
def clause(policy: Policy) -> Clause:
    return make_clause(policy)


def keep(place: Any, register: str, since: date = date(2021, 1, 1)) -> None:
    RegisterCoverage.objects.create(region=place, register=register, since=since)


def figure(place: Any, measure: str, value: int, on: date = date(2021, 1, 1), **fields: Any) -> None:
    given = {"state": ReportedFigure.State.APPROVED, "source": "统计公报"}
    ReportedFigure.objects.create(region=place, measure=measure, on=on, value=value, **(given | fields))


def row(policy: Policy, place: Any, slug: str, day: date = DAY) -> dict[str, Any]:
    return next(found for found in rows(policy, place, day, TODAY) if found["indicator"] == slug)


def ask(clause: Clause, slug: str, numerator: str, denominator: str = "1", **fields: Any) -> Any:
    return make_indicator(
        clause, slug, numerator=numerator, denominator=denominator, position=clause.indicators.count() + 1, **fields
    )


def test_facilities_are_counted_where_their_register_is_kept(tree: Tree, policy: Policy, clause: Clause) -> None:
    for place, area, until in (
        (tree.community, "80.50", None),
        (tree.street, "19.50", None),
        (tree.village, "500", date(2025, 3, 1)),
    ):
        Facility.objects.create(
            region=place, kind="incubator", name="孵化", since=date(2022, 1, 1), until=until, floor_area=Decimal(area)
        )
    Facility.objects.create(
        region=tree.next_community, kind="incubator", name="邻街", since=date(2022, 1, 1), floor_area=Decimal(7)
    )
    make_target(
        ask(clause, "area", "stock(facilities.incubator, floor_area)", unit="平方米"), tree.county, value=Decimal(150)
    )
    assert row(policy, tree.county, "area")["status"] == "no_data"
    assert row(policy, tree.county, "area")["reason"] == "台账未启用"

    keep(tree.street, "facilities")
    found = row(policy, tree.county, "area")
    assert (found["numerator"], found["completeness"]) == (100, Fraction(2, 3))  # two communities of three are kept
    assert (found["status"], found["provisional"], found["gap"]) == ("overdue", True, 50)
    assert row(policy, tree.county, "area", date(2025, 2, 28))["numerator"] == 600  # before the village's one closed


def test_a_facility_implies_an_item_and_a_component(tree: Tree, policy: Policy, clause: Clause) -> None:
    keep(tree.county, "capabilities")
    Facility.objects.create(region=tree.community, kind="social_work_room", name="社工室", since=date(2023, 5, 10))
    ask(
        clause,
        "room",
        "regions_with(social_work_room, community)",
        "units(community)",
        kind="coverage",
        factor=100,
        unit="%",
        unit_levels=["community"],
    )
    ask(clause, "service", "regions_with(social_work_service, community)")
    ask(clause, "platform", "regions_with(social_work_platform, community)")
    assert row(policy, tree.county, "room")["value"] == Fraction(100, 3)
    assert row(policy, tree.county, "room", date(2023, 4, 30))["value"] == 0
    assert row(policy, tree.county, "service")["numerator"] == 1
    assert row(policy, tree.county, "platform")["numerator"] == 0  # the place alone, of three parts
    for part in CapabilityComponent.objects.filter(item="social_work_platform").exclude(slug="place"):
        RegionCapability.objects.create(
            region=tree.community, item_id="social_work_platform", component=part, since=date(2024, 1, 1)
        )
    assert row(policy, tree.county, "platform")["numerator"] == 1


def test_estates_with_a_party_branch_start_when_the_branch_does(tree: Tree, policy: Policy, clause: Clause) -> None:
    keep(tree.county, "estates")
    Estate.objects.create(community=tree.community, name="阳光小区", party_branch_from=date(2024, 6, 1))
    Estate.objects.create(community=tree.community, name="湖畔小区", since=date(2020, 1, 1))
    ask(clause, "branches", "stock(estates.party_branch)", "stock(estates.all)", kind="share", factor=100, unit="%")
    assert row(policy, tree.street, "branches", date(2024, 5, 31))["value"] == 0
    assert row(policy, tree.street, "branches", date(2024, 6, 30))["value"] == 50


def test_only_approved_figures_count_and_a_pair_is_two_numbers(tree: Tree, policy: Policy, clause: Clause) -> None:
    ask(
        clause,
        "share",
        "figure(survey.participation.positive)",
        "figure(survey.participation.respondents)",
        kind="survey",
        factor=100,
        unit="%",
    )
    ask(clause, "people", "figure(resident_population)", unit="人")
    figure(tree.county, "survey.participation", 120, out_of=200)
    figure(tree.county, "resident_population", 9000, on=date(2024, 1, 1), state="submitted")
    figure(tree.street, "resident_population", 500)
    assert row(policy, tree.county, "share")["value"] == 60
    people = row(policy, tree.county, "people")
    assert (people["numerator"], people["completeness"]) == (500, Fraction(2, 3))


def test_a_reported_sum_stands_in_until_the_register_is_kept_everywhere(
    tree: Tree, policy: Policy, clause: Clause
) -> None:
    ask(clause, "incubators", "stock(facilities.incubator)")
    figure(tree.county, "facilities.incubator", 12)
    keep(tree.street, "facilities", date(2025, 6, 1))
    Facility.objects.create(region=tree.community, kind="incubator", name="孵化", since=date(2022, 1, 1))
    assert row(policy, tree.county, "incubators")["numerator"] == 12
    keep(tree.county, "facilities", date(2025, 11, 1))
    assert row(policy, tree.county, "incubators", date(2025, 10, 31))["numerator"] == 12
    assert row(policy, tree.county, "incubators")["numerator"] == 1


def test_a_source_that_nobody_declares_has_no_data_with_its_reason(tree: Tree, policy: Policy, clause: Clause) -> None:
    make_target(ask(clause, "funds", "stock(lighthouses.lit)"), tree.county)
    found = row(policy, tree.county, "funds")
    assert (found["status"], found["reason"]) == ("no_data", "尚无数据来源")


def test_an_allocated_target_is_judged_at_its_place(tree: Tree, policy: Policy, clause: Clause) -> None:
    keep(tree.county, "facilities")
    indicator = ask(clause, "incubators", "stock(facilities.incubator)")
    make_target(indicator, tree.county, value=Decimal(8))
    assert row(policy, tree.street, "incubators")["status"] == "no_target"
    make_target(indicator, tree.street, "allocated", value=Decimal(0))
    found = row(policy, tree.street, "incubators")
    assert (found["status"], found["target"]) == ("met", 0)


def test_every_unit_is_tested_above_it_and_the_text_number_is_told(tree: Tree, policy: Policy, clause: Clause) -> None:
    keep(tree.county, "facilities")
    Facility.objects.create(region=tree.community, kind="incubator", name="孵化", since=date(2022, 1, 1))
    indicator = ask(clause, "each", "stock(facilities.incubator)", test="each_unit", unit_levels=["township"])
    make_target(indicator, tree.county, value=Decimal(2))
    found = row(policy, tree.county, "each")
    assert (found["value"], found["target"], found["unit"], found["unit_target"]) == (0, 100, "%", 2)
    assert (found["units_total"], found["units_met"], found["units_no_data"], found["shortfall"]) == (2, 0, 0, 3)


def test_a_place_outside_the_policy_is_not_spoken_of(tree: Tree, policy: Policy, clause: Clause) -> None:
    ask(clause, "people", "figure(resident_population)", unit="人")
    for place in (tree.other_county, tree.prefecture):
        assert row(policy, place, "people")["status"] == "not_applicable"


def test_the_number_of_queries_does_not_grow_with_the_places(tree: Tree, policy: Policy, clause: Clause) -> None:
    ask(
        clause, "incubators", "stock(facilities.incubator)", "units(community)", kind="average_per_unit", unit="个/社区"
    )
    ask(clause, "room", "regions_with(social_work_room, community)")
    keep(tree.county, "facilities")
    counts = []
    for turn in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            list(rows(policy, tree.county, DAY, TODAY))
        counts.append(len(queries))
        for at in range(20):
            Facility.objects.create(
                region=tree.village, kind="incubator", name=f"孵化{turn}-{at}", since=date(2022, 1, 1)
            )
    assert counts[0] == counts[1] == 16
