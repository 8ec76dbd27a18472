"""States declared once: what is declared wrongly is refused, and a move keeps lock, scope, state, needs and trail."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse

from governance.accounts.models import User
from governance.attainment import actions
from governance.attainment.models import ReportedFigure
from governance.attainment.states import FIGURE_STATES
from governance.audit.models import AuditEvent
from governance.kit import records
from governance.kit.apimoves import endpoints
from governance.kit.errors import DomainError
from governance.kit.listing import LISTINGS
from governance.kit.moves import buttons
from governance.kit.states import STATES, States, Transition
from governance.regions.models import Facility
from tests.conftest import partner_client
from tests.factories import make_record, make_tree, make_user
from tests.factories.places import Tree

LOOKS = {"draft": ("st-none", "pencil"), "done": ("st-met", "check")}
DONE = Transition("finish", "完成", ("draft",), "done")


@pytest.fixture
def figure(tree: Tree) -> ReportedFigure:
    return make_record(ReportedFigure, tree.community, "普查")  # type: ignore[no-any-return]


def test_a_life_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown states"):
        States("state", LOOKS, (Transition("lose", "丢失", ("draft",), "lost"),))
    with pytest.raises(ValueError, match="unknown states"):
        States("state", LOOKS, (Transition("find", "找到", ("lost",), "draft"),))
    with pytest.raises(ValueError, match="repeat a name"):
        States("state", LOOKS, (DONE, DONE))
    with pytest.raises(ValueError, match="unknown tone"):
        Transition("finish", "完成", ("draft",), "done", tone="loud")


@pytest.mark.parametrize("model", list(STATES), ids=lambda model: model.__name__)
def test_every_declared_life_fits_its_model(model: Any) -> None:
    states = STATES[model]
    field = model._meta.get_field(states.field)
    assert set(states.looks) == set(dict(field.flatchoices))
    reached = {field.default} | {transition.target for transition in states.transitions}
    assert not reached & states.by_itself
    assert reached | states.by_itself == set(states.looks), "a state that nothing leads to"
    own = {each.name for each in model._meta.concrete_fields}
    for transition in states.transitions:
        assert {*transition.sets, *filter(None, (transition.by_field, transition.at_field))} <= own
        known = {"change", "delete"} | {
            name.removesuffix(f"_{model._meta.model_name}") for name, _ in model._meta.permissions
        }
        assert transition.verb in known, f"nobody can be granted {transition.verb}"


def test_every_transition_has_an_endpoint_and_says_what_it_asks(partner: Client) -> None:
    paths = partner.get(reverse("api:schema"), headers={"accept": "application/json"}).json()["paths"]
    for model, states in STATES.items():
        own = f"/api/v1/{LISTINGS[model].name}s/"
        stands = own if own in paths else f"/api/v1/{LISTINGS[model].endpoint}/"
        for transition in states.transitions:
            described = paths[f"{stands}{{id}}/{transition.name}/"]["post"]
            assert {"partner": ["change"]} in described["security"]
    ref = paths["/api/v1/reported_figures/{id}/return/"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert ref["$ref"].endswith("ReportedFigureReturn")


def test_a_question_that_the_api_cannot_ask_is_found_at_the_start() -> None:
    asking = Transition("finish", "完成", ("draft",), "done", asks={"file": forms.FileField()})
    states = States("state", LOOKS, (asking,))
    listing: Any = type("L", (), {"states": states, "name": "thing", "model": ReportedFigure})
    with pytest.raises(TypeError, match="FileField"):
        endpoints(listing)


def test_a_move_changes_the_state_and_leaves_a_trace(figure: ReportedFigure, street_clerk: User, tree: Tree) -> None:
    moved = records.move(figure, "submit", by=street_clerk, seen=figure.changed_at)
    assert moved.state == "submitted"
    assert moved.changed_at > figure.changed_at
    event = AuditEvent.objects.get(action="attainment.reportedfigure.submit")
    assert (event.record_id, event.region_path) == (str(figure.pk), tree.community.path)
    assert (event.before["state"], event.after["state"]) == ("draft", "submitted")


def test_what_a_move_is_refused_for(
    figure: ReportedFigure, street_clerk: User, next_street_clerk: User, bureau_admin: User
) -> None:
    refusals: list[tuple[User, str, type[Exception], str]] = [
        (next_street_clerk, "submit", PermissionDenied, ""),
        (street_clerk, "approve", PermissionDenied, ""),
        (bureau_admin, "approve", DomainError, "wrong_state"),
        (bureau_admin, "return", DomainError, "wrong_state"),
    ]
    for by, name, kind, code in refusals:
        with pytest.raises(kind) as refusal:
            records.move(figure, name, by=by)
        assert getattr(refusal.value, "code", "") == code
    with pytest.raises(LookupError):
        records.move(figure, "vanish", by=bureau_admin)
    figure.refresh_from_db()
    assert figure.state == "draft"
    assert not AuditEvent.objects.exists()


def test_a_record_changed_meanwhile_is_not_moved(figure: ReportedFigure, street_clerk: User) -> None:
    seen = figure.changed_at
    actions.change_reported_figure(figure, by=street_clerk, value=figure.value + 1)
    with pytest.raises(DomainError) as refusal:
        records.move(figure, "submit", by=street_clerk, seen=seen)
    assert refusal.value.code == "changed_meanwhile"


def test_a_record_removed_meanwhile_is_not_moved(figure: ReportedFigure, street_clerk: User) -> None:
    ReportedFigure.objects.filter(pk=figure.pk).delete()
    with pytest.raises(DomainError) as refusal:
        records.move(figure, "submit", by=street_clerk)
    assert refusal.value.code == "gone"


def test_the_state_cannot_be_written_like_another_field(figure: ReportedFigure, bureau_admin: User) -> None:
    with pytest.raises(DomainError) as refusal:
        records.change(figure, by=bureau_admin, state="approved")
    assert refusal.value.code == "kept_by_state"
    figure.refresh_from_db()
    assert figure.state == "draft"


def test_what_is_missing_is_told_before_and_refused_after(
    figure: ReportedFigure, street_clerk: User, as_user: Any
) -> None:
    ReportedFigure.objects.filter(pk=figure.pk).update(measure="dropped_measure")
    page = as_user(street_clerk).get(figure.get_absolute_url()).content.decode()
    assert "还不能提交：“dropped_measure”已不在填报项里。" in page
    assert 'aria-describedby="why-submit"' in page
    with pytest.raises(DomainError) as refusal:
        records.move(figure, "submit", by=street_clerk)
    assert refusal.value.code == "not_ready"


def test_an_answer_without_a_field_is_kept_on_the_trail(
    figure: ReportedFigure, street_clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking = Transition(
        "finish", "完成", ("draft",), "submitted", asks={"on": forms.DateField(), "witness": forms.CharField()}
    )
    monkeypatch.setitem(STATES, ReportedFigure, States("state", FIGURE_STATES.looks, (asking,)))
    with pytest.raises(ValidationError) as refusal:
        records.move(figure, "finish", by=street_clerk, on=date(2024, 1, 1), witness="周敏\u202e")
    assert set(refusal.value.message_dict) == {"witness"}
    moved = records.move(figure, "finish", by=street_clerk, on=date(2024, 1, 1), witness="周敏")
    event = AuditEvent.objects.get(action="attainment.reportedfigure.finish")
    assert moved.on == date(2024, 1, 1)
    assert (event.after["on"], event.after["witness"]) == ("2024-01-01", "周敏")


def test_buttons_are_those_that_one_may_press_and_one_stands_out(
    figure: ReportedFigure, street_clerk: User, bureau_admin: User, auditor: User
) -> None:
    def pressed(user: User) -> list[tuple[str, bool]]:
        return [(button.name, button.primary) for button in buttons(FIGURE_STATES, figure, user)]

    assert pressed(street_clerk) == [("submit", True)]
    assert pressed(auditor) == []
    figure.state = "submitted"
    assert pressed(street_clerk) == []
    assert pressed(bureau_admin) == [("return", False), ("approve", True)]
    figure.state = "approved"
    assert pressed(bureau_admin) == [("withdraw", False)]


def test_the_page_has_one_primary_button(figure: ReportedFigure, bureau_admin: User, as_user: Any) -> None:
    client = as_user(bureau_admin)
    for state in ("draft", "submitted", "approved"):
        ReportedFigure.objects.filter(pk=figure.pk).update(state=state)
        assert client.get(figure.get_absolute_url()).content.decode().count("btn-primary") == 1, state


def test_a_list_without_states_has_no_moves(tree: Tree, street_clerk: User, as_user: Any) -> None:
    facility = make_record(Facility, tree.community, "社工室")
    assert as_user(street_clerk).get(f"{facility.get_absolute_url()}move/submit/").status_code == 404
    with pytest.raises(LookupError):
        records.move(facility, "submit", by=street_clerk)


def post(client: Client, url: str, body: Any, **headers: str) -> Any:
    return client.post(url, json.dumps(body), content_type="application/json", headers=headers)


def test_the_endpoint_refuses_what_it_would_pass_over(figure: ReportedFigure, partner: Client) -> None:
    url = reverse("api:reported_figure-submit", args=[figure.pk])
    refused = post(partner, url, {"value": "3"})
    assert (refused.status_code, set(refused.json())) == (400, {"value"})
    assert post(partner, url, ["x"]).status_code == 400
    stale = "2020-01-01T00:00:00+08:00"
    for response in (post(partner, url, {"changed_at": stale}), post(partner, url, {}, **{"If-Match": stale})):
        assert (response.status_code, response.json()["code"]) == (409, "changed_meanwhile")
    seen = partner.get(reverse("api:reported_figure-detail", args=[figure.pk])).json()["changed_at"]
    answer = post(partner, url, {"changed_at": seen})
    assert (answer.status_code, answer.json()["state"]) == (200, "submitted")
    again = post(partner, url, {})
    assert (again.status_code, again.json()["code"]) == (409, "wrong_state")
    assert "待核准" in again.json()["detail"]


def test_a_token_moves_only_with_the_verb_change(figure: ReportedFigure, tree: Tree) -> None:
    url = reverse("api:reported_figure-submit", args=[figure.pk])
    assert post(partner_client(tree.street, ["view", "add", "delete"], "reader"), url, {}).status_code == 403
    assert post(partner_client(tree.street, ["view", "change"], "writer"), url, {}).status_code == 200


def test_a_foreign_record_has_no_endpoint(tree: Tree, partner: Client) -> None:
    foreign = make_record(ReportedFigure, tree.next_community, "邻街")
    assert post(partner, reverse("api:reported_figure-submit", args=[foreign.pk]), {}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_who_move_at_once_one_is_told() -> None:
    tree = make_tree()
    clerk = make_user("clerk", tree.street, "clerk")
    figure = make_record(ReportedFigure, tree.community, "普查")
    url = reverse("api:reported_figure-submit", args=[figure.pk])
    answers = _together(5, lambda client: post(client, url, {}).status_code, clerk)
    assert answers == [200, 409, 409, 409, 409]
    assert AuditEvent.objects.filter(action="attainment.reportedfigure.submit").count() == 1


def _together(count: int, ask: Callable[[Client], int], user: User) -> list[int]:
    start, answers = threading.Barrier(count), []

    def one() -> None:
        client = Client(raise_request_exception=False)
        client.force_login(user)
        start.wait()
        answers.append(ask(client))
        connection.close()

    threads = [threading.Thread(target=one) for _number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)
