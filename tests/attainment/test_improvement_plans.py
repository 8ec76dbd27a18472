"""Why a target is missed at a place and what is done about it: asked for, followed up, seen when it falls due."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from governance.accounts.models import User
from governance.attainment.actions import add_plan_follow_up
from governance.attainment.listings import IMPROVEMENT_PLANS
from governance.attainment.models import ImprovementPlan, PlanFollowUp
from governance.audit.models import AuditEvent
from governance.kit import records
from governance.policies.models import Indicator, Policy
from governance.regions.models import Region
from tests.attainment.test_dashboard import ASKED
from tests.attainment.test_dashboard import policy as policy
from tests.factories import make_user
from tests.factories.places import Tree

DESK = "/"
ROOMS = "/attainment/indicators/rooms/"
PLANS = "/attainment/improvement_plans/"


def today() -> date:
    return timezone.localdate()


def given(indicator: Indicator, region: Region, **values: Any) -> dict[str, Any]:
    return {
        "indicator": indicator, "region": region, "cause": "premises", "explanation": "两个社区没有用房",
        "measures": "腾出旧卫生室", "responsible": "民政办 王工", "due_on": today() + timedelta(days=90),
    } | values  # fmt: skip


def planned(by: User, indicator: Indicator, region: Region, **values: Any) -> ImprovementPlan:
    assert IMPROVEMENT_PLANS.add is not None
    made: ImprovementPlan = IMPROVEMENT_PLANS.add(by=by, **given(indicator, region, **values))
    return made


def overdue(plan: ImprovementPlan, days: int = 5) -> None:
    """Let the plan be one of long ago, as no action makes it."""
    due = today() - timedelta(days=days)
    ImprovementPlan.objects.filter(pk=plan.pk).update(made_on=due - timedelta(days=30), due_on=due)


@pytest.fixture
def rooms(policy: Policy) -> Indicator:
    return Indicator.objects.get(slug="rooms")


@pytest.fixture
def plan(rooms: Indicator, street_clerk: User, tree: Tree) -> ImprovementPlan:
    return planned(street_clerk, rooms, tree.street)


# ---- from the missed target to the plan ----


def test_a_missed_target_asks_for_its_reason_and_shows_the_plan_then(
    rooms: Indicator, bureau_admin: User, tree: Tree, as_user: Any
) -> None:
    client = as_user(bureau_admin)
    page = client.get(ROOMS, ASKED).content.decode()
    assert "说明原因并制定计划" in page
    address = f"{PLANS}add/?region={tree.county.code}&indicator={rooms.pk}"
    assert address.replace("&", "&amp;") in page
    form = client.get(address).content.decode()
    assert f'value="{tree.county.code} 天元区"' in form
    assert f'<option value="{rooms.pk}" selected>' in form
    data = given(rooms, tree.county) | {"region": tree.county.code, "indicator": rooms.pk}
    assert client.post(f"{PLANS}add/", data).status_code == 302
    plan = ImprovementPlan.objects.get()
    assert (plan.state, plan.made_on) == ("open", today())
    assert AuditEvent.objects.get(action="attainment.improvementplan.add").actor == bureau_admin
    add_plan_follow_up(by=bureau_admin, plan=plan, on=today(), note="旧卫生室已清空")
    page = client.get(ROOMS, ASKED).content.decode()
    for text in (
        "进行中",
        "民政办 王工",
        plan.due_on.isoformat(),
        "旧卫生室已清空",
        "刘洋",
        "腾出旧卫生室",
        plan.get_absolute_url(),
    ):
        assert text in page, text
    assert "说明原因并制定计划" not in page


def test_what_is_on_its_way_asks_for_nothing(policy: Policy, bureau_admin: User, tree: Tree, as_user: Any) -> None:
    page = as_user(bureau_admin).get("/attainment/indicators/incubators/", ASKED)
    assert page.context["row"]["status"] not in {"overdue", "behind"}
    assert page.context["planned"] is None
    assert "原因和整改" not in page.content.decode()


def test_after_a_plan_is_closed_another_may_be_made(
    rooms: Indicator, bureau_admin: User, tree: Tree, as_user: Any
) -> None:
    plan = planned(bureau_admin, rooms, tree.county)
    records.move(plan, "cancel", by=bureau_admin, conclusion="改由市里统建")
    page = as_user(bureau_admin).get(ROOMS, ASKED).content.decode()
    assert "改由市里统建" in page
    assert "说明原因并制定计划" in page
    assert planned(bureau_admin, rooms, tree.county).state == "open"


def test_who_may_not_plan_is_not_asked(rooms: Indicator, street_clerk: User, tree: Tree, as_user: Any) -> None:
    viewer = as_user(make_user("viewer", tree.county, "viewer"))
    assert "说明原因并制定计划" not in viewer.get(ROOMS, ASKED).content.decode()
    above = as_user(street_clerk).get(ROOMS, ASKED | {"region": tree.county.code})  # the root of a public policy
    assert above.status_code == 200
    assert above.context["planned"] is None


def test_the_level_above_sees_the_plans_of_its_places(
    plan: ImprovementPlan, bureau_admin: User, tree: Tree, as_user: Any
) -> None:
    client = as_user(bureau_admin)
    page = client.get(ROOMS, ASKED)
    assert page.context["planned"]["below"] == 1
    assert "1 份整改计划进行中" in page.content.decode()
    listed = client.get(page.context["planned"]["below_url"])
    assert listed.status_code == 200
    assert plan.get_absolute_url() in listed.content.decode()


def test_the_page_of_a_plan_leads_to_a_note(plan: ImprovementPlan, street_clerk: User, as_user: Any) -> None:
    client = as_user(street_clerk)
    add = f"/attainment/plan_follow_ups/add/?plan={plan.pk}"
    assert f'href="{add}"' in client.get(plan.get_absolute_url()).content.decode()
    assert client.get(add).status_code == 200
    answer = client.post(add, {"plan": plan.pk, "on": today().isoformat(), "note": "已开工"})
    assert answer.status_code == 302, answer.content.decode()
    row = PlanFollowUp.objects.get()
    assert (row.author, row.note) == (street_clerk, "已开工")
    page = client.get(plan.get_absolute_url()).content.decode()
    assert "已开工" in page
    assert f'href="{ROOMS}?region={plan.region.code}"' in page
    assert client.get(f"{ROOMS}?region={plan.region.code}").status_code == 200


# ---- what falls due ----


def test_what_falls_due_is_on_the_workbench(
    plan: ImprovementPlan, street_clerk: User, next_street_clerk: User, bureau_admin: User, as_user: Any
) -> None:
    assert "整改计划到期" not in as_user(street_clerk).get(DESK).content.decode()
    overdue(plan)
    for user in (street_clerk, bureau_admin):  # the place itself and the level above
        page = as_user(user).get(DESK).content.decode()
        assert "整改计划到期" in page
        assert plan.get_absolute_url() in page
    assert "整改计划到期" not in as_user(next_street_clerk).get(DESK).content.decode()
    plan.refresh_from_db()
    records.move(plan, "cancel", by=street_clerk, conclusion="不再执行")
    assert "整改计划到期" not in as_user(street_clerk).get(DESK).content.decode()


@pytest.mark.parametrize(("days", "shown"), [(-7, True), (-8, False), (0, True)])
def test_a_week_ahead_is_told(days: int, shown: bool, plan: ImprovementPlan, street_clerk: User, as_user: Any) -> None:
    overdue(plan, days)
    assert ("整改计划到期" in as_user(street_clerk).get(DESK).content.decode()) == shown


def test_the_list_is_filtered_by_what_is_due(
    plan: ImprovementPlan, policy: Policy, bureau_admin: User, tree: Tree, as_user: Any
) -> None:
    overdue(plan)
    soon = planned(bureau_admin, Indicator.objects.get(slug="incubators"), tree.county, due_on=today())
    client = as_user(bureau_admin)
    for asked, wanted in (
        ({"due": "overdue"}, {plan}),
        ({"due": "soon"}, {soon}),
        ({"indicator": "rooms"}, {plan}),
        ({"indicator": "nothing"}, set()),
        ({"region": tree.street.code}, {plan}),
        ({"cause": "premises", "state": "open"}, {plan, soon}),
        ({"state": "done"}, set()),
    ):
        page = client.get(PLANS, asked).content.decode()
        assert {each for each in (plan, soon) if each.get_absolute_url() in page} == wanted, asked
    listed = client.get(reverse("api:improvement_plan-list"), {"due": "overdue"}).json()
    assert [each["id"] for each in listed["results"]] == [plan.pk]


def test_who_is_responsible_goes_into_files_of_those_who_see_the_plan(
    plan: ImprovementPlan, street_clerk: User, as_user: Any
) -> None:
    file = as_user(street_clerk).get(reverse("attainment:improvement_plan_export", args=["csv"]))
    text = b"".join(file.streaming_content).decode("utf-8-sig")
    assert "民政办 王工" in text
    assert "腾出旧卫生室" in text
