"""The records behind a number over the API: paged, in scope, refused field by field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from governance.accounts.models import User
from governance.policies.models import Policy
from governance.regions.models import Facility
from tests.attainment.test_records_are_counted import ask, keep
from tests.conftest import partner_client
from tests.factories.places import Tree
from tests.policies.made import make_clause, make_policy, make_target

URL = "/api/v1/attainments/evidence/"


@pytest.fixture
def policy(tree: Tree) -> Policy:
    """A public policy of the county: incubators, their area, and rooms at communities."""
    policy = make_policy(tree.county, "tianyuan-2021", valid_from=date(2021, 1, 1), valid_to=None)
    clause = make_clause(policy)
    ask(clause, "incubators", "stock(facilities.incubator)")
    ask(clause, "area", "stock(facilities.incubator, floor_area)", "units(community)")
    keep(tree.county, "facilities")
    for number in range(3):
        incubator(tree.community, f"本街{number}")
    incubator(tree.next_community, "邻街")
    return policy


def incubator(place: Any, name: str, **fields: Any) -> Facility:
    given = {"kind": "incubator", "since": date(2022, 1, 1), "floor_area": Decimal("80.50")}
    return Facility.objects.create(region=place, name=name, **(given | fields))


def asked(place: Any, indicator: str = "incubators", **more: Any) -> dict[str, Any]:
    given = {"policy": "tianyuan-2021", "indicator": indicator, "region": place.code, "as_of": "2025-12-31"}
    return given | {"side": "numerator"} | more


def test_a_number_opens_to_its_records(policy: Policy, tree: Tree, bureau_admin: User, as_user: Any) -> None:
    body = as_user(bureau_admin).get(URL, asked(tree.county)).json()
    results = body.pop("results")
    assert body == {
        "policy": "tianyuan-2021",
        "indicator": "incubators",
        "region": tree.county.code,
        "region_name": "天元区",
        "as_of": "2025-12-31",
        "to_date": False,
        "side": "numerator",
        "counted": "月末在册的社会组织孵化基地",
        "value": "4",
        "reason": "",
        "values": [],
        "total": 4,
        "outside": 0,
        "behind": {"total": 0, "outside": 0, "results": []},
        "count": 4,
        "next": None,
        "previous": None,
    }
    facility = Facility.objects.get(name="邻街")
    assert next(one for one in results if one["label"] == "邻街") == {
        "type": "regions.facility",
        "id": str(facility.pk),
        "label": "邻街",
        "region": tree.next_community.code,
        "region_name": "临江社区",
        "since": "2022-01-01",
        "until": None,
        "on": None,
        "amount": None,
        "value": None,
        "url": f"http://testserver{facility.get_absolute_url()}",
        "api_url": f"http://testserver{reverse('api:facility-detail', args=[facility.pk])}",
    }


def test_a_sum_tells_what_each_record_adds(policy: Policy, tree: Tree, partner: Client) -> None:
    body = partner.get(URL, asked(tree.street, "area")).json()
    assert (body["value"], {one["amount"] for one in body["results"]}) == ("483/2", {"80.50"})


def test_the_other_side_and_today_are_there_for_the_asking(policy: Policy, tree: Tree, partner: Client) -> None:
    body = partner.get(URL, asked(tree.street, "area", side="denominator")).json()
    assert [one["label"] for one in body["results"]] == [tree.community.name, tree.village.name]
    assert {one["type"] for one in body["results"]} == {"regions.region"}
    plain = {name: value for name, value in asked(tree.street).items() if name not in ("as_of", "side")}
    body = partner.get(URL, plain).json()
    assert (body["side"], body["total"]) == ("numerator", 3)


def test_below_a_public_policy_its_root_is_seen_and_what_lies_outside_is_counted(
    policy: Policy, tree: Tree, street_clerk: User, as_user: Any
) -> None:
    client = as_user(street_clerk)
    body = client.get(URL, asked(tree.county)).json()
    assert (body["value"], body["total"], body["outside"], body["count"]) == ("4", 4, 1, 3)
    assert tree.next_community.code not in str(body)
    Policy.objects.update(public=False)
    assert client.get(URL, asked(tree.county)).status_code == 404


@pytest.mark.parametrize("place", ["next_street", "next_community", "prefecture", "province", "other_county"])
def test_other_places_do_not_exist(place: str, policy: Policy, tree: Tree, street_clerk: User, as_user: Any) -> None:
    foreign = as_user(street_clerk).get(URL, asked(getattr(tree, place)))
    nowhere = as_user(street_clerk).get(URL, asked(tree.street) | {"region": "999999999999"})
    assert (foreign.status_code, foreign.json()) == (404, nowhere.json())


def test_a_record_of_a_kind_that_one_may_not_see_lies_outside(
    policy: Policy, tree: Tree, street_clerk: User, as_user: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed = User.scope_for
    monkeypatch.setattr(
        User,
        "scope_for",
        lambda user, name: allowed(user, "none" if name == "regions.view_facility" else name),
    )
    body = as_user(street_clerk).get(URL, asked(tree.street)).json()
    assert (body["value"], body["outside"], body["results"]) == ("3", 3, [])


def test_a_policy_of_elsewhere_is_not_named(tree: Tree, policy: Policy, street_clerk: User, as_user: Any) -> None:
    make_policy(tree.other_county, "tianyuan-2022")
    response = as_user(street_clerk).get(URL, asked(tree.street, policy="tianyuan-2022"))
    assert response.json() == {"policy": ["没有标识为 tianyuan-2022 的政策。最接近的：tianyuan-2021"]}


@pytest.mark.parametrize(
    ("wrong", "field", "told"),
    [
        ({"policy": "tianyuan"}, "policy", "最接近的：tianyuan-2021"),
        ({"policy": ""}, "policy", "必填"),
        ({"indicator": "incubator"}, "indicator", "最接近的：incubators"),
        ({"indicator": ""}, "indicator", "必填"),
        ({"region": "4302"}, "region", "12 位"),
        ({"region": ""}, "region", "必填"),
        ({"as_of": "2025-02-30"}, "as_of", "2025-12-31 的样子"),
        ({"as_of": "20251231"}, "as_of", "2025-12-31 的样子"),
        ({"as_of": "1949-09-30"}, "as_of", "1949-10-01 以前没有数据"),
        ({"side": "both"}, "side", "numerator、denominator"),
        ({"level": "county"}, "level", "policy、indicator、region、as_of、side、page、page_size"),
        ({"page_size": "0"}, "page_size", "1 到 500"),
    ],
)
def test_bad_input_is_refused_at_its_field(
    wrong: dict[str, str], field: str, told: str, policy: Policy, tree: Tree, partner: Client
) -> None:
    response = partner.get(URL, asked(tree.street, **wrong))
    assert response.status_code == 400
    assert list(response.json()) == [field]
    assert told in response.json()[field][0]


def test_all_that_is_wrong_is_told_at_once(policy: Policy, tree: Tree, partner: Client) -> None:
    assert set(partner.get(URL).json()) == {"policy", "indicator", "region"}
    assert set(partner.get(URL, asked(tree.street, as_of="x", side="y", region="z")).json()) == {
        "as_of",
        "side",
        "region",
    }


def test_pages_hold_each_record_once(policy: Policy, tree: Tree, partner: Client) -> None:
    for number in range(20):
        incubator(tree.village, f"村{number}")
    labels: list[str] = []
    url: str | None = URL
    parameters: dict[str, Any] | None = asked(tree.street, page_size=7)
    while url:
        body = partner.get(url, parameters or {}).json()
        labels += [one["label"] for one in body["results"]]
        assert len(body["results"]) <= 7
        url, parameters = body["next"], None
    assert len(labels) == len(set(labels)) == body["total"] == 23
    assert partner.get(URL, asked(tree.street, page=99)).status_code == 404


def test_a_place_that_counts_tells_what_it_counts_for(policy: Policy, tree: Tree, partner: Client) -> None:
    clause = policy.clauses.get()
    ask(clause, "several", "at_least(stock(facilities.incubator), 3, community)")
    indicator = ask(clause, "each", "stock(facilities.incubator)", test="each_unit", unit_levels=["community"])
    make_target(indicator, tree.county, value=Decimal(3))
    body = partner.get(URL, asked(tree.street, "several")).json()
    assert [one["label"] for one in body["results"]] == [tree.community.name]
    unit = partner.get(URL, asked(tree.community, "several")).json()
    assert (unit["value"], unit["behind"]["total"], len(unit["behind"]["results"])) == ("1", 3, 3)
    above = partner.get(URL, asked(tree.street, "each")).json()
    assert ([one["label"] for one in above["results"]], above["value"]) == ([tree.community.name], "1")
    assert above["counted"] == "自身达到 3 个 的村（社区）数"


def test_a_missing_number_has_a_reason_and_no_records(policy: Policy, tree: Tree, partner: Client) -> None:
    ask(policy.clauses.get(), "homes", "stock(estates.all)")
    body = partner.get(URL, asked(tree.street, "homes")).json()
    assert (body["value"], body["reason"], body["total"]) == (None, "台账未启用", 0)


def test_a_token_without_the_verb_is_refused(policy: Policy, tree: Tree) -> None:
    client = partner_client(tree.street, ["add"], name="writer")
    assert client.get(URL, asked(tree.street)).status_code == 403


def test_more_records_cost_no_more_queries(
    policy: Policy, tree: Tree, partner: Client, django_assert_num_queries: Callable[[int], Any]
) -> None:
    partner.get(URL, asked(tree.street))
    for number in range(2):
        # token, user, posts; policy, indicator, place; the policy's questions; the places and what is kept; the records
        with django_assert_num_queries(QUERIES):
            partner.get(URL, asked(tree.street))
        for each in range(30):
            incubator(tree.village, f"村{number}-{each}")


QUERIES = 21


def test_the_description_of_the_api_is_without_warnings(tmp_path: Any, db: None) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yaml"))
    text = (tmp_path / "schema.yaml").read_text()
    assert "/api/v1/attainments/evidence/:" in text
