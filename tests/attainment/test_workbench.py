"""The workbench and the messages of the morning: what a place has to reach soon, what is late, what has changed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from governance.accounts.models import User
from governance.attainment.actions.reminding import tell_dues
from governance.desk.models import Message
from governance.policies.models import Indicator, Policy, Target
from governance.regions.models import Facility
from tests.attainment.test_evidence_api import incubator
from tests.attainment.test_records_are_counted import ask, keep
from tests.factories import make_user
from tests.factories.places import Tree
from tests.policies.made import make_clause, make_policy, make_target


def day(ahead: int) -> date:
    return timezone.localdate() + timedelta(days=ahead)


@pytest.fixture
def policy(tree: Tree) -> Policy:
    """A policy of the county that asks for three incubators soon, and for one long ago; the county has one."""
    policy = make_policy(tree.county, "tianyuan-2021", valid_from=date(2021, 1, 1), valid_to=None)
    clause = make_clause(policy)
    for slug, name, value, due in (
        ("soon", "孵化基地三家", 3, day(20)),
        ("late", "孵化基地两家", 2, day(-70)),
        ("far", "孵化基地九家", 9, day(400)),
        ("met", "孵化基地一家", 1, day(20)),
    ):
        indicator = ask(clause, slug, "stock(facilities.incubator)", name=name, unit="家")
        make_target(indicator, tree.county, value=Decimal(value), due=due)
    keep(tree.county, "facilities")
    incubator(tree.community, "本街")
    return policy


def test_who_keeps_the_numbers_of_a_place_is_told_of_its_targets_once(
    policy: Policy, tree: Tree, bureau_admin: User, street_clerk: User
) -> None:
    viewer = make_user("viewer", tree.county, "viewer")
    for _morning in range(2):
        tell_dues()
    told = {message.kind: message for message in Message.objects.filter(user=bureau_admin)}
    assert sorted(told) == ["due", "overdue"]
    assert Message.objects.count() == 2  # the text gives the street no number, and a viewer keeps none
    assert not Message.objects.filter(user__in=(viewer, street_clerk)).exists()
    assert told["due"].title == f"1 项指标将于 {day(20)} 到期，还没有达到"
    assert told["due"].text.endswith("孵化基地三家")
    assert told["overdue"].title == f"1 项指标 {day(-70)} 到期未达到"
    assert told["overdue"].url == f"/attainment/?policy=tianyuan-2021&region={tree.county.code}&status=overdue"


def test_the_address_in_a_message_opens(policy: Policy, tree: Tree, bureau_admin: User, as_user: Any) -> None:
    tell_dues()
    for message in Message.objects.all():
        assert as_user(bureau_admin).get(message.url).status_code == 200


def test_a_target_that_is_reached_or_a_policy_that_is_over_tells_nothing(
    policy: Policy, tree: Tree, bureau_admin: User
) -> None:
    for number in range(2):
        incubator(tree.community, f"又一家{number}")
    tell_dues()
    assert Message.objects.count() == 0
    Facility.objects.all().delete()
    Policy.objects.update(valid_to=day(-1))
    tell_dues()
    assert Message.objects.count() == 0


def test_more_readers_and_places_cost_no_more_questions_each(policy: Policy, tree: Tree, bureau_admin: User) -> None:
    def asked() -> int:
        Message.objects.all().delete()
        with CaptureQueriesContext(connection) as captured:
            tell_dues()
        return len(captured)

    alone = asked()
    for number in range(5):
        make_user(f"clerk{number}", tree.county, "clerk")
        make_user(f"street{number}", tree.street, "clerk")
    assert asked() == alone


def test_targets_stand_among_what_falls_due(policy: Policy, bureau_admin: User, as_user: Any) -> None:
    lines = as_user(bureau_admin).get("/due/").context["lines"]
    assert [(line.day, line.title) for line in lines] == [(day(20), "孵化基地三家")]
    Target.objects.filter(indicator__slug="late").update(due=day(-4))
    lines = as_user(bureau_admin).get("/due/").context["lines"]
    assert [line.title for line in lines] == ["孵化基地两家", "孵化基地三家"]
    assert lines[0].days == -4
    assert lines[0].tag["status"] in {"behind", "overdue"}  # it is judged at the end of the month


def test_the_line_on_top_counts_and_the_card_tells_what_is_missing(
    policy: Policy, bureau_admin: User, as_user: Any
) -> None:
    answer = as_user(bureau_admin).get("/")
    counts = {each["count"].tag["status"]: each["count"].number for each in answer.context["top_cards"][0]["counts"]}
    assert (counts["overdue"], counts["met"]) == (1, 1)
    missing = next(card for card in answer.context["cards"] if card["name"] == "missing")
    assert "孵化基地两家" in [str(row.question.indicator) for row in missing["rows"]]


def test_the_cards_compute_a_place_once(policy: Policy, bureau_admin: User, as_user: Any) -> None:
    client = as_user(bureau_admin)
    client.get("/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/")
    asked = [each["sql"] for each in captured if 'FROM "policies_indicator"' in each["sql"]]
    assert len(asked) == 1, asked


def test_what_has_changed_since_the_month_before_is_told_with_both_values(
    policy: Policy, tree: Tree, bureau_admin: User, as_user: Any
) -> None:
    def changed() -> dict[str, Any]:
        side = as_user(bureau_admin).get("/").context["side_cards"]
        return {row["name"]: row for row in next(card for card in side if card["name"] == "changed")["rows"]}

    steady = {"孵化基地一家", "孵化基地两家"}  # what is due later may fall behind as time goes by
    assert not steady & set(changed())
    today = timezone.localdate()
    Facility.objects.create(region=tree.community, kind="incubator", name="新的一家", since=today)
    rows = changed()
    assert set(rows) == set(Indicator.objects.values_list("name", flat=True))
    late = rows["孵化基地两家"]
    assert (late["before"], late["after"]) == ("1", "2")
    assert (late["was"]["status"], late["tag"]["status"]) == ("overdue", "met")
    assert rows["孵化基地一家"]["tag"] is None  # met before and now
