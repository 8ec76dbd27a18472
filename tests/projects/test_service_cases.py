"""Cases: whose they are and what they are about is sealed, masked, and read for a purpose only."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client

from governance.accounts.models import User
from governance.audit.models import AuditEvent
from governance.kit.errors import DomainError
from governance.people.entry import Entry
from governance.people.models import Person
from projects.listings import NEEDS
from projects.models import Need, ServiceCase
from tests.factories import make_user
from tests.factories.making import make
from tests.factories.people import identity_number, make_person
from tests.factories.places import Tree

SECRET = "母亲重病，与祖父同住"


@pytest.fixture
def child(tree: Tree) -> Person:
    return make_person(tree.community, "欧阳小明", role=False)


@pytest.fixture
def case(tree: Tree, child: Person) -> ServiceCase:
    return make(ServiceCase, tree.community, "个案", client=child, field="child_care", summary=SECRET, number="GA-7")


def summary_of(case: ServiceCase) -> str:
    return f"/projects/cases/{case.pk}/reveal/"


def test_the_database_holds_no_word_of_a_summary(case: ServiceCase) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT summary FROM projects_servicecase")
        (kept,) = cursor.fetchone()
    assert SECRET.encode() not in bytes(kept)
    assert ServiceCase.objects.get().summary.open() == SECRET


def test_the_summary_is_shown_for_a_purpose_and_that_is_on_the_trail(
    case: ServiceCase, street_clerk: User, as_user: Any
) -> None:
    client = as_user(street_clerk)
    assert SECRET not in client.get(case.get_absolute_url()).content.decode()
    assert SECRET not in client.get(summary_of(case)).content.decode()
    asked = {"wanted": ["client", "summary"], "purpose": "service", "note": "下周入户前准备"}
    for wrong in ({"purpose": ""}, {"note": "看"}, {"note": "字" * 201}, {"wanted": ["number"]}):
        assert client.post(summary_of(case), asked | wrong).status_code == 400
    assert not AuditEvent.objects.filter(action="projects.servicecase.reveal").exists()
    answer = client.post(summary_of(case), asked)
    assert SECRET in answer.content.decode()
    assert case.client.name in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    event = AuditEvent.objects.get(action="projects.servicecase.reveal")
    assert event.after == {"fields": ["client", "summary"], "purpose": "service", "note": "下周入户前准备"}
    assert event.region_path == case.community.path


def test_nobody_else_reads_it(
    case: ServiceCase, tree: Tree, next_street_clerk: User, no_post: User, auditor: User, as_user: Any
) -> None:
    viewer = make_user("viewer", tree.street, "viewer")
    for user, status in ((next_street_clerk, 404), (no_post, 403), (auditor, 403), (viewer, 403)):
        assert as_user(user).post(summary_of(case), {"purpose": "看看是什么"}).status_code == status
        assert as_user(user).get("/projects/cases/").status_code == (200 if status == 404 else 403)
    assert not AuditEvent.objects.filter(action="projects.servicecase.reveal").exists()


def test_no_list_file_or_answer_says_whose_it_is(
    case: ServiceCase, street_clerk: User, partner: Client, as_user: Any
) -> None:
    client = as_user(street_clerk)
    shown = [
        client.get("/projects/cases/").content.decode(),
        b"".join(client.get("/projects/cases/export.csv")).decode("utf-8-sig"),
        partner.get("/api/v1/cases/").content.decode(),
        partner.get(f"/api/v1/cases/{case.pk}/").content.decode(),
    ]
    for text in shown:
        assert "GA-7" in text
        assert not any(secret in text for secret in (SECRET, "欧阳", "小明"))
    assert {"client", "summary"}.isdisjoint(partner.get(f"/api/v1/cases/{case.pk}/").json())


def test_a_clerk_opens_a_case_with_a_person_not_known_before(tree: Tree, street_clerk: User, as_user: Any) -> None:
    form = as_user(street_clerk).get("/projects/cases/add/").content.decode()
    assert 'name="client_name"' in form
    data = {
        "community": tree.community.code, "number": "GA-8", "field": "child_care", "opened_on": "2024-03-01",
        "summary": SECRET, "client_name": "欧阳小明", "client_identity_number": identity_number(), "client_known": "",
    }  # fmt: skip
    answer = as_user(street_clerk).post("/projects/cases/add/", data)
    case = ServiceCase.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, case.get_absolute_url())
    assert (case.client.name, case.summary.open()) == ("欧阳小明", SECRET)
    added = AuditEvent.objects.get(action="projects.servicecase.add")
    assert SECRET not in str(added.after)


def test_a_partner_opens_a_case_and_changes_it(tree: Tree, partner: Client) -> None:
    body = {
        "community": tree.community.code, "number": "GA-9", "field": "elderly_care", "opened_on": "2024-03-01",
        "client": {"name": "王秀英", "identity_number": identity_number()}, "summary": SECRET,
    }  # fmt: skip
    answer = partner.post("/api/v1/cases/", body, content_type="application/json")
    assert answer.status_code == 201, answer.content
    case = ServiceCase.objects.get()
    assert (case.client.name, case.summary.open()) == ("王秀英", SECRET)
    changed = partner.patch(f"/api/v1/cases/{case.pk}/", {"closed_on": "2024-05-01"}, content_type="application/json")
    assert changed.status_code == 200, changed.content
    case.refresh_from_db()
    assert (case.closed_on, case.summary.open()) == (date(2024, 5, 1), SECRET)
    other = {"client": {"name": "别人"}}
    assert partner.patch(f"/api/v1/cases/{case.pk}/", other, content_type="application/json").status_code == 409


def test_who_is_served_is_known_to_those_who_may_see_cases(
    case: ServiceCase, child: Person, tree: Tree, street_clerk: User, next_street_clerk: User
) -> None:
    viewer = make_user("viewer", tree.street, "viewer")
    seeing = [user for user in (street_clerk, next_street_clerk, viewer) if child in Person.objects.visible_to(user)]
    assert seeing == [street_clerk]
    case.delete()
    assert child not in Person.objects.visible_to(street_clerk)


def test_a_need_may_name_its_person_and_shows_her_nowhere(
    child: Person, tree: Tree, street_clerk: User, partner: Client, as_user: Any
) -> None:
    need = make(Need, tree.community, "课后托管", person=child)
    make(Need, tree.community, "助餐")
    client = as_user(street_clerk)
    assert str(child) in client.get(need.get_absolute_url()).content.decode()
    assert child in Person.objects.visible_to(street_clerk)
    for text in (client.get("/projects/needs/").content, partner.get("/api/v1/needs/").content):
        assert "课后托管" in text.decode()
        assert "欧阳" not in text.decode()
    assert "课后托管" not in client.get(child.get_absolute_url()).content.decode()


def test_a_need_is_given_its_person_later_and_keeps_her(
    tree: Tree, street_clerk: User, next_street_clerk: User
) -> None:
    need = make(Need, tree.community, "课后托管")
    number = identity_number()
    known = make_person(tree.next_community, "欧阳小明", identity_number=number)
    named = Entry.of("欧阳小明", number)
    with pytest.raises(PermissionDenied):
        NEEDS.change(need, by=next_street_clerk, person=named)
    changed = NEEDS.change(need, by=street_clerk, person=named)
    assert (changed.person, changed.notice) == (known, "该证件号码已建档，已关联，未重复建档。")
    assert AuditEvent.objects.filter(action="people.person.link", record_id=str(known.pk)).count() == 1
    for other in (Entry.of("别人"), None):
        with pytest.raises(DomainError) as refused:
            NEEDS.change(changed, by=street_clerk, person=other)
        assert refused.value.field == "person"
    NEEDS.change(changed, by=street_clerk, person=known, outcome="已办理")
    assert Need.objects.get().outcome == "已办理"
