"""Rows of what is judged unit by unit, and of indicators that are not as a pack would have them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from governance.policies.models import Clause, Policy
from governance.regions.models import CapabilityItem, Facility, RegionCapability
from tests.attainment.test_records_are_counted import ask, clause, figure, keep, policy, row
from tests.factories.places import Tree
from tests.policies.made import make_target

__all__ = ["clause", "policy"]  # fixtures

UNITS = {"test": "each_unit", "unit_levels": ["community"]}


def test_without_a_number_a_place_above_the_units_has_its_own_value(tree: Tree, policy: Policy, clause: Clause) -> None:
    keep(tree.county, "facilities")
    Facility.objects.create(region=tree.community, kind="incubator", name="孵化", since=date(2022, 1, 1))
    ask(clause, "shown", "stock(facilities.incubator)", role="shown", **UNITS)
    found = row(policy, tree.county, "shown")
    assert (found["value"], found["unit"], found["status"]) == (1, "个", "no_target")
    assert found["units_total"] is None


def test_the_reason_is_that_of_the_side_which_no_unit_has(tree: Tree, policy: Policy, clause: Clause) -> None:
    indicator = ask(
        clause, "rate", "stock(facilities.any)", "figure(resident_population)",
        kind="per_10k", factor=10000, unit="处/万人", **UNITS,
    )  # fmt: skip
    make_target(indicator, tree.county, value=Decimal(1))
    assert row(policy, tree.county, "rate")["reason"] == "台账未启用"
    keep(tree.county, "facilities")
    assert row(policy, tree.county, "rate")["reason"] == "没有已核准的填报数"
    figure(tree.community, "resident_population", 0)
    figure(tree.village, "resident_population", 0)
    figure(tree.next_community, "resident_population", 0)
    assert row(policy, tree.county, "rate")["reason"] == "没有一个单位有数据"


def test_the_verdict_above_the_units_is_held_against_all_of_them(tree: Tree, policy: Policy, clause: Clause) -> None:
    keep(tree.county, "facilities")
    indicator = ask(clause, "each", "stock(facilities.any)", **UNITS)
    make_target(indicator, tree.county, value=Decimal(2), due=date(2024, 12, 31))
    [verdict] = row(policy, tree.county, "each")["verdicts"]
    assert (verdict["target"], verdict["value"], verdict["outcome"]) == (100, 0, "missed")


def test_numbers_beyond_64_bits_stay_exact(tree: Tree, policy: Policy, clause: Clause) -> None:
    figure(tree.community, "resident_population", 10**15)
    keep(tree.county, "facilities")
    indicator = ask(
        clause, "rate", "stock(facilities.any)", "figure(resident_population)",
        kind="per_10k", factor=10000, unit="处/万人", **UNITS,
    )  # fmt: skip
    make_target(indicator, tree.county, value=Decimal(10**13))
    assert row(policy, tree.county, "rate")["shortfall"] == 10**13 * 10**15 // 10**4


def test_a_formula_that_cannot_be_read_any_more_keeps_no_other_from_its_answer(
    tree: Tree, policy: Policy, clause: Clause
) -> None:
    ask(clause, "gone", "regions_with(gone_item, community)", "units(community)", unit="%", factor=100)
    ask(clause, "there", "units(community)")
    assert row(policy, tree.county, "gone")["reason"] == "尚无数据来源"
    assert row(policy, tree.county, "there")["value"] == 3


def test_what_regions_are_allocated_does_not_make_the_text_yearly(tree: Tree, policy: Policy, clause: Clause) -> None:
    indicator = ask(clause, "communities", "units(community)")
    make_target(indicator, tree.county, value=Decimal(5), due=date(2030, 12, 31))
    make_target(indicator, tree.street, "allocated", value=Decimal(5), due=date(2030, 12, 31), yearly="listed")
    assert row(policy, tree.county, "communities")["status"] == "behind"
    assert row(policy, tree.county, "communities")["due"] == date(2030, 12, 31)


@pytest.mark.parametrize("statement", ["has", "subject_to"])
def test_a_statement_of_a_few_days_inside_a_month_is_never_seen(
    statement: str, tree: Tree, policy: Policy, clause: Clause
) -> None:
    keep(tree.county, "capabilities")
    item = CapabilityItem.objects.get(slug="one_stop_platform")
    RegionCapability.objects.create(
        region=tree.street, item=item, statement=statement, since=date(2025, 12, 2), until=date(2025, 12, 31)
    )
    ask(clause, "share", "regions_with(one_stop_platform, township)", "units(township)", factor=100, unit="%")
    assert row(policy, tree.county, "share")["value"] == Fraction(0)


def test_numbers_of_two_places_are_never_mixed(tree: Tree, policy: Policy, clause: Clause) -> None:
    indicator = ask(clause, "here", "units(community)", region=tree.street, verdict_levels=["township"])
    for place, value in ((tree.county, 200), (tree.street, 2)):
        make_target(indicator, place, value=Decimal(value), due=date(2025, 12, 31))
    found = row(policy, tree.street, "here")
    assert (found["target"], found["status"]) == (2, "met")
