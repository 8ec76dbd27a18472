"""An indicator at a place: what the text says, how it went, who lacks what."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from governance.accounts.models import User
from governance.policies.models import Policy
from governance.regions.models import Facility, RegisterCoverage
from tests.attainment.computed import Messages, computed
from tests.attainment.test_dashboard import ASKED, ROOM, bureau, clerk, policy
from tests.factories import make_user
from tests.factories.places import Tree
from tests.policies.made import make_clause, make_indicator, make_policy, make_target

__all__ = ["bureau", "clerk", "policy"]  # fixtures
URL = "/attainment/indicators/rooms/"


def test_value_target_gap_history_and_clause(policy: Policy, tree: Tree, bureau: Client) -> None:
    answer = bureau.get(URL, ASKED)
    context, body = answer.context, answer.content.decode()
    assert (context["value"] != "100", context["target"], context["late"]) == (True, "100", 24)
    assert context["gap"] == "差 2 个村（社区）"
    for text in (
        '<b class="i-overdue">2<span class="unit">个村（社区）</span></b>',
        "社工室覆盖率",
        "逾期 24 个月",
        "社区基金不少于200个",
        "未达到",
        "下级地区",
        "计入的记录",
        "按月数据表",
    ):
        assert text in body, text
    picture = json.loads(context["picture"])
    assert picture["months"][0] == "2020-12"  # the month end before the policy
    assert len(picture["values"]) == picture["months"].index("2025-12") + 1
    assert picture["values"][picture["months"].index("2022-04")] == 0
    assert picture["values"][-1] > 0
    assert picture["targets"] == [["2023-12", 100.0]]
    evidence = bureau.get(context["evidence_url"])
    assert evidence.status_code == 200
    assert {each["cell"].place: each["cell"].lacking for each in context["children"]} == {
        tree.street: 1,
        tree.next_street: 1,
    }


def test_other_places_and_unknown_indicators_are_not_there(policy: Policy, tree: Tree, clerk: Client) -> None:
    assert clerk.get(URL, ASKED | {"region": tree.next_street.code}).status_code == 404
    assert clerk.get("/attainment/indicators/none/", ASKED).status_code == 404
    body = clerk.get(URL, ASKED | {"region": tree.county.code}).content.decode()
    assert tree.next_street.name not in body
    assert tree.next_community.name not in body


@pytest.mark.django_db(transaction=True)
def test_units_that_fail_are_a_work_list(places: Tree, messages: Messages, client: Client) -> None:
    policy = make_policy(places.county, "rooms", valid_from=date(2021, 1, 1))
    rooms = make_indicator(
        make_clause(policy), "rooms", numerator="regions_with(social_work_room, community)", denominator="units(community)",
        **ROOM,
    )  # fmt: skip
    make_target(rooms, places.county, value=Decimal(100))
    for register in ("facilities", "capabilities"):
        RegisterCoverage.objects.create(region=places.county, register=register, since=date(2021, 1, 1))
    Facility.objects.create(region=places.community, kind="social_work_room", name="社工室", since=date(2022, 5, 1))
    computed(messages)
    admin: User = make_user("dashboard_admin", places.county, "bureau_admin")
    client.force_login(admin)
    context = client.get(URL, {"region": places.county.code}).context
    failing = {each["unit"].region: each["unit"].lacking for each in context["units"]}
    assert failing == {places.village: 1, places.next_community: 1}
    assert (context["units_total"], context["count"]) == (2, 2)
    street = client.get(URL, {"region": places.street.code}).context
    assert [each["unit"].region for each in street["units"]] == [places.village]
    clerk = make_user("other_clerk", places.next_street, "clerk")
    client.force_login(clerk)
    assert (
        client.get(URL, {"region": places.county.code}).context["units"] == []
    )  # the root of a public policy: no list
