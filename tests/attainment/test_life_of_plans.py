"""An improvement plan: open until it is done or cancelled, one at a time, of a place that the text speaks of."""

from __future__ import annotations

import json
import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse

from governance.accounts.models import User
from governance.attainment.actions import add_plan_follow_up
from governance.attainment.models import ImprovementPlan, PlanFollowUp
from governance.kit import records
from governance.kit.errors import DomainError
from governance.policies.models import Indicator
from tests.attainment.refused import refused_by
from tests.attainment.test_dashboard import policy as policy
from tests.attainment.test_improvement_plans import PLANS, given, planned, today
from tests.attainment.test_improvement_plans import plan as plan
from tests.attainment.test_improvement_plans import rooms as rooms
from tests.factories import make_record, make_user
from tests.factories.places import Tree, make_tree

# ---- its life ----


def test_it_is_done_on_a_day_with_a_conclusion(plan: ImprovementPlan, street_clerk: User, as_user: Any) -> None:
    client = as_user(street_clerk)
    url = reverse("attainment:improvement_plan_move", args=[plan.pk, "finish"])
    seen = {"seen": plan.changed_at.isoformat()}
    for done, text in (
        (today() + timedelta(days=1), "不能填以后的日期"), (today() - timedelta(days=1), "完成日期不能早于制定日期"),
    ):  # fmt: skip
        answer = client.post(url, seen | {"done_on": done.isoformat(), "conclusion": "两处都已挂牌"})
        assert answer.status_code == 400
        assert text in answer.content.decode()
    assert client.post(url, seen | {"done_on": today().isoformat(), "conclusion": " "}).status_code == 400
    assert client.post(url, seen | {"done_on": today().isoformat(), "conclusion": "两处都已挂牌"}).status_code == 302
    plan.refresh_from_db()
    assert (plan.state, plan.done_on, plan.conclusion) == ("done", today(), "两处都已挂牌")
    page = client.get(plan.get_absolute_url()).content.decode()
    assert "两处都已挂牌" in page
    assert reverse("attainment:improvement_plan_change", args=[plan.pk]) not in page


@pytest.mark.parametrize("name", ["finish", "cancel"])
def test_what_is_closed_stays(name: str, plan: ImprovementPlan, street_clerk: User, bureau_admin: User) -> None:
    answers = {"conclusion": "已办"} | ({"done_on": today()} if name == "finish" else {})
    closed = records.move(plan, name, by=street_clerk, **answers)
    for move in ("finish", "cancel"):
        with pytest.raises(DomainError, match="现在的状态是"):
            records.move(closed, move, by=street_clerk, conclusion="再来", done_on=today())
    with pytest.raises(DomainError, match="已经结束"):
        records.change(closed, by=street_clerk, measures="别的")
    with pytest.raises(DomainError, match="已经结束"):
        records.remove(closed, by=bureau_admin)
    with pytest.raises(DomainError, match="已经结束"):
        add_plan_follow_up(by=street_clerk, plan=plan, on=today(), note="补记")
    with refused_by("improvement_plan_closed_stays"):
        ImprovementPlan.objects.filter(pk=plan.pk).update(measures="别的")
    with refused_by("improvement_plan_closed_stays"):
        ImprovementPlan.objects.filter(pk=plan.pk).update(state="open", done_on=None, conclusion="")
    with refused_by("improvement_plan_closed_stays"):
        ImprovementPlan.objects.filter(pk=plan.pk).delete()
    with refused_by("plan_follow_up_of_open_plan"):
        PlanFollowUp.objects.create(plan=plan, on=today(), note="补记", author=street_clerk)


@pytest.mark.parametrize(
    ("values", "field", "text"),
    [
        ({"due_on": date(2020, 1, 1)}, "due_on", "完成期限不能早于制定日期"),
        ({"cause": "weather"}, "cause", ""),
        ({"explanation": ""}, "explanation", ""),
        ({"measures": ""}, "measures", ""),
        ({"responsible": ""}, "responsible", ""),
        ({"responsible": "长" * 61}, "responsible", ""),
    ],
)
def test_what_a_plan_must_say(
    values: dict[str, Any], field: str, text: str, rooms: Indicator, street_clerk: User, tree: Tree
) -> None:
    with pytest.raises(ValidationError) as refusal:
        planned(street_clerk, rooms, tree.street, **values)
    assert field in refusal.value.message_dict
    assert text in "".join(refusal.value.message_dict[field])


@pytest.mark.parametrize("days", [1, -1])
def test_a_note_is_of_a_day_between_the_plan_and_today(days: int, plan: ImprovementPlan, street_clerk: User) -> None:
    with pytest.raises(ValidationError) as refusal:
        add_plan_follow_up(by=street_clerk, plan=plan, on=today() + timedelta(days=days), note="开工")
    assert set(refusal.value.message_dict) == {"on"}


# ---- one at a time ----


def test_one_plan_at_a_time_is_open(plan: ImprovementPlan, rooms: Indicator, bureau_admin: User, tree: Tree) -> None:
    with pytest.raises(ValidationError, match="已有进行中的整改计划"):
        planned(bureau_admin, rooms, tree.street)
    planned(bureau_admin, rooms, tree.county)  # another place
    planned(bureau_admin, Indicator.objects.get(slug="incubators"), tree.street)  # another indicator
    with refused_by("improvement_plan_one_open"):
        ImprovementPlan.objects.create(**given(rooms, tree.street))


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_told_so() -> None:
    tree = make_tree()
    indicator = make_record(Indicator, tree.county, "设施数")
    clerk, admin = make_user("clerk", tree.street, "clerk"), make_user("admin", tree.county, "bureau_admin")
    start, told = threading.Barrier(2), []

    def plan(by: User) -> None:
        try:
            start.wait(10)
            planned(by, indicator, tree.street)
            told.append("done")
        except (DomainError, ValidationError) as refusal:
            told.append(str(getattr(refusal, "reason", refusal)))
        finally:
            connection.close()

    threads = [threading.Thread(target=plan, args=(by,)) for by in (clerk, admin)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(told) == 2
    assert "done" in told
    assert any("已有进行中的整改计划" in each for each in told)
    assert ImprovementPlan.objects.open().count() == 1


# ---- where, and by whom ----


def test_nobody_plans_elsewhere(
    rooms: Indicator, plan: ImprovementPlan, street_clerk: User, next_street_clerk: User, tree: Tree
) -> None:
    viewer = make_user("viewer", tree.street, "viewer")
    for user, place in ((next_street_clerk, tree.street), (street_clerk, tree.county), (viewer, tree.street)):
        with pytest.raises((PermissionDenied, ValidationError)):
            planned(user, Indicator.objects.get(slug="incubators"), place)
    for user in (next_street_clerk, viewer):
        with pytest.raises(PermissionDenied):
            records.move(plan, "cancel", by=user, conclusion="无权")
        with pytest.raises(PermissionDenied):
            records.change(plan, by=user, measures="无权")
        with pytest.raises(PermissionDenied):
            add_plan_follow_up(by=user, plan=plan, on=today(), note="无权")
    assert ImprovementPlan.objects.count() == 1
    assert not PlanFollowUp.objects.exists()


def test_plans_of_the_next_street_do_not_exist(
    plan: ImprovementPlan, next_street_clerk: User, cast: dict[str, Client], as_user: Any
) -> None:
    client = cast["next_street_clerk"]
    assert client.get(plan.get_absolute_url()).status_code == 404
    assert "社工室覆盖率" not in client.get(PLANS).content.decode()
    body = json.dumps({"conclusion": "无权"})
    url = reverse("api:improvement_plan-cancel", args=[plan.pk])
    assert client.post(url, body, content_type="application/json").status_code == 404
    assert cast["partner"].post(url, body, content_type="application/json").status_code == 200


def test_a_plan_is_for_a_place_that_the_text_speaks_of(rooms: Indicator, tree: Tree) -> None:
    outside = make_user("outside", tree.prefecture, "bureau_admin")
    with pytest.raises(ValidationError, match="不涉及这个地区"):
        planned(outside, rooms, tree.other_county)
    with refused_by("improvement_plan_in_reach"):
        ImprovementPlan.objects.create(**given(rooms, tree.other_county))
    plan = planned(outside, rooms, tree.county)
    with refused_by("improvement_plan_in_reach"):
        ImprovementPlan.objects.filter(pk=plan.pk).update(region=tree.other_county)


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        ("improvement_plan_due_after_made", {"due_on": date(2020, 1, 1)}),
        ("improvement_plan_closed_with_a_conclusion", {"state": "done", "done_on": date(2090, 1, 1)}),
        ("improvement_plan_closed_with_a_conclusion", {"state": "done", "conclusion": "已办"}),
        ("improvement_plan_closed_with_a_conclusion", {"state": "cancelled"}),
        ("improvement_plan_closed_with_a_conclusion", {"conclusion": "还没结束"}),
        ("improvement_plan_closed_with_a_conclusion", {"state": "rumoured", "conclusion": "不明"}),
        ("improvement_plan_done_after_made", {"state": "done", "done_on": date(2020, 1, 1), "conclusion": "已办"}),
    ],
)
def test_the_database_keeps_the_rules_of_a_row(rule: str, values: dict[str, Any], rooms: Indicator, tree: Tree) -> None:
    with refused_by(rule):
        ImprovementPlan.objects.create(**given(rooms, tree.street, **values))
