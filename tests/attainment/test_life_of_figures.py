"""A figure is drafted and submitted where it is known, approved by the bureau, and stays as it was approved."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from governance.accounts.models import User
from governance.attainment import actions
from governance.attainment.cards import population
from governance.attainment.models import ReportedFigure
from governance.audit.models import AuditEvent
from governance.kit import records
from governance.kit.errors import DomainError
from governance.kit.measures.sources import reportable
from tests.factories import make_user
from tests.factories.places import Tree

STATES = ("draft", "submitted", "approved")
# transition: (from, to, who may)
LIFE = {
    "submit": ("draft", "submitted", {"street_clerk", "bureau_admin", "partner"}),
    "approve": ("submitted", "approved", {"bureau_admin"}),
    "return": ("submitted", "draft", {"bureau_admin"}),
    "withdraw": ("approved", "draft", {"bureau_admin"}),
}
ASKS = {"return", "withdraw"}
NEVER = {"no_post", "system_admin", "auditor"}


@pytest.fixture
def figure(tree: Tree, street_clerk: User) -> ReportedFigure:
    return actions.add_reported_figure(
        by=street_clerk, region=tree.community, measure="resident_population", on=date(2020, 11, 1),
        value=Decimal(8642), source="第七次全国人口普查",
    )  # fmt: skip


def put_in(figure: ReportedFigure, state: str) -> ReportedFigure:
    """Write a state below all code; from an approved figure every way leads over the draft."""
    ReportedFigure.objects.filter(pk=figure.pk, state="approved").update(state="draft")
    ReportedFigure.objects.filter(pk=figure.pk).update(state=state)
    figure.refresh_from_db()
    return figure


def body(name: str) -> dict[str, str]:
    return {"reason": "数字与公报不符"} if name in ASKS else {}


def test_a_new_figure_is_a_draft_and_does_not_count(figure: ReportedFigure, bureau_admin: User, tree: Tree) -> None:
    assert figure.state == "draft"
    assert (population(bureau_admin, tree.community) or {})["figures"] == []
    assert (population(bureau_admin, tree.community) or {})["waiting"] == 1
    put_in(figure, "submitted")
    assert (population(bureau_admin, tree.community) or {})["figures"] == []
    put_in(figure, "approved")
    assert (population(bureau_admin, tree.community) or {})["figures"] == [figure]


def test_an_earlier_figure_does_not_come_back_when_the_latest_has_ended(bureau_admin: User, tree: Tree) -> None:
    common = {"region": tree.county, "measure": "resident_population", "value": Decimal(1), "state": "approved"}
    ReportedFigure.objects.create(**common, on=date(2010, 11, 1), source="六普")
    ReportedFigure.objects.create(**common, on=date(2020, 11, 1), source="七普", until=date(2025, 11, 6))
    assert (population(bureau_admin, tree.county) or {})["figures"] == []


@pytest.mark.parametrize("name", list(LIFE))
@pytest.mark.parametrize("state", STATES)
def test_every_move_from_every_state_by_everybody(
    name: str, state: str, figure: ReportedFigure, cast: dict[str, Client]
) -> None:
    source, target, allowed = LIFE[name]
    url = reverse(f"api:reported_figure-{name}", args=[figure.pk])
    for who, client in cast.items():
        put_in(figure, state)
        answer = client.post(url, json.dumps(body(name)), content_type="application/json").status_code
        figure.refresh_from_db()
        if who == "anonymous":
            assert answer == 401
        elif who == "next_street_clerk" and name == "submit":
            assert answer == 404
        elif who not in allowed:
            assert answer == 403, who
        else:
            assert answer == (200 if state == source else 409), who
        assert figure.state == (target if answer == 200 else state)


@pytest.mark.parametrize("name", list(LIFE))
@pytest.mark.parametrize("surface", ["page", "admin"])
def test_every_move_in_the_browser(
    name: str, surface: str, figure: ReportedFigure, bureau_admin: User, as_user: Any
) -> None:
    source, target, _allowed = LIFE[name]
    client = as_user(bureau_admin)
    put_in(figure, source)
    url = (
        reverse("attainment:reported_figure_move", args=[figure.pk, name])
        if surface == "page"
        else reverse("admin:attainment_reportedfigure_move", args=[figure.pk, name])
    )
    asked = client.get(url)
    assert asked.status_code == 200
    assert figure.changed_at.isoformat() in asked.content.decode()
    stale = client.post(url, body(name) | {"seen": "2020-01-01T00:00:00+08:00"})
    assert stale.status_code == 409
    assert "刚被别人修改过" in stale.content.decode()
    blind = client.post(url, body(name))
    assert blind.status_code in {200, 400}  # the admin shows its forms again with 200
    figure.refresh_from_db()
    assert figure.state == source
    done = client.post(url, body(name) | {"seen": figure.changed_at.isoformat()})
    assert done.status_code == 302
    figure.refresh_from_db()
    assert figure.state == target
    event = AuditEvent.objects.get(action=f"attainment.reportedfigure.{name}")
    assert (event.surface, event.after["state"]) == (surface, target)
    again = client.post(url, body(name) | {"seen": figure.changed_at.isoformat()})
    assert again.status_code == 409
    late = client.get(url)
    assert late.status_code == 409
    assert "现在的状态是" in late.content.decode()


@pytest.mark.parametrize("name", sorted(ASKS))
@pytest.mark.parametrize("reason", ["", "  ", "长" * 201, "看不见\u202e"])
def test_who_sends_something_back_says_why(
    name: str, reason: str, figure: ReportedFigure, bureau_admin: User, as_user: Any
) -> None:
    source = LIFE[name][0]
    put_in(figure, source)
    client = as_user(bureau_admin)
    page = reverse("attainment:reported_figure_move", args=[figure.pk, name])
    assert client.post(page, {"reason": reason, "seen": figure.changed_at.isoformat()}).status_code == 400
    admin = reverse("admin:attainment_reportedfigure_move", args=[figure.pk, name])
    assert client.post(admin, {"reason": reason, "seen": figure.changed_at.isoformat()}).status_code == 200
    url = reverse(f"api:reported_figure-{name}", args=[figure.pk])
    answer = client.post(url, json.dumps({"reason": reason}), content_type="application/json")
    assert (answer.status_code, set(answer.json())) == (400, {"reason"})
    figure.refresh_from_db()
    assert (figure.state, figure.reason) == (source, "")


def test_the_reason_is_shown_to_who_reported_and_goes_with_the_next_try(
    figure: ReportedFigure, bureau_admin: User, street_clerk: User, as_user: Any
) -> None:
    records.move(figure, "submit", by=street_clerk)
    records.move(figure, "return", by=bureau_admin, reason="数字与公报不符")
    assert "数字与公报不符" in as_user(street_clerk).get(figure.get_absolute_url()).content.decode()
    assert records.move(figure, "submit", by=street_clerk).reason == ""
    assert AuditEvent.objects.get(action="attainment.reportedfigure.return").after["reason"] == "数字与公报不符"


def test_what_is_submitted_is_out_of_the_hands_of_who_submitted(
    figure: ReportedFigure, street_clerk: User, bureau_admin: User, as_user: Any
) -> None:
    put_in(figure, "submitted")
    with pytest.raises(DomainError, match="已提交"):
        actions.change_reported_figure(figure, by=street_clerk, value=Decimal(1))
    client, change = as_user(street_clerk), reverse("attainment:reported_figure_change", args=[figure.pk])
    assert change not in client.get(figure.get_absolute_url()).content.decode()
    assert client.get(change).status_code == 409
    assert actions.change_reported_figure(figure, by=bureau_admin, value=Decimal(1)).value == 1


CHANGES = {
    "value": Decimal(1),
    "measure": "hukou_population",
    "on": date(2019, 1, 1),
    "source": "别处",
    "out_of": 9000,
}


@pytest.mark.parametrize("field", [*CHANGES, "region"])
def test_an_approved_figure_cannot_be_changed(
    field: str, figure: ReportedFigure, bureau_admin: User, tree: Tree
) -> None:
    put_in(figure, "approved")
    value = CHANGES.get(field, tree.village)
    with pytest.raises(DomainError, match="只能填停用日期"):
        actions.change_reported_figure(figure, by=bureau_admin, **{field: value})
    with _refused_by_the_database():
        ReportedFigure.objects.filter(pk=figure.pk).update(**{field: value})


def test_an_approved_figure_is_not_removed(figure: ReportedFigure, bureau_admin: User, as_user: Any) -> None:
    put_in(figure, "approved")
    with pytest.raises(DomainError, match="不能删除"):
        actions.remove_reported_figure(figure, by=bureau_admin)
    client = as_user(bureau_admin)
    remove = reverse("attainment:reported_figure_remove", args=[figure.pk])
    assert remove not in client.get(figure.get_absolute_url()).content.decode()
    assert client.post(remove).status_code == 409
    assert (
        client.post(reverse("admin:attainment_reportedfigure_delete", args=[figure.pk]), {"post": "yes"}).status_code
        == 403
    )
    assert client.delete(reverse("api:reported_figure-detail", args=[figure.pk])).status_code == 409
    with _refused_by_the_database(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM attainment_reportedfigure WHERE id = %s", [figure.pk])
    assert ReportedFigure.objects.filter(pk=figure.pk).exists()


def test_the_database_lets_an_approved_figure_become_a_draft_only_as_it_is(figure: ReportedFigure) -> None:
    put_in(figure, "approved")
    with _refused_by_the_database():
        ReportedFigure.objects.filter(pk=figure.pk).update(state="draft", value=1)
    with _refused_by_the_database():
        ReportedFigure.objects.filter(pk=figure.pk).update(state="submitted")
    assert ReportedFigure.objects.filter(pk=figure.pk).update(until=date(2025, 1, 1)) == 1
    assert ReportedFigure.objects.filter(pk=figure.pk).update(state="draft") == 1
    assert ReportedFigure.objects.filter(pk=figure.pk).update(value=1) == 1


def test_an_approved_figure_is_ended_by_those_who_approve(
    figure: ReportedFigure, street_clerk: User, bureau_admin: User, as_user: Any
) -> None:
    put_in(figure, "approved")
    with pytest.raises(DomainError):
        actions.change_reported_figure(figure, by=street_clerk, until=date(2025, 1, 1))
    client, url = as_user(bureau_admin), reverse("attainment:reported_figure_change", args=[figure.pk])
    page = client.get(url).content.decode()
    assert page.count(" disabled") == 6
    # what is disabled is not sent by a browser, and not read if somebody sends it
    answer = client.post(url, {"until": "2025-01-01", "value": "1", "seen": figure.changed_at.isoformat()})
    assert answer.status_code == 302, answer.content.decode()
    figure.refresh_from_db()
    assert (figure.until, figure.value, figure.state) == (date(2025, 1, 1), 8642, "approved")


def test_an_approved_figure_is_ended_in_the_admin(figure: ReportedFigure, bureau_admin: User, as_user: Any) -> None:
    put_in(figure, "approved")
    client, url = as_user(bureau_admin), reverse("admin:attainment_reportedfigure_change", args=[figure.pk])
    page = client.get(url).content.decode()
    assert reverse("admin:attainment_reportedfigure_move", args=[figure.pk, "withdraw"]) in page
    assert client.post(url, {"until": "2025-01-01", "seen": figure.changed_at.isoformat()}).status_code == 302
    figure.refresh_from_db()
    assert (figure.until, figure.value) == (date(2025, 1, 1), 8642)


def test_an_approved_figure_over_the_api(figure: ReportedFigure, bureau_admin: User, as_user: Any) -> None:
    put_in(figure, "approved")
    client, url = as_user(bureau_admin), reverse("api:reported_figure-detail", args=[figure.pk])
    refused = client.patch(url, json.dumps({"value": "1"}), content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (409, "kept_by_state")
    written = client.patch(url, json.dumps({"state": "draft"}), content_type="application/json")
    assert (written.status_code, set(written.json())) == (400, {"state"})
    same = client.get(url).json()
    ended = client.put(url, json.dumps(same | {"until": "2025-01-01"}), content_type="application/json")
    assert ended.status_code == 200, ended.json()


def test_partners_report_and_submit_but_approve_nothing(partner: Client, tree: Tree) -> None:
    values = {
        "region": tree.community.code, "measure": "survey.participation", "on": "2024-06-30", "value": "312",
        "out_of": 400, "source": "街道调查",
    }  # fmt: skip
    made = partner.post(reverse("api:reported_figure-list"), json.dumps(values), content_type="application/json")
    assert (made.status_code, made.json()["state"]) == (201, "draft")
    url = reverse("api:reported_figure-submit", args=[made.json()["id"]])
    assert partner.post(url, "{}", content_type="application/json").json()["state"] == "submitted"
    approve = reverse("api:reported_figure-approve", args=[made.json()["id"]])
    assert partner.post(approve, "{}", content_type="application/json").status_code == 403


def test_a_clerk_elsewhere_and_a_viewer_do_nothing(figure: ReportedFigure, next_street_clerk: User, tree: Tree) -> None:
    for user in (next_street_clerk, make_user("viewer", tree.street, "viewer")):
        with pytest.raises(PermissionDenied):
            actions.change_reported_figure(figure, by=user, value=Decimal(1))
        with pytest.raises(PermissionDenied):
            records.move(figure, "submit", by=user)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"measure": "made_up"}, "measure"),
        ({"measure": ""}, "measure"),
        ({"out_of": 9000}, "out_of"),
        ({"measure": "survey.participation"}, "out_of"),
        ({"measure": "survey.participation", "out_of": 0}, "__all__"),
        ({"measure": "survey.participation", "out_of": 8641}, "__all__"),
        ({"value": Decimal(-1)}, "__all__"),
    ],
)
def test_numbers_that_cannot_be_are_refused_by_field(
    values: dict[str, Any], field: str, figure: ReportedFigure, street_clerk: User
) -> None:
    with pytest.raises(ValidationError) as refusal:
        actions.change_reported_figure(figure, by=street_clerk, **values)
    assert field in refusal.value.message_dict


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        ("reported_figure_part_of_whole", {"out_of": 0, "value": 0}),
        ("reported_figure_part_of_whole", {"out_of": 10, "value": 11}),
        ("reported_figure_state_known", {"state": "rumoured"}),
        ("reported_figure_not_negative", {"value": -1}),
    ],
)
def test_the_database_keeps_the_rules(rule: str, values: dict[str, Any], figure: ReportedFigure) -> None:
    with _refused_by_the_database(rule):
        ReportedFigure.objects.filter(pk=figure.pk).update(**values)


def test_what_may_be_reported_is_offered_in_groups(street_clerk: User, as_user: Any) -> None:
    client = as_user(street_clerk)
    for url in (reverse("attainment:reported_figure_add"), reverse("attainment:reported_figure_list")):
        page = client.get(url).content.decode()
        for group in ("人口", "调查", "专项统计", "代替台账合计"):
            assert f'<optgroup label="{group}">' in page, url
        for code in reportable():
            assert f'value="{code}"' in page, url


def test_the_list_is_filtered_by_measure_and_state_and_says_it_in_words(
    figure: ReportedFigure, street_clerk: User, as_user: Any
) -> None:
    client, url = as_user(street_clerk), reverse("attainment:reported_figure_list")
    page = client.get(url, {"measure": "resident_population", "state": "draft"}).content.decode()
    assert "8,642" in page
    assert "常住人口（人）" in page.split('class="chips"')[1].split("</div>")[0]
    assert "8,642" not in client.get(url, {"state": "approved"}).content.decode()
    assert "8,642" not in client.get(url, {"measure": "hukou_population"}).content.decode()
    file = client.get(reverse("attainment:reported_figure_export", args=["csv"]))
    assert "常住人口" in b"".join(file.streaming_content).decode() if file.streaming else file.content.decode()
    refused = client.get(reverse("api:reported_figure-list"), {"measure": "made_up"})
    assert (refused.status_code, set(refused.json())) == (400, {"measure"})


def _refused_by_the_database(rule: str = "reported_figure_approved_stays") -> Any:
    class Refused:
        def __enter__(self) -> None:
            self.block = transaction.atomic()
            self.block.__enter__()

        def __exit__(self, kind: Any, error: Any, trace: Any) -> bool:
            self.block.__exit__(kind, error, trace)
            assert isinstance(error, IntegrityError), "the database let it pass"
            assert error.__cause__.diag.constraint_name == rule  # type: ignore[union-attr]
            return True

    return Refused()
