"""Each named rule, tried by breaking it below all code."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from governance.policies.models import Clause, Indicator, Policy, Target
from tests.factories.places import Tree
from tests.policies.made import make_clause, make_indicator, make_policy, make_reference, make_target


def refused_by(name: str) -> Any:
    """Expect that the database names this rule."""
    return pytest.raises(
        IntegrityError, check=lambda error: name in (getattr(error.__cause__, "diag", None).constraint_name or "")
    )


def sql(text: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(text, values)


@pytest.fixture
def indicator(tree: Tree) -> Indicator:
    return make_indicator(make_clause(make_policy(tree.county)))


@pytest.mark.parametrize(
    ("rule", "table", "change"),
    [
        ("policy_valid_to_not_before_from", "policy", "valid_to = '2022-06-23'"),
        ("clause_quote_not_blank", "clause", "quote = '  '"),
        ("indicator_factor_positive", "indicator", "factor = 0"),
        ("indicator_baseline_not_negative", "indicator", "baseline_value = -1"),
        ("indicator_each_unit_of_one_level", "indicator", "test = 'each_unit'"),
        ("indicator_each_unit_of_one_level", "indicator", "test = 'each_unit', unit_levels = '{county,township}'"),
        ("indicator_target_has_direction", "indicator", "direction = ''"),
        ("indicator_not_subset_of_itself", "indicator", "subset_of_id = id"),
        ("target_not_negative", "target", "value = -1"),
        ("target_high_above_value", "target", "high = value"),
        ("target_place_fits_origin", "target", "origin = 'allocated'"),
    ],
)
def test_a_value(rule: str, table: str, change: str, indicator: Indicator) -> None:
    make_target(indicator, indicator.policy.region)
    with refused_by(rule):
        sql(f"UPDATE policies_{table} SET {change}")


def test_a_last_day_may_be_the_first(indicator: Indicator) -> None:
    Policy.objects.update(valid_to=date(2022, 6, 24))


def test_a_quote_or_a_position_twice_in_a_policy(indicator: Indicator, tree: Tree) -> None:
    policy, quote = indicator.policy, indicator.clause.quote
    with refused_by("clause_quote_once"), transaction.atomic():
        make_clause(policy, quote, 2)
    with refused_by("clause_position_once"), transaction.atomic():
        make_clause(policy, "别的", 1)
    make_clause(make_policy(tree.county, "another"), quote, 1)
    make_clause(policy, quote * 2000, 2)


def test_two_clauses_change_places_in_one_statement(indicator: Indicator) -> None:
    make_clause(indicator.policy, "别的", 2)
    sql("UPDATE policies_clause SET position = 3 - position")
    assert list(Clause.objects.order_by("position").values_list("quote", flat=True)) == ["别的", indicator.clause.quote]


def test_a_target_twice_with_and_without_a_day(indicator: Indicator, tree: Tree) -> None:
    for due in (date(2025, 12, 31), None):
        make_target(indicator, tree.county, due=due)
        with refused_by("target_once"), transaction.atomic():
            make_target(indicator, tree.county, due=due, value=Decimal(1))


def test_a_stated_fact_twice(indicator: Indicator, tree: Tree) -> None:
    make_reference(indicator, tree.county)
    with refused_by("reference_point_once"), transaction.atomic():
        make_reference(indicator, tree.county)


def test_a_clause_and_a_whole_of_another_policy(indicator: Indicator, tree: Tree) -> None:
    other = make_indicator(make_clause(make_policy(tree.county, "another")), "another_count")
    with refused_by("indicator_clause_of_policy"):
        sql("UPDATE policies_indicator SET clause_id = %s WHERE id = %s", other.clause_id, indicator.pk)
    with refused_by("indicator_clause_of_policy"):
        sql("UPDATE policies_indicator SET policy_id = %s WHERE id = %s", other.policy_id, indicator.pk)
    with refused_by("indicator_subset_of_policy"):
        sql("UPDATE policies_indicator SET subset_of_id = %s WHERE id = %s", other.pk, indicator.pk)


def test_targets_stand_where_their_origin_allows(indicator: Indicator, tree: Tree) -> None:
    make_target(indicator, tree.street, "allocated")
    for region, origin in (
        (tree.street, "text"), (tree.county, "allocated"), (tree.other_county, "allocated"), (tree.prefecture, "text"),
    ):  # fmt: skip
        with refused_by("target_place_fits_origin"), transaction.atomic():
            make_target(indicator, region, origin, due=date(2024, 12, 31))
    Indicator.objects.filter(pk=indicator.pk).update(region=tree.community)
    make_target(indicator, tree.community)
    make_target(indicator, tree.county)
    with refused_by("target_place_fits_origin"), transaction.atomic():
        Indicator.objects.filter(pk=indicator.pk).update(region=tree.village)


def test_places_lie_inside_the_policy(indicator: Indicator, tree: Tree) -> None:
    with refused_by("indicator_region_inside_policy"), transaction.atomic():
        Indicator.objects.filter(pk=indicator.pk).update(region=tree.other_county)
    with refused_by("reference_point_inside_policy"), transaction.atomic():
        make_reference(indicator, tree.other_county)
    make_reference(indicator, tree.village)
    with refused_by("reference_point_inside_policy"), transaction.atomic():
        Policy.objects.update(region=tree.other_county)


def test_a_policy_moves_with_its_targets_only(indicator: Indicator, tree: Tree) -> None:
    make_target(indicator, tree.county)
    with refused_by("target_place_fits_origin"), transaction.atomic():
        Policy.objects.update(region=tree.prefecture)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        Policy.objects.update(region=tree.prefecture)
        Target.objects.update(region=tree.prefecture)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
