"""Places of several computed areas in one answer: each is read as its own area is laid out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from governance.attainment.results.plain import as_json
from governance.attainment.results.rows import rows
from governance.policies.models import Policy
from governance.regions.models import Facility
from tests.attainment.test_attainments_api import URL, computed
from tests.attainment.test_records_are_counted import ask, keep
from tests.factories import make_user
from tests.factories.places import Tree
from tests.policies.made import make_clause, make_policy, make_target


@pytest.fixture
def neighbours(tree: Tree) -> list[Policy]:
    """Two counties, each with a policy of its own; the second one's numbers stand elsewhere in its rows."""
    first = make_policy(tree.county, "tianyuan-2021", valid_from=date(2025, 1, 1), valid_to=None)
    second = make_policy(tree.other_county, "lukou-2021", valid_from=date(2025, 1, 1), valid_to=None)
    for policy, kinds in ((first, ("training_base", "incubator")), (second, ("incubator", "training_base"))):
        clause = make_clause(policy)
        for kind in kinds:
            ask(clause, f"{policy.slug[:2]}-{kind}", f"stock(facilities.{kind})")
    for place, numbers in ((tree.county, (1, 2)), (tree.other_county, (3, 4))):
        keep(place, "facilities")
        for kind, many in zip(("incubator", "training_base"), numbers, strict=True):
            for number in range(many):
                Facility.objects.create(region=place, kind=kind, name=f"{kind}{number}", since=date(2025, 3, 1))
    return [first, second]


@pytest.mark.parametrize("at", [0, 1])
def test_each_place_is_read_from_its_own_area(neighbours: list[Policy], tree: Tree, as_user: Any, at: int) -> None:
    client = as_user(make_user("prefecture_admin", tree.prefecture, "bureau_admin"))
    policy, today = neighbours[at], date(2026, 1, 31)
    asked = {"policy": policy.slug, "parent": tree.prefecture.code, "as_of": today.isoformat()}
    expected = [as_json(row) for place in (tree.county, tree.other_county) for row in rows(policy, place, today)]
    computed()
    body = client.get(URL, asked).json()
    assert body["results"] == expected
    numbers = {(row["region"], row["indicator"]): row["numerator"] for row in body["results"]}
    own = policy.region.code, policy.slug[:2]
    assert [numbers[own[0], f"{own[1]}-{kind}"] for kind in ("incubator", "training_base")] == [["1", "2"], ["3", "4"]][
        at
    ]


def test_a_status_is_looked_up_where_the_policy_is_kept(neighbours: list[Policy], tree: Tree, as_user: Any) -> None:
    """The other county comes first and is kept up to now; the policy asked about ended, and was reached afterwards."""
    ended = neighbours[1]
    Policy.objects.filter(pk=ended.pk).update(valid_from=date(2021, 1, 1))
    for indicator in ended.indicators.all():
        make_target(indicator, tree.other_county, value=2, due=date(2022, 6, 30))
    computed()
    client = as_user(make_user("prefecture_admin", tree.prefecture, "bureau_admin"))
    asked = {"policy": ended.slug, "parent": tree.prefecture.code}
    every = {row["status"] for row in client.get(URL, asked).json()["results"]}
    assert "met" in every
    for status in (*every, "overdue", "no_data"):
        told = client.get(URL, asked | {"status": status}).json()
        assert told["count"] == len(told["results"])
        assert {row["status"] for row in told["results"]} == ({status} & every), status
