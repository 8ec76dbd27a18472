"""A person who is deleted is nowhere, and every count stays as it was."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from governance.accounts.models import User
from governance.audit.models import RowChange
from governance.kit import erasing, records
from governance.kit.erasing import GONE
from governance.kit.errors import DomainError
from governance.kit.sealed import BlindIndexField
from governance.people.models import Person
from governance.privacy import erasure
from governance.privacy.models import DataSubjectRequest
from tests.contracts.surfaces import text_of
from tests.factories.people import make_person
from tests.factories.places import Tree
from tests.privacy.stage import MAIL, MARK, NUMBER, PHONE, everything, hers, in_work, plant

S = DataSubjectRequest.State


def countable(made: list[Any]) -> list[dict[str, Any]]:
    """Return all that stands in the records but what is about the person and when they were changed last."""
    left_out = {"changed_at"}
    return [
        {
            field.name: getattr(fresh, field.attname)
            for field in row._meta.concrete_fields
            if field.name not in left_out and field not in erasing.private_fields(type(row))
        }
        for row in made
        for fresh in [type(row)._default_manager.get(pk=row.pk)]
    ]


def test_a_deleted_person_is_nowhere(tree: Tree, street_clerk: User, bureau_admin: User, as_user: Any) -> None:
    person = make_person(tree.community, "占位", identity_number=NUMBER, phone=PHONE, email=MAIL)
    clerk = as_user(street_clerk)
    form = clerk.get(f"{person.get_absolute_url()}change/").context["form"]
    data = {each: str(form[each].value() or "") for each in form.fields} | {"seen": form["seen"].initial}
    assert (
        clerk.post(f"{person.get_absolute_url()}change/", data | {"name": f"{MARK}本人", "birth_year": ""}).status_code
        == 302
    )
    person.refresh_from_db()
    made = hers(person, tree)
    plant(made)
    files = {getattr(row, field.attname).name for row in made for field in row._meta.concrete_fields
             if isinstance(field, models.FileField) and getattr(row, field.attname)
             and any(field is each for each in erasing.private_fields(type(row)))}  # fmt: skip
    assert files
    clerk.get(f"/people/export.csv?q={MARK}本人")
    wanted = in_work(street_clerk, person, "delete")
    before = everything()
    assert all(text in before for text in (f"{MARK}本人", NUMBER, PHONE, MAIL))
    counts = {holding.model: holding.rows(person).count() for holding in erasing.holdings(Person)}
    told = countable(made)
    wanted = records.move(wanted, "propose", by=street_clerk, outcome="按申请删除")
    wanted = records.move(wanted, "erase", by=bureau_admin)
    assert (wanted.state, wanted.approver) == (S.ANSWERED, bureau_admin)
    after = everything()
    own_names = {row._meta.label: row.pk for row in made}
    left = [line for line in after.splitlines() if any(text in line for text in (f"{MARK}本人", NUMBER, PHONE, MAIL))]
    assert left == [], own_names
    for row in made:
        row.refresh_from_db()
        for field in erasing.private_fields(type(row)):
            value = getattr(row, field.attname)
            assert MARK not in (value.open() if isinstance(value, type(person.phone)) and value else str(value)), field
    assert countable(made) == told  # places, days, hours, points: whatever numbers are made of
    person.refresh_from_db()
    assert str(person) == person.name == GONE
    assert (person.identity_index, person.phone_index, person.birth_year, person.gender) == (None, None, None, "")
    assert {holding.model: holding.rows(person).count() for holding in erasing.holdings(Person)} == counts
    assert erasure.erase(person, by=bureau_admin, why="request") == {}
    assert GONE in text_of(clerk.get(person.get_absolute_url()))


def test_the_history_keeps_no_value_of_a_person(tree: Tree) -> None:
    person = make_person(tree.community, f"{MARK}甲", identity_number=NUMBER)
    Person.objects.filter(pk=person.pk).update(name=f"{MARK}乙")
    told = str(list(RowChange.objects.filter(table_name="people_person").values_list("before", "after")))
    assert MARK not in told
    assert "1949" not in told
    change = RowChange.objects.filter(table_name="people_person", operation="update").latest("pk")
    assert (change.before["name"], change.after["name"]) == ("******", "******")  # that it was changed is told


def test_who_was_deleted_stays_so(tree: Tree, street_clerk: User) -> None:
    person = make_person(tree.community, "张小三", identity_number=NUMBER)
    erasure.erase(person, by=street_clerk, why="request")
    person.refresh_from_db()
    with pytest.raises((ValidationError, DomainError), match="已经删除"):
        records.change(person, by=street_clerk, name="张小三")
    for change in ({"name": "张小三"}, {"phone": PHONE, "phone_index": b"x"}, {"gender": "male"}, {"birth_year": 1949}):
        with pytest.raises(IntegrityError, match="erased_says_nothing"), transaction.atomic():
            Person.objects.filter(pk=person.pk).update(**change)
    assert person not in Person.objects.nameable_by(street_clerk)
    again = make_person(tree.community, "张小三", identity_number=NUMBER)  # who comes back is somebody new
    assert again.pk != person.pk


def test_every_field_of_a_person_can_be_emptied() -> None:
    for holding in erasing.holdings(Person):
        for field in holding.fields:
            if holding.model is not Person:
                erasing.emptied(field, 1)
    own = {field.name for field in erasing.private_fields(Person)}
    assert own == {
        "name",
        "pinyin",
        "gender",
        "birth_year",
        "identity_number",
        "identity_index",
        "phone",
        "phone_index",
        "email",
    }


def test_every_key_to_a_person_is_found() -> None:
    found = {holding.model for holding in erasing.holdings(Person)}
    direct = {
        model
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is Person
    }
    assert direct <= found
    assert {model._meta.label for model in found - direct} == {
        "people.Person",
        "volunteers.ServiceRecord",
        "volunteers.PointsIssue",
    }
    indexes = {field for model in found for field in model._meta.concrete_fields if isinstance(field, BlindIndexField)}
    private = {field for model in found for field in erasing.private_fields(model)}
    assert indexes <= private
