"""A place says that the records of a month are complete, once; it may be taken back."""

from __future__ import annotations

import json
import threading
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from governance.accounts.models import User
from governance.attainment.actions import confirm_month
from governance.attainment.dashboard.confirmed import last_ended
from governance.attainment.models import ConfirmedMonth
from governance.attainment.periods import as_text, first_day
from governance.audit.models import AuditEvent
from governance.desk.models import Message
from governance.kit import records
from governance.kit.errors import DomainError
from governance.policies.models import Policy
from governance.regions.models import Region
from tests.attainment.refused import refused_by
from tests.attainment.test_dashboard import policy as policy
from tests.factories import make_tree, make_user
from tests.factories.places import Tree

LAST = first_day(last_ended())
MONTHS, ADD = "/attainment/months/", "/attainment/confirmed_months/add/"


def confirmed(by: User, region: Region, month: date = LAST, note: str = "") -> ConfirmedMonth:
    return confirm_month(by=by, region=region, month=month, note=note)


# ---- confirming ----


def test_the_clerk_confirms_from_the_card_with_the_numbers_before_her_eyes(
    policy: Policy, street_clerk: User, tree: Tree, as_user: Any
) -> None:
    client = as_user(street_clerk)
    desk = client.get(reverse("desk:workbench")).content.decode()
    assert "上月数据请确认" in desk
    address = f"{ADD}?region={tree.street.code}&amp;month={as_text(last_ended())}"
    assert f'href="{address}"' in desk
    page = client.get(address.replace("&amp;", "&"))
    closing = page.context["closing"]
    assert (closing.place, closing.month) == (tree.street, as_text(last_ended()))
    incubators = next(line for line in closing.lines if line.name == "孵化基地数")
    assert (incubators.before, incubators.value, incubators.change) == ("1", "1", "0")
    assert "孵化基地数" in page.content.decode()
    assert "设施" in "".join(closing.registers)
    data = {"region": tree.street.code, "month": as_text(last_ended()), "note": "台账已齐"}
    assert client.post(ADD, data).status_code == 302
    row = ConfirmedMonth.objects.get()
    assert (row.region, row.month, row.confirmed_by, row.note, row.state) == (
        tree.street, LAST, street_clerk, "台账已齐", "standing",
    )  # fmt: skip
    assert AuditEvent.objects.get(action="attainment.confirmedmonth.add").actor == street_clerk
    assert "上月数据请确认" not in client.get(reverse("desk:workbench")).content.decode()


def test_a_change_of_the_month_shows_in_the_summary(
    policy: Policy, street_clerk: User, tree: Tree, as_user: Any
) -> None:
    from governance.regions.models import Facility  # noqa: PLC0415

    Facility.objects.filter(kind="incubator").update(since=LAST + timedelta(days=3))
    closing = (
        as_user(street_clerk).get(ADD, {"region": tree.street.code, "month": as_text(last_ended())}).context["closing"]
    )
    line = next(line for line in closing.lines if line.name == "孵化基地数")
    assert (line.before, line.value, line.change) == ("0", "1", "+1")


def test_without_anything_in_the_address_the_form_is_about_her_own_place_and_the_last_month(
    street_clerk: User, tree: Tree, as_user: Any
) -> None:
    page = as_user(street_clerk).get(ADD)
    assert page.context["closing"].place == tree.street
    assert page.context["closing"].policy is None
    assert "这个月还没有可以对照的指标数值" in page.content.decode()


@pytest.mark.parametrize(
    "given", [{"month": "2025-13"}, {"month": "x"}, {"region": "000000000000"}, {"month": "2999-01"}]
)
def test_an_address_that_names_nothing_shows_no_summary(
    given: dict[str, str], street_clerk: User, as_user: Any
) -> None:
    page = as_user(street_clerk).get(ADD, given)
    assert page.status_code == 200
    assert page.context["closing"] is None


def test_no_summary_of_a_place_where_she_may_not_confirm(street_clerk: User, tree: Tree, as_user: Any) -> None:
    for place in (tree.next_street, tree.county, tree.community):
        assert as_user(street_clerk).get(ADD, {"region": place.code}).context["closing"] is None


@pytest.mark.parametrize("month", [first_day(last_ended() + 1), first_day(last_ended() + 14)])
def test_a_month_that_has_not_ended_is_refused(month: date, street_clerk: User, tree: Tree, as_user: Any) -> None:
    with pytest.raises(ValidationError, match="还没有结束"):
        confirmed(street_clerk, tree.street, month)
    answer = as_user(street_clerk).post(ADD, {"region": tree.street.code, "month": month.isoformat()[:7]})
    assert answer.status_code == 400
    assert "这个月还没有结束" in answer.content.decode()
    assert not ConfirmedMonth.objects.exists()


def test_a_day_in_the_middle_is_no_month(street_clerk: User, tree: Tree) -> None:
    with pytest.raises(ValidationError, match="第一天"):
        confirmed(street_clerk, tree.street, LAST.replace(day=2))


def test_a_place_that_was_not_there_confirms_nothing(bureau_admin: User, tree: Tree) -> None:
    Region.objects.filter(pk=tree.street.pk).update(since=LAST + timedelta(days=40))
    with pytest.raises(ValidationError, match="没有这个地区"):
        confirmed(bureau_admin, Region.objects.get(pk=tree.street.pk))


def test_a_community_confirms_nothing_of_its_own(bureau_admin: User, tree: Tree) -> None:
    with pytest.raises(ValidationError) as refusal:
        confirmed(bureau_admin, tree.community)
    assert set(refusal.value.message_dict) == {"region"}


def test_nobody_confirms_elsewhere(street_clerk: User, next_street_clerk: User, tree: Tree) -> None:
    viewer = make_user("viewer", tree.street, "viewer")
    for user, place in (
        (next_street_clerk, tree.street), (street_clerk, tree.county), (viewer, tree.street),
    ):  # fmt: skip
        with pytest.raises(PermissionDenied):
            confirmed(user, place)
    assert not ConfirmedMonth.objects.exists()


def test_the_level_above_confirms_for_a_place(bureau_admin: User, tree: Tree) -> None:
    assert confirmed(bureau_admin, tree.street).confirmed_by == bureau_admin


def test_a_viewer_is_asked_for_nothing(tree: Tree, as_user: Any) -> None:
    client = as_user(make_user("viewer", tree.street, "viewer"))
    assert "上月数据请确认" not in client.get(reverse("desk:workbench")).content.decode()
    assert client.get(ADD).status_code == 403


# ---- once, and taken back ----


def test_whoever_confirms_above_is_told(street_clerk: User, bureau_admin: User, tree: Tree) -> None:
    confirmed(street_clerk, tree.street, note="少一份台账")
    (told,) = Message.objects.all()
    assert (told.user, told.kind, told.text) == (bureau_admin, "confirmed", "少一份台账")
    assert told.title == f"{tree.street.name}已确认 {as_text(last_ended())} 的数据"
    confirmed(bureau_admin, tree.next_street)
    assert Message.objects.count() == 1  # she knows what she has done herself


def test_a_month_is_confirmed_once(street_clerk: User, bureau_admin: User, tree: Tree) -> None:
    confirmed(street_clerk, tree.street)
    with pytest.raises(ValidationError, match="已经确认过"):
        confirmed(bureau_admin, tree.street)
    confirmed(street_clerk, tree.street, first_day(last_ended() - 1))  # another month
    confirmed(bureau_admin, tree.county)  # another place


def test_taken_back_for_a_reason_it_may_be_confirmed_anew(street_clerk: User, tree: Tree, as_user: Any) -> None:
    row = confirmed(street_clerk, tree.street)
    client = as_user(street_clerk)
    url = reverse("attainment:confirmed_month_move", args=[row.pk, "take_back"])
    assert client.post(url, {"reason": " ", "seen": row.changed_at.isoformat()}).status_code == 400
    assert client.post(url, {"reason": "漏报一家", "seen": row.changed_at.isoformat()}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.reason) == ("taken_back", "漏报一家")
    assert "上月数据请确认" in client.get(reverse("desk:workbench")).content.decode()
    with pytest.raises(DomainError):
        records.move(row, "take_back", by=street_clerk, reason="再撤")
    again = confirmed(street_clerk, tree.street)
    assert [each.pk for each in ConfirmedMonth.objects.standing()] == [again.pk]
    assert ConfirmedMonth.objects.count() == 2


def test_nobody_else_takes_it_back(
    street_clerk: User, next_street_clerk: User, tree: Tree, cast: dict[str, Client]
) -> None:
    row = confirmed(street_clerk, tree.street)
    for user in (next_street_clerk, make_user("viewer", tree.street, "viewer")):
        with pytest.raises(PermissionDenied):
            records.move(row, "take_back", by=user, reason="无权")
    url = reverse("api:confirmed_month-take_back", args=[row.pk])
    for who, status in {"next_street_clerk": 404, "partner": 403, "anonymous": 401, "auditor": 403}.items():
        answer = cast[who].post(url, json.dumps({"reason": "无权"}), content_type="application/json")
        assert answer.status_code == status, who
    row.refresh_from_db()
    assert row.state == "standing"


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_told_so() -> None:
    tree = make_tree()
    clerk, admin = make_user("clerk", tree.street, "clerk"), make_user("admin", tree.county, "bureau_admin")
    start, told = threading.Barrier(2), []

    def confirm(by: User) -> None:
        try:
            start.wait(10)
            confirmed(by, tree.street)
            told.append("done")
        except (DomainError, ValidationError) as refusal:
            told.append(str(getattr(refusal, "reason", refusal)))
        finally:
            connection.close()

    threads = [threading.Thread(target=confirm, args=(by,)) for by in (clerk, admin)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(told) == 2
    assert "done" in told
    assert any("已经确认过" in each for each in told)
    assert ConfirmedMonth.objects.standing().count() == 1


# ---- what the database keeps ----


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        ("confirmed_month_first_day", {"month": LAST.replace(day=2)}),
        ("confirmed_month_has_ended", {"month": first_day(last_ended() + 1)}),
        ("confirmed_month_state_known", {"state": "rumoured"}),
        ("confirmed_month_taken_back_for_a_reason", {"state": "taken_back"}),
        ("confirmed_month_taken_back_for_a_reason", {"reason": "没有撤回"}),
    ],
)
def test_the_database_keeps_the_rules_of_a_row(
    rule: str, values: dict[str, Any], street_clerk: User, tree: Tree
) -> None:
    with refused_by(rule):
        ConfirmedMonth.objects.create(**{"region": tree.street, "month": LAST, "confirmed_by": street_clerk} | values)


def test_the_database_refuses_a_month_of_a_community(street_clerk: User, tree: Tree) -> None:
    with refused_by("confirmed_month_level"):
        ConfirmedMonth.objects.create(region=tree.community, month=LAST, confirmed_by=street_clerk)


def test_the_end_of_a_month_is_that_of_the_portals_clock(street_clerk: User, tree: Tree) -> None:
    end = timezone.make_aware(datetime(2025, 3, 1))
    values = {"region": tree.street, "month": date(2025, 2, 1), "confirmed_by": street_clerk}
    with refused_by("confirmed_month_has_ended"):
        ConfirmedMonth.objects.create(**values, confirmed_at=end - timedelta(seconds=1))
    assert ConfirmedMonth.objects.create(**values, confirmed_at=end).pk


@pytest.mark.parametrize("field", ["month", "note", "confirmed_at", "region", "confirmed_by"])
def test_the_database_lets_nothing_be_rewritten(field: str, street_clerk: User, bureau_admin: User, tree: Tree) -> None:
    row = confirmed(street_clerk, tree.street)
    values: dict[str, Any] = {
        "month": first_day(last_ended() - 3), "note": "改过", "confirmed_at": timezone.now(), "region": tree.next_street,
        "confirmed_by": bureau_admin,
    }  # fmt: skip
    with refused_by("confirmed_month_stays"):
        ConfirmedMonth.objects.filter(pk=row.pk).update(**{field: values[field]})


def test_the_database_lets_nothing_taken_back_stand_again(street_clerk: User, tree: Tree) -> None:
    row = records.move(confirmed(street_clerk, tree.street), "take_back", by=street_clerk, reason="漏报")
    with refused_by("confirmed_month_stays"):
        ConfirmedMonth.objects.filter(pk=row.pk).update(state="standing", reason="")
