"""The dashboard: worst first, gaps in whole things, no verdict where the text sets none, nothing of other places."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client

from governance.accounts.models import User
from governance.attainment.dashboard.pictures import bullet, spark
from governance.policies.models import Indicator, Policy
from governance.regions.models import Facility
from tests.attainment.test_evidence_api import incubator
from tests.attainment.test_records_are_counted import ask, keep
from tests.factories import make_region
from tests.factories.places import Tree
from tests.policies.made import make_clause, make_policy, make_target

URL = "/attainment/"
ASKED = {"policy": "tianyuan-2021", "month": "2025-12"}
ROOM = {"kind": "coverage", "factor": 100, "unit": "%", "unit_levels": ["community"]}


@pytest.fixture
def policy(tree: Tree) -> Policy:
    """A public policy of the county: rooms at every community, incubators, and a wish without a number."""
    policy = make_policy(
        tree.county, "tianyuan-2021", valid_from=date(2021, 1, 1), valid_to=None, document_no="株天政发"
    )
    clause = make_clause(policy)
    rooms = ask(
        clause, "rooms", "regions_with(social_work_room, community)", "units(community)", name="社工室覆盖率", **ROOM
    )
    make_target(rooms, tree.county, value=Decimal(100), due=date(2023, 12, 31))
    incubators = ask(clause, "incubators", "stock(facilities.incubator)", name="孵化基地数", unit="家")
    make_target(incubators, tree.county, value=Decimal(3), due=date(2030, 12, 31))
    ask(clause, "area", "stock(facilities.incubator, floor_area)", name="孵化面积", role="shown", direction="")
    for register in ("facilities", "capabilities"):
        keep(tree.county, register)
    Facility.objects.create(region=tree.community, kind="social_work_room", name="社工室", since=date(2022, 5, 1))
    incubator(tree.community, "本街")
    return policy


@pytest.fixture
def bureau(bureau_admin: User, as_user: Any) -> Client:
    return as_user(bureau_admin)  # type: ignore[no-any-return]


@pytest.fixture
def clerk(street_clerk: User, as_user: Any) -> Client:
    return as_user(street_clerk)  # type: ignore[no-any-return]


def cards(client: Client, **given: str) -> list[Any]:
    context = client.get(URL, ASKED | given).context
    return [*context["numbered"], *context["others"]]


def test_the_worst_comes_first_and_says_how_much_is_missing(policy: Policy, bureau: Client, tree: Tree) -> None:
    found = bureau.get(URL, ASKED)
    assert [card.question.asked.slug for card in found.context["numbered"]] == ["rooms", "incubators"]
    rooms, incubators = found.context["numbered"]
    communities = rooms.row["denominator"]
    assert (rooms.status, rooms.gap) == ("overdue", f"差 {communities - 1} 个村（社区）")
    assert (incubators.value, incubators.target, incubators.gap) == ("1", "3", "差 2 家")
    counts = {each["count"].tag["status"]: each["count"].number for each in found.context["counts"]}
    assert counts["overdue"] == 1
    body = found.content.decode()
    for text in (
        "天元区达标看板",
        "社工室覆盖率",
        "逾期",
        "目标 100% · ",
        "2023-12-31",
        "只有定性要求的条款",
        "孵化面积",
    ):
        assert text in body, text
    assert f"region={tree.county.code}&amp;month=2025-12" in body


def test_a_status_filters_and_the_order_of_the_text_can_be_had(policy: Policy, bureau: Client) -> None:
    assert [card.question.asked.slug for card in cards(bureau, status="overdue")] == ["rooms"]
    assert [card.question.asked.slug for card in cards(bureau, order="clause")] == ["rooms", "incubators", "area"]
    Indicator.objects.filter(slug="incubators").update(position=0)
    assert [card.question.asked.slug for card in cards(bureau, order="clause")] == ["incubators", "rooms", "area"]
    assert [card.question.asked.slug for card in cards(bureau, order="sideways")] == ["rooms", "incubators", "area"]


def test_a_place_without_a_number_of_its_own_is_set_beside_the_whole(policy: Policy, clerk: Client, tree: Tree) -> None:
    found = clerk.get(URL, ASKED)
    assert found.context["region"] == tree.street  # the clerk's own place, where the policy speaks of it
    rooms = next(card for card in found.context["numbered"] if card.question.asked.slug == "rooms")
    assert (rooms.status, rooms.target, rooms.reference) == ("no_target", "", "100")
    assert rooms.gap == f"差 {rooms.row['denominator'] - 1} 个村（社区）"
    assert "离参照差" in found.content.decode()
    incubators = next(card for card in found.context["numbered"] if card.question.asked.slug == "incubators")
    assert (incubators.reference, incubators.bullet) == ("", None)  # a sum that no part has to reach


def test_nothing_of_other_places(policy: Policy, clerk: Client, tree: Tree) -> None:
    assert clerk.get(URL, ASKED | {"region": tree.next_street.code}).status_code == 404
    assert clerk.get("/attainment/children/", ASKED | {"region": tree.next_street.code}).status_code == 404
    above = clerk.get(URL, ASKED | {"region": tree.county.code})  # the root of a public policy
    assert above.status_code == 200
    assert not above.context["whole"]
    below = clerk.get("/attainment/children/", ASKED | {"region": tree.county.code}).content.decode()
    assert tree.street.name in below
    assert tree.next_street.name not in below
    Policy.objects.update(public=False)
    assert clerk.get(URL, ASKED | {"region": tree.county.code}).status_code == 404


def test_who_may_not_see_results_is_told_so(policy: Policy, no_post: User, client: Client, as_user: Any) -> None:
    assert client.get(URL).status_code == 302
    assert as_user(no_post).get(URL, ASKED).status_code == 403


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"policy": "tianyuan-2022"}, "没有标识为 tianyuan-2022 的政策。最接近的：tianyuan-2021"),
        ({"month": "2025-13"}, "“2025-13”不是月份，要写成 2025-12 的样子。"),
        ({"month": "2999-01"}, "这个月还没有到。"),
        ({"month": "1900-01"}, "1949-10-01 以前没有数据。"),
        ({"region": "430211"}, "请填 12 位区划代码。"),
    ],
)
def test_bad_input_is_refused_with_its_reason(policy: Policy, bureau: Client, given: Any, reason: str) -> None:
    answer = bureau.get(URL, ASKED | given)
    assert answer.status_code == 400
    assert reason in answer.content.decode()


def test_without_a_policy_the_page_says_what_to_do(tree: Tree, bureau: Client) -> None:
    answer = bureau.get(URL)
    assert answer.status_code == 200
    assert "还没有政策说到您的地区" in answer.content.decode()


def test_the_policy_nearest_above_is_shown_unless_another_is_asked_for(
    policy: Policy, tree: Tree, clerk: Client
) -> None:
    make_policy(tree.province, "of-the-province", valid_from=date(2024, 1, 1))
    assert clerk.get(URL).context["policy"] == policy


def test_queries_do_not_grow_with_places_and_indicators(
    policy: Policy, tree: Tree, bureau: Client, django_assert_num_queries: Any
) -> None:
    bureau.get(URL, ASKED)
    # one counts the unread messages in the bar, one asks whether this is what she looked at last, one whether the
    # month is confirmed here and right below
    page = 27
    with django_assert_num_queries(page):
        bureau.get(URL, ASKED)
    for number in range(20):
        ask(policy.clauses.get(), f"more{number}", "stock(facilities.incubator)")
        make_region(f"4302110120{number:02}", f"第{number}社区", tree.street)
    with django_assert_num_queries(page):
        bureau.get(URL, ASKED)


def test_places_below_stand_beside_each_other(policy: Policy, tree: Tree, bureau: Client) -> None:
    context = bureau.get("/attainment/children/", ASKED | {"indicator": "rooms"}).context
    assert [row["place"] for row in context["rows"]] == [tree.next_street, tree.street]
    assert [head["indicator"].slug for head in context["heads"]] == ["rooms", "incubators"]
    other, own = (row["cells"][0]["cell"] for row in context["rows"])
    assert (own.colour, other.colour, other.text) == ("r4", "r4", "0")
    assert [each["cell"].lacking for each in context["ranked"]] == sorted((own.lacking, other.lacking), reverse=True)
    assert {cell["cell"].colour for row in context["rows"] for cell in row["cells"][1:]} == {"rx"}
    whole = bureau.get("/attainment/children/", ASKED | {"all": "1"}).context
    assert [head["indicator"].slug for head in whole["heads"]] == ["rooms", "incubators", "area"]
    part = bureau.get("/attainment/children/", ASKED, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "社工室覆盖率" in part


def test_a_community_has_nothing_below(policy: Policy, tree: Tree, bureau: Client) -> None:
    assert not bureau.get(URL, ASKED | {"region": tree.community.code}).context["has_below"]
    answer = bureau.get("/attainment/children/", ASKED | {"region": tree.community.code})
    assert "没有可以对照的下级地区" in answer.content.decode()


def test_pictures() -> None:
    bar = bullet(Fraction(3), Fraction(4), Fraction(2))
    assert (bar.fill, bar.target, bar.path) == ("75.0", "99.0", "50.0")
    beyond = bullet(Fraction(8), Fraction(4), Fraction(4))
    assert (beyond.fill, beyond.target, beyond.path) == ("100.0", "50.0", None)
    assert spark([None, Fraction(1)]) is None
    line = spark([Fraction(0), None, Fraction(2), Fraction(1)])
    assert line is not None
    assert (line.line.count("M"), line.end) == (2, ("82.0", "13.0"))
