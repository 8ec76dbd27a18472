"""Changes of the tree, and above it: what the refresh leaves is what a rebuild gives, whatever areas there are."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection

from governance.attainment.actions.refreshing import refresh_marked
from governance.attainment.engine import refresh as refreshing
from governance.attainment.engine.chunks import Cut
from governance.policies.models import Policy
from governance.regions.models import Region, RegisterCoverage
from tests.attainment.computed import Messages, computed
from tests.factories.places import Tree, make_region
from tests.policies.made import make_clause, make_indicator, make_policy, make_target
from tests.trial.models import Group

pytestmark = pytest.mark.django_db(transaction=True)

_NUMBERS = """
    SELECT a.root_id, r.code, v.month, v.amounts, v.known
    FROM attainment_computedarea a JOIN regions_region root ON root.id = a.root_id
    JOIN regions_region r ON r.path >= root.path AND r.path < root.path || ':'
    JOIN attainment_measurevalue v ON v.side = a.side AND v.region_id = r.id AND v.month BETWEEN a.first AND a.last
    WHERE a.current ORDER BY 1, 2, 3
"""
_STATUSES = """
    SELECT r.code, s.indicator_id, s.month, s.status, s.numerator, s.denominator, s.provisional
    FROM attainment_computedarea a JOIN regions_region root ON root.id = a.root_id
    JOIN regions_region r ON r.path >= root.path AND r.path < root.path || ':'
    JOIN attainment_currentstatus s ON s.side = a.side AND s.region_id = r.id
    WHERE a.current ORDER BY 1, 2
"""


def read() -> list[list[Any]]:
    """Return the numbers and the statuses that are read now."""
    found = []
    for query in (_NUMBERS, _STATUSES):
        with connection.cursor() as cursor:
            cursor.execute(query)
            found.append(cursor.fetchall())
    return found


def settled(messages: Messages) -> list[str]:
    """Refresh until there is nothing to do; return what came of it."""
    seen = []
    while (what := refresh_marked().what) != "nothing":
        seen.append(what)
        messages.deliver()
        assert len(seen) < 8, seen
    return seen


def assert_as_rebuilt(messages: Messages) -> None:
    found = read()
    computed(messages)
    assert found == read()


def policy_at(root: Region, slug: str) -> Policy:
    """Make a policy of a place that judges the places below it by their groups."""
    policy = make_policy(root, slug, valid_from=date(2025, 1, 15))
    clause = make_clause(policy)
    levels = ["county", "township", "community"]
    indicator = make_indicator(
        clause, f"{slug}-groups", numerator="stock(trial_groups.all)", denominator="units(community)",
        kind="average_per_unit", verdict_levels=levels,
    )  # fmt: skip
    make_target(indicator, root, value=1, due=date(2027, 12, 31))
    return policy


def move(region: Region, parent: Region) -> None:
    """Put a place with all below it under another one."""
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE regions_region SET path = %s || substr(path, %s),
            parent_id = CASE WHEN id = %s THEN %s ELSE parent_id END WHERE path LIKE %s""",
            [parent.path, len(region.path) - 12, region.pk, parent.pk, region.path + "%"],
        )


def test_a_register_kept_above_the_root_is_noticed(places: Tree, messages: Messages) -> None:
    RegisterCoverage.objects.all().delete()
    computed(messages)
    before = read()
    RegisterCoverage.objects.create(region=places.province, register="trial_groups", since=date(2025, 2, 1))
    assert settled(messages)
    assert read() != before
    assert_as_rebuilt(messages)


def test_a_nearer_statement_of_a_later_day_takes_earlier_months_back(places: Tree, messages: Messages) -> None:
    computed(messages)
    before = read()
    nearer = RegisterCoverage.objects.create(region=places.street, register="trial_groups", since=date(2025, 9, 1))
    settled(messages)
    assert read() != before
    assert_as_rebuilt(messages)
    nearer.delete()
    settled(messages)
    assert read() == before


def test_an_end_above_the_root_is_noticed(places: Tree, messages: Messages) -> None:
    computed(messages)
    before = read()
    Region.objects.filter(pk=places.prefecture.pk).update(until=date(2025, 6, 1))
    settled(messages)
    assert read() != before
    assert_as_rebuilt(messages)


def test_a_root_that_has_moved_is_still_kept_up_to_date(places: Tree, messages: Messages) -> None:
    computed(messages)
    Group.objects.create(home=places.community, since=date(2025, 6, 1))
    settled(messages)
    other = make_region("430300000000", "湘潭市", places.province)
    move(places.county, other)
    settled(messages)
    Group.objects.create(home=places.community, since=date(2025, 6, 1))
    settled(messages)
    assert_as_rebuilt(messages)


def test_a_root_that_has_another_code_is_still_kept_up_to_date(places: Tree, messages: Messages) -> None:
    computed(messages)
    Group.objects.create(home=places.community, since=date(2025, 6, 1))
    settled(messages)
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE regions_region SET path = replace(path, %s, '430219000000'),
            code = CASE WHEN id = %s THEN '430219000000' ELSE code END WHERE path LIKE %s""",
            [places.county.code, places.county.pk, places.county.path + "%"],
        )
    settled(messages)
    Group.objects.create(home=places.community, since=date(2025, 6, 1))
    settled(messages)
    assert_as_rebuilt(messages)


def test_a_root_moved_below_another_root_is_part_of_its_area(places: Tree, messages: Messages) -> None:
    other = make_region("430300000000", "湘潭市", places.province)
    policy_at(other, "xiangtan")
    make_region("430302001000", "雨湖路街道", make_region("430302000000", "雨湖区", other))
    computed(messages)
    Group.objects.create(home=places.community, since=date(2025, 6, 1))
    settled(messages)
    move(places.county, other)
    settled(messages)
    Group.objects.create(home=places.community, since=date(2025, 6, 1))
    settled(messages)
    assert_as_rebuilt(messages)


@pytest.mark.parametrize("nested", [True, False])
def test_a_township_that_goes_to_another_policy_is_judged_by_it(
    places: Tree, messages: Messages, nested: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget_policies()
    if nested:  # computed apart from the counties, whose numbers change with it while its own do not
        monkeypatch.setattr(refreshing, "FEW", 0)
        monkeypatch.setattr(refreshing, "SHARED", 2)
        monkeypatch.setattr(refreshing, "cut", townships)
    RegisterCoverage.objects.create(region=places.province, register="trial_groups", since=date(2025, 2, 1))
    RegisterCoverage.objects.filter(region=places.county).delete()
    if nested:
        policy_at(places.prefecture, "zhuzhou")
    policy_at(places.county, "tianyuan")
    policy_at(places.other_county, "lukou")
    make_region("430212001000", "渌口镇", places.other_county)
    computed(messages)
    Group.objects.create(home=places.community, since=date(2025, 6, 1))
    settled(messages)
    move(places.next_street, places.other_county)
    settled(messages)
    assert_as_rebuilt(messages)
    Group.objects.create(home=places.next_community, since=date(2025, 6, 1))
    settled(messages)
    assert_as_rebuilt(messages)


def test_a_township_that_goes_to_an_area_laid_out_otherwise(places: Tree, messages: Messages) -> None:
    policy_at(places.other_county, "lukou")
    make_region("430212001000", "渌口镇", places.other_county)
    computed(messages)
    move(places.next_street, places.other_county)
    assert "failed" not in settled(messages)
    assert_as_rebuilt(messages)


def townships(root: Region) -> list[Cut]:
    found = Region.objects.under(root).filter(level="township").order_by("path")
    return [Cut([place.pk], 1) for place in found]


def forget_policies() -> None:
    for policy in Policy.objects.all():
        for indicator in policy.indicators.all():
            indicator.targets.all().delete()
        policy.indicators.all().delete()
        policy.delete()
