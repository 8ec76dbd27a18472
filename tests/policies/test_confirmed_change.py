"""A change that results depend on: old and new values first, nothing stored; then the change."""

from __future__ import annotations

import re
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from governance.accounts.models import User
from governance.audit.models import AuditEvent
from governance.kit import review
from governance.policies.models import Indicator, Target
from governance.policies.packing import export
from tests.factories.places import Tree
from tests.policies.made import make_clause, make_indicator, make_policy, make_target

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?')
SURFACES = ["page", "admin"]


def address_of(record: Any, surface: str) -> str:
    if surface == "page":
        return f"{record.get_absolute_url()}change/"
    return reverse(f"admin:policies_{record._meta.model_name}_change", args=[record.pk])


def form_of(client: Client, address: str) -> dict[str, Any]:
    """Return what the browser would send back from the form as it is shown."""
    response = client.get(address)
    form = response.context["form"] if "form" in response.context else response.context["adminform"].form
    shown = {}
    for field in form:
        value = field.field.prepare_value(field.value())
        if value not in (None, False):
            shown[field.html_name] = value if isinstance(value, list) else str(value).replace("\n", "\r\n")
    return shown


def carried(response: Any) -> dict[str, list[str]]:
    """Return what the page that asks once more sends back."""
    sent: dict[str, list[str]] = {}
    for name, value in HIDDEN.findall(response.content.decode()):
        if name != "csrfmiddlewaretoken":
            sent.setdefault(name, []).append(unescape(value))
    return sent


def rows(response: Any) -> list[tuple[str, str, str]]:
    return [(str(row["label"]), str(row["before"]), str(row["after"])) for row in response.context["differences"]]


@pytest.fixture
def client(bureau_admin: User, as_user: Any) -> Client:
    return as_user(bureau_admin)  # type: ignore[no-any-return]


@pytest.fixture
def target(tree: Tree) -> Target:
    return make_target(make_indicator(make_clause(make_policy(tree.county))), tree.county)


@pytest.fixture
def foreseen(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Keep what an app is asked about a change of a target."""
    asked: list[Any] = []

    def preview(stored: Any, wanted: Any, by: Any) -> list[str]:
        asked.append((stored.value, wanted.value, by.username))
        return [f"从 {stored.value:f} 到 {wanted.value:f}"]

    monkeypatch.setattr(review, "_previews", {Target: [preview]})
    return asked


@pytest.mark.parametrize("surface", SURFACES)
def test_an_administrator_sees_old_and_new_before_anything_is_stored(
    surface: str, client: Client, target: Target, foreseen: list[Any]
) -> None:
    address = address_of(target, surface)
    values = form_of(client, address) | {"value": "250", "due": "2026-06-30"}
    asked = client.post(address, values)
    assert asked.status_code == 200
    assert rows(asked) == [("期限", "2025-12-31", "2026-06-30"), ("目标数", "200 个", "250 个")]
    body = asked.content.decode()
    assert "设施数" in body
    assert "天元区" in body
    assert "从 200.0000 到 250" in body
    assert foreseen == [(Decimal(200), Decimal(250), "bureau_admin")]
    target.refresh_from_db()
    assert target.value == 200, "the first answer writes nothing"
    assert not AuditEvent.objects.exclude(action__endswith="login").exists()

    done = client.post(address, carried(asked) | {"confirmed": "1"})
    assert done.status_code == 302
    target.refresh_from_db()
    assert (target.value, str(target.due)) == (250, "2026-06-30")
    event = AuditEvent.objects.get(action="policies.target.change")
    assert (event.before["value"], event.after["value"], event.surface) == ("200.0000", "250", surface)
    assert set(event.after) == {"due", "value", "changed_at"}, "what stays is not told as a change"
    assert "{due: 2026-06-30, value: 250}" in export(target.indicator.policy.slug), "and it is what the export says"


@pytest.mark.parametrize("surface", SURFACES)
def test_nothing_is_asked_where_nothing_differs(
    surface: str, client: Client, target: Target, foreseen: list[Any]
) -> None:
    indicator = target.indicator
    Indicator.objects.filter(pk=indicator.pk).update(
        note="第一行\n第二行", checklist=["甲", "乙"], show_levels=["county", "township"], factor=Decimal("1.000000")
    )
    for record in (indicator, target, indicator.policy):
        address = address_of(record, surface)
        answer = client.post(address, form_of(client, address))
        assert rows(answer) == []
        body = answer.content.decode()
        assert "没有改动" in body
        assert 'name="confirmed"' not in body
    assert foreseen == [], "nothing to foresee"


@pytest.mark.parametrize("surface", SURFACES)
def test_lists_and_related_records_are_told_in_words_and_carried(
    surface: str, client: Client, target: Target, tree: Tree
) -> None:
    indicator = target.indicator
    other = make_clause(indicator.policy, "另一条", position=2)
    address = address_of(indicator, surface)
    changed = {
        "clause": str(other.pk), "show_levels": ["community", "township"], "checklist": "甲\r\n乙",
        "region": tree.street.code, "note": "一\r\n二",
    }  # fmt: skip
    asked = client.post(address, form_of(client, address) | changed)
    assert set(rows(asked)) == {
        ("条款", "社区基金不少于200个", "另一条"),
        ("参考级别", "—", "乡镇（街道）、村（社区）"),
        ("专指地区", "—", "泰山路街道"),
        ("要点清单", "—", "甲、乙"),
        ("原文的疑义", "—", "一\n二"),
    }
    assert client.post(address, carried(asked) | {"confirmed": "1"}).status_code == 302
    indicator.refresh_from_db()
    assert (indicator.clause, indicator.region) == (other, tree.street)
    assert (indicator.show_levels, indicator.checklist) == (["township", "community"], ["甲", "乙"])
    assert indicator.note == "一\n二"


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("when", ["before the first", "between the two"])
def test_a_change_by_somebody_else_is_not_overwritten(surface: str, when: str, client: Client, target: Target) -> None:
    address = address_of(target, surface)
    values: dict[str, Any] = form_of(client, address) | {"value": "250"}
    if when == "between the two":
        values = carried(client.post(address, values)) | {"confirmed": "1"}
    Target.objects.get(pk=target.pk).save()  # by somebody else: only the time of the change is another
    answer = client.post(address, values)
    assert "刚被别人修改过" in answer.content.decode()
    target.refresh_from_db()
    assert target.value == 200


@pytest.mark.parametrize("surface", SURFACES)
def test_going_back_loses_nothing(surface: str, client: Client, target: Target) -> None:
    address = address_of(target, surface)
    asked = client.post(address, form_of(client, address) | {"value": "250"})
    back = client.post(address, carried(asked) | {"edit": "1"})
    assert back.status_code == 200
    assert 'value="250"' in back.content.decode()
    target.refresh_from_db()
    assert target.value == 200


@pytest.mark.parametrize("surface", SURFACES)
def test_a_wrong_expression_is_refused_at_its_field_with_its_place(
    surface: str, client: Client, target: Target
) -> None:
    address = address_of(target.indicator, surface)
    answer = client.post(address, form_of(client, address) | {"numerator": "units(comunity)"})
    form = answer.context["form"] if surface == "page" else answer.context["adminform"].form
    assert set(form.errors) - {"__all__"} == {"numerator"}
    assert "第 7 个字符" in form.errors["numerator"][0]


def test_the_button_of_the_admin_is_remembered(client: Client, target: Target) -> None:
    address = address_of(target, "admin")
    asked = client.post(address, form_of(client, address) | {"value": "250", "_continue": "1"})
    done = client.post(address, carried(asked) | {"confirmed": "1"})
    assert done["Location"] == address
    target.refresh_from_db()
    assert target.value == 250


@pytest.mark.parametrize("surface", SURFACES)
def test_who_may_not_change_is_not_asked_either(surface: str, target: Target, street_clerk: User, as_user: Any) -> None:
    answer = as_user(street_clerk).post(address_of(target, surface), {"value": "250", "confirmed": "1"})
    assert answer.status_code in {403, 302}
    target.refresh_from_db()
    assert target.value == 200
