"""Each named rule, tried by breaking it below all code."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from governance.regions.models import CapabilityComponent, Estate, Facility, Region, RegionCapability, RegionSuccession
from tests.factories import make_region
from tests.factories.places import Tree


def refused_by(name: str) -> Any:
    """Expect that the database names this rule."""
    return pytest.raises(
        IntegrityError, check=lambda error: name in (getattr(error.__cause__, "diag", None).constraint_name or "")
    )


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("region_code_digits", {"code": "43021100200x"}),
        ("region_level_known", {"level": "village"}),
        ("region_top_is_province", {"parent": None}),
        ("region_ends_after_start", {"since": date(2024, 1, 1), "until": date(2024, 1, 1)}),
        ("region_path_follows_parent", {"path": "elsewhere/"}),
    ],
)
def test_a_place(rule: str, change: dict[str, Any], tree: Tree) -> None:
    with refused_by(rule), transaction.atomic():
        Region.objects.filter(pk=tree.street.pk).update(**change)


def test_a_code_twice(tree: Tree) -> None:
    with refused_by("code"), transaction.atomic():
        make_region(tree.street.code, "另一个", tree.county)


def test_what_the_code_decides_the_database_derives(tree: Tree) -> None:
    assert (tree.community.committee_type, tree.village.committee_type) == ("residents", "villagers")
    assert make_region("430211002498", "生活区", tree.street).committee_type == "none"
    assert (tree.street.township_kind, tree.street.committee_type) == ("street_office", "")
    assert make_region("430211101000", "群丰镇", tree.county).township_kind == "town"
    assert make_region("430211201000", "某乡", tree.county).township_kind == "township"
    assert make_region("430211498000", "某场", tree.county).township_kind == "other"
    assert make_region("430271000000", "高新区", tree.prefecture).development_zone is True
    assert tree.county.development_zone is False
    disagreeing = make_region("430211002202", "金龙社区", tree.street)
    assert (disagreeing.committee_type, disagreeing.committee_type_by_name) == ("villagers", "residents")


def test_an_estate_outside_a_community(tree: Tree) -> None:
    with refused_by("estate_in_community"), transaction.atomic():
        Estate.objects.create(community=tree.street, name="金谷")


def test_an_estate_twice_at_a_time(tree: Tree) -> None:
    Estate.objects.create(community=tree.community, name="金谷", until=date(2020, 1, 1))
    Estate.objects.create(community=tree.community, name="金谷", since=date(2020, 1, 1))
    with refused_by("estate_name_once"), transaction.atomic():
        Estate.objects.create(community=tree.community, name="金谷", since=date(2021, 1, 1))


def test_a_party_branch_before_its_estate(tree: Tree) -> None:
    with refused_by("estate_party_branch_inside_span"), transaction.atomic():
        Estate.objects.create(
            community=tree.community, name="金谷", since=date(2020, 1, 1), party_branch_from=date(2019, 1, 1)
        )


def test_a_facility_that_ends_before_it_starts(tree: Tree) -> None:
    with refused_by("facility_ends_after_start"), transaction.atomic():
        Facility.objects.create(
            region=tree.street, kind="incubator", name="基地", since=date(2024, 1, 2), until=date(2024, 1, 1)
        )


def test_a_facility_with_less_than_no_area(tree: Tree) -> None:
    with refused_by("facility_floor_area_not_negative"), transaction.atomic():
        Facility.objects.create(
            region=tree.street, kind="incubator", name="基地", since=date(2024, 1, 2), floor_area=-1
        )


def test_a_facility_twice_at_a_time(tree: Tree) -> None:
    values = {"region": tree.street, "kind": "incubator", "name": "基地"}
    Facility.objects.create(**values, since=date(2020, 1, 1))
    with refused_by("facility_name_once"), transaction.atomic():
        Facility.objects.create(**values, since=date(2021, 1, 1))


def test_a_statement_twice_at_a_time(tree: Tree) -> None:
    values = {"region": tree.community, "item_id": "needs_survey"}
    RegionCapability.objects.create(**values, since=date(2020, 1, 1))
    with refused_by("capability_once"), transaction.atomic():
        RegionCapability.objects.create(**values, since=date(2021, 1, 1))


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        ("capability_level_fits_item", {"item_id": "implementation_plan"}),
        ("capability_eligibility_asked", {"item_id": "needs_survey", "statement": "subject_to"}),
    ],
)
def test_a_statement_that_does_not_fit(rule: str, values: dict[str, Any], tree: Tree) -> None:
    with refused_by(rule), transaction.atomic():
        RegionCapability.objects.create(region=tree.community, since=date(2020, 1, 1), **values)


def test_a_component_of_another_item(tree: Tree) -> None:
    other = CapabilityComponent.objects.exclude(item_id="four_min_home").first()
    with refused_by("capability_component_of_item"), transaction.atomic():
        RegionCapability.objects.create(
            region=tree.community, item_id="four_min_home", component=other, since=date(2020, 1, 1)
        )


def test_an_item_that_is_counted_by_component(tree: Tree) -> None:
    with refused_by("capability_component_needed"), transaction.atomic():
        RegionCapability.objects.create(region=tree.county, item_id="one_plus_four", since=date(2020, 1, 1))


def test_a_place_that_follows_itself(tree: Tree) -> None:
    with refused_by("region_succession_of_another"), transaction.atomic():
        RegionSuccession.objects.create(predecessor=tree.street, successor=tree.street, changed_on=date(2024, 1, 1))


def test_a_succession_twice(tree: Tree) -> None:
    values = {"predecessor": tree.street, "successor": tree.next_street}
    RegionSuccession.objects.create(**values, changed_on=date(2024, 1, 1))
    with refused_by("region_succession_once"), transaction.atomic():
        RegionSuccession.objects.create(**values, changed_on=date(2025, 1, 1))


def test_prefix_search_on_paths_uses_the_index(tree: Tree) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = Region.objects.filter(path__startswith=tree.street.path).explain()
    assert "Index" in plan
