"""Persons on every surface: masked everywhere, seen by role, revealed for a purpose that stays on the trail."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from governance.accounts.models import User
from governance.audit.models import AuditEvent
from governance.kit.forms import RecordForm
from governance.kit.revealing import reveal
from governance.people.actions import change
from governance.people.entry import Entry
from governance.people.fields import PersonField
from governance.people.listings import PERSONS
from governance.people.models import Person
from tests.conftest import partner_client
from tests.contracts.surfaces import text_of
from tests.factories.people import make_person
from tests.factories.places import Tree
from tests.people.conftest import HELPERS, NUMBER, OTHER_NUMBER
from tests.trial.models import Confidant, Helper

PHONE, EMAIL = "13812348000", "zhang@example.org"
SECRETS = (NUMBER, PHONE, EMAIL)


@pytest.fixture
def person(tree: Tree) -> Person:
    return make_person(tree.community, "张小三", identity_number=NUMBER, phone=PHONE, email=EMAIL)


def address(page: str, person: Person) -> str:
    return reverse(f"people:person_{page}", args=[person.pk])


LISTS = {
    "page": "/people/",
    "print": "/people/?print=1",
    "search": "/people/?q=zxs",
    "choices": "/people/choices/?q=zxs",
    "csv": "/people/export.csv",
    "xlsx": "/people/export.xlsx",
    "api": "/api/v1/persons/",
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_masked_and_ends_at_the_scope(
    name: str, person: Person, street_clerk: User, next_street_clerk: User, as_user: Any
) -> None:
    answer = as_user(street_clerk).get(LISTS[name])
    assert answer.status_code == 200
    body = text_of(answer)
    assert "张*三" in body
    assert not any(secret in body for secret in (*SECRETS, "张小三"))
    assert "张" not in text_of(as_user(next_street_clerk).get(LISTS[name]))


@pytest.mark.parametrize("page", ["detail", "change", "reveal"])
def test_pages_show_masks_and_end_at_the_scope(
    page: str, person: Person, street_clerk: User, next_street_clerk: User, as_user: Any
) -> None:
    answer = as_user(street_clerk).get(address(page, person))
    assert answer.status_code == 200
    assert not any(secret in text_of(answer) for secret in SECRETS)
    assert as_user(next_street_clerk).get(address(page, person)).status_code == 404
    assert as_user(None).get(address(page, person)).status_code == 302


def test_the_page_shows_the_masks_and_the_year(person: Person, street_clerk: User, as_user: Any) -> None:
    body = text_of(as_user(street_clerk).get(address("detail", person)))
    for shown in (
        "张*三",
        "110************02X",
        "138****8000",
        "z****@example.org",
        "1949",
        address("reveal", person),
    ):
        assert shown in body
    assert "1,949" not in body


@pytest.mark.parametrize(
    ("word", "found"), [("张", 1), ("张小", 1), ("zx", 1), ("ZX", 1), ("小", 0), (NUMBER, 0), (PHONE, 0)]
)
def test_search_is_by_the_beginning_of_the_name(word: str, found: int, person: Person, partner: Client) -> None:
    assert partner.get("/api/v1/persons/", {"q": word}).json()["count"] == found


def test_filters_by_place_and_role(person: Person, partner: Client, street_clerk: User, tree: Tree) -> None:
    def count(**asked: str) -> int:
        answer = partner.get("/api/v1/persons/", asked)
        assert answer.status_code == 200, answer.content.decode()
        return int(answer.json()["count"])

    assert count(region=tree.community.code) == count(role="trial_helper") == count(gender="female") == 1
    assert count(region=tree.village.code) == count(gender="male") == 0
    assert partner.get("/api/v1/persons/", {"role": "trial_confidant"}).status_code == 400


def test_a_partner_reads_masks_and_reveals_for_a_purpose(person: Person, partner: Client, tree: Tree) -> None:
    url = f"/api/v1/persons/{person.pk}/"
    seen = partner.get(url).json()
    assert (seen["name"], seen["identity_number"], seen["phone"]) == ("张*三", "110************02X", "138****8000")
    right = {"fields": ["phone"], "purpose": "identity", "note": "核对志愿者身份"}
    for wrong in (
        {"purpose": ""},
        {"purpose": "核对身份"},
        {"note": "看"},
        {"fields": []},
        {"fields": ["pinyin"]},
        {"x": 1},
    ):
        assert partner.post(f"{url}reveal/", right | wrong, content_type="application/json").status_code == 400
    assert not AuditEvent.objects.filter(action="people.person.reveal").exists()
    answer = partner.post(f"{url}reveal/", right, content_type="application/json")
    assert (answer.status_code, answer.json()) == (200, {"phone": PHONE})
    assert "no-store" in answer["Cache-Control"]
    event = AuditEvent.objects.get(action="people.person.reveal")
    assert (event.record_id, event.after) == (str(person.pk), right)
    assert event.surface == "api"
    reading = partner_client(tree.street, ["view"], "reader")
    assert reading.post(f"{url}reveal/", right, content_type="application/json").status_code == 403
    elsewhere = partner_client(tree.next_street, ["view", "change"], "elsewhere")
    assert elsewhere.post(f"{url}reveal/", right, content_type="application/json").status_code == 404


def test_who_sees_a_person_in_confidence_only_by_that_role(person: Person, street_clerk: User, tree: Tree) -> None:
    other = make_person(tree.community, "李四", role=False)
    Confidant.objects.create(who=other, place=tree.community)
    assert other not in Person.objects.visible_to(street_clerk)
    with pytest.raises(PermissionDenied, match="岗位"):
        reveal(PERSONS, other, by=street_clerk, fields=["phone"], purpose="identity", note="核对证件")


def test_a_change_is_told_by_masks(person: Person, street_clerk: User) -> None:
    change(person, by=street_clerk, name="张三", phone="13812348001", email=None)
    person.refresh_from_db()
    assert (person.name, person.pinyin, person.phone.open(), person.email) == ("张三", "zs", "13812348001", None)
    event = AuditEvent.objects.get(action="people.person.change")
    assert event.before["phone"].startswith("138****8000")
    assert event.after["phone"].startswith("138****8001")
    assert event.after["email"] is None
    assert (event.before["name"][:4], event.after["name"][:3]) == ("张*三 ", "张* ")
    assert not any(secret in f"{event.before}{event.after}" for secret in (*SECRETS, "13812348001", "张小三", "张三"))


def test_the_form_of_a_change_keeps_what_nobody_touches(person: Person, street_clerk: User, as_user: Any) -> None:
    client = as_user(street_clerk)
    page = client.get(address("change", person))
    form = page.context["form"]
    data = {name: str(form[name].value() or "") for name in form.fields}
    assert (data["phone"], data["name"]) == ("138****8000", "张*三")
    assert (
        client.post(address("change", person), data | {"seen": form["seen"].initial, "gender": ""}).status_code == 302
    )
    person.refresh_from_db()
    assert person.name == "张小三"  # the mask that was sent back means the name that is stored
    assert client.post(address("change", person), data | {"name": "张**"}).status_code == 400
    data["seen"] = form["seen"].initial
    assert client.post(address("change", person), data | {"name": "张小山"}).status_code == 302
    person.refresh_from_db()
    assert (person.name, person.phone.open(), person.identity_number.open()) == ("张小山", PHONE, NUMBER)
    wrong = client.post(address("change", person), data | {"identity_number": "110105194912310021"})
    assert wrong.status_code == 400
    assert "校验码" in text_of(wrong)


def test_nobody_gets_a_number_that_somebody_else_has(person: Person, street_clerk: User, tree: Tree) -> None:
    other = make_person(tree.community, "李四")
    with pytest.raises(Exception, match="已建档") as refused:
        change(other, by=street_clerk, identity_number=NUMBER)
    assert "张" not in str(refused.value)


def test_finding_by_number_leaves_it_out_of_every_address(
    person: Person, street_clerk: User, next_street_clerk: User, as_user: Any
) -> None:
    url = reverse("people:person_find")
    found = as_user(street_clerk).post(url, {"identity_number": NUMBER.lower()})
    assert (found.status_code, found["Location"]) == (302, person.get_absolute_url())
    answers = [as_user(next_street_clerk).post(url, {"identity_number": each}) for each in (NUMBER, OTHER_NUMBER)]
    assert {answer.status_code for answer in answers} == {400}
    assert all("没有这个证件号码" in text_of(answer) for answer in answers)


# ---- the field by which the form of any role names a person ----


class HelperForm(RecordForm):
    person = PersonField()

    class Meta(RecordForm.Meta):
        model = Helper
        fields = ("region", "person", "duty")


def filled(user: User, tree: Tree, *, instance: Any = None, **person: Any) -> HelperForm:
    data = {"region": tree.community.code, "duty": "送餐"} | {f"person_{part}": text for part, text in person.items()}
    if instance is not None:
        data["seen"] = instance.changed_at.isoformat()
    return HelperForm(data, user=user, instance=instance)


def test_a_form_names_a_person(street_clerk: User, person: Person, tree: Tree) -> None:
    form = filled(street_clerk, tree, name="李四", identity_number=OTHER_NUMBER)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["person"] == Entry("李四", OTHER_NUMBER, "")
    helper: Any = form.run(HELPERS["add"])
    assert helper.person.name == "李四"
    known = filled(street_clerk, tree, known=str(person.pk))
    assert known.is_valid(), known.errors
    assert known.run(HELPERS["add"]).person == person  # type: ignore[union-attr]


def test_a_form_refuses_what_cannot_be(street_clerk: User, next_street_clerk: User, person: Person, tree: Tree) -> None:
    for given in ({}, {"name": "李四", "identity_number": "1"}, {"identity_number": NUMBER}, {"name": "李\u202e四"}):
        assert "person" in filled(street_clerk, tree, **given).errors
    elsewhere = HelperForm({"region": tree.next_community.code, "person_known": str(person.pk)}, user=next_street_clerk)
    assert "person" in elsewhere.errors  # her number in the portal tells a stranger nothing


def test_a_mismatch_stands_at_the_field(next_street_clerk: User, person: Person, tree: Tree) -> None:
    form = HelperForm(
        {"region": tree.next_community.code, "person_name": "李四", "person_identity_number": NUMBER},
        user=next_street_clerk,
    )
    assert form.is_valid()
    assert form.run(HELPERS["add"]) is None
    assert "不一致" in str(form.errors["person"])


def test_the_form_of_a_stored_role_shows_the_masked_person_and_keeps_her(
    street_clerk: User, person: Person, tree: Tree
) -> None:
    helper = Helper.objects.get()
    shown = str(HelperForm(user=street_clerk, instance=helper)["person"])
    assert "张*三" in shown
    assert "张小三" not in shown
    form = filled(street_clerk, tree, instance=helper, name="李四", identity_number=OTHER_NUMBER)
    assert form.is_valid(), form.errors
    changed: Any = form.run(HELPERS["change"], helper)
    assert (changed.person, changed.duty) == (person, "送餐")
