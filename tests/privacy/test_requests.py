"""What a person asks for: due in working days, by somebody made sure of, deleted only by two, and gone without a trace."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone
from python_calamine import CalamineWorkbook

from governance.accounts.models import User
from governance.audit.models import RowChange
from governance.kit import erasing, records
from governance.kit.erasing import GONE
from governance.kit.errors import DomainError
from governance.kit.privacy import Classification, classification_of
from governance.kit.sealed import BlindIndexField, SealedField
from governance.people.models import Person
from governance.privacy import actions, dossier, erasure, workdays
from governance.privacy.models import Consent, DataSubjectRequest
from tests.contracts.surfaces import text_of
from tests.factories import make_record
from tests.factories.people import make_person
from tests.factories.places import Tree
from tests.factories.privacy import make_notice
from volunteers.models import PointsPartner

S = DataSubjectRequest.State
NUMBER, PHONE, MAIL = "11010519491231002X", "13912348765", "trace@mark.example.org"
MARK = "踪迹标"


def received(by: User, person: Person | None, kind: str = "see", **values: Any) -> Any:
    given = {
        "region": by.region, "kind": kind, "received_on": timezone.localdate(), "channel": "counter",
        "applicant": f"{MARK}申请人", "relation": "self", "contact": f"{MARK}{PHONE}", "detail": f"{MARK}想查一查",
    }  # fmt: skip
    return actions.receive(by=by, person=person, **given | values)


def in_work(by: User, person: Person, kind: str) -> Any:
    wanted = records.move(received(by, person, kind), "verify", by=by)
    return records.move(wanted, "accept", by=by, verified_how="card")


def test_fifteen_working_days(settings: Any) -> None:
    settings.PUBLIC_HOLIDAYS = ["2026-10-01", "2026-10-02"]
    assert workdays.after(date(2026, 11, 23), 15) == date(2026, 12, 14)
    assert workdays.after(date(2026, 11, 28), 1) == date(2026, 11, 30)  # from a Saturday
    assert workdays.after(date(2026, 9, 30), 1) == date(2026, 10, 5)


def test_the_life_of_a_request(tree: Tree, street_clerk: User) -> None:
    person = make_person(tree.community, "张小三")
    wanted = received(street_clerk, None)
    assert wanted.due_on == workdays.after(wanted.received_on, 15)
    wanted = records.move(wanted, "verify", by=street_clerk)
    with pytest.raises(DomainError, match="涉及的人员"):
        records.move(wanted, "accept", by=street_clerk, verified_how="card")
    wanted = actions.amend(wanted, by=street_clerk, person=person)
    wanted = records.move(wanted, "accept", by=street_clerk, verified_how="card")
    with pytest.raises(DomainError, match="副本"):
        records.move(wanted, "answer", by=street_clerk, outcome="已当面查阅")
    with pytest.raises(DomainError, match="不能再改"):
        actions.amend(wanted, by=street_clerk, person=make_person(tree.community, "别人"))
    refused = records.move(wanted, "refuse", by=street_clerk, ground="secret", outcome="依法保密")
    assert (refused.state, refused.handler) == (S.REFUSED, street_clerk)
    with pytest.raises(DomainError, match="不能修改"):
        actions.amend(refused, by=street_clerk, channel="letter")


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"state": "work"}, "known_state"),
        ({"state": "refused", "answered_at": "now"}, "refused_has_ground"),
        ({"ground": "secret"}, "refused_has_ground"),
        ({"answered_at": "now"}, "answered_has_day"),
        ({"due_on": date(2020, 1, 1)}, "due_later"),
        ({"file": "subjects/x.xlsx"}, "file_expires"),
        ({"state": "odd"}, "known_state"),
        ({"approver": "clerk", "handler": "clerk"}, "second_person"),
    ],
)
def test_the_database_keeps_the_rules(change: dict[str, Any], rule: str, street_clerk: User) -> None:
    wanted = received(street_clerk, None)
    meant = {"now": timezone.now(), "clerk": street_clerk}
    values = {name: meant.get(value, value) if isinstance(value, str) else value for name, value in change.items()}
    with pytest.raises(IntegrityError, match=f"datasubjectrequest_{rule}"), transaction.atomic():
        DataSubjectRequest.objects.filter(pk=wanted.pk).update(**values)


def test_a_deletion_takes_two(tree: Tree, street_clerk: User, bureau_admin: User, as_user: Any) -> None:
    person = make_person(tree.community, "张小三")
    wanted = in_work(street_clerk, person, "delete")
    with pytest.raises(DomainError, match="送复核"):
        records.move(wanted, "answer", by=street_clerk, outcome="删了")
    page = text_of(as_user(street_clerk).get(wanted.get_absolute_url()))
    assert "删除什么、保留什么" in page
    assert "居民身份证号" in page
    wanted = records.move(wanted, "propose", by=bureau_admin, outcome="同意申请人的请求")
    with pytest.raises(Exception, match="岗位"):
        records.move(wanted, "erase", by=street_clerk)
    with pytest.raises(DomainError, match="办理人以外"):
        records.move(wanted, "erase", by=bureau_admin)
    person.refresh_from_db()
    assert person.erased_at is None


def test_the_copy_holds_what_the_portal_holds(
    tree: Tree, street_clerk: User, bureau_admin: User, as_user: Any, django_capture_on_commit_callbacks: Any
) -> None:
    person = make_person(tree.community, "张小三", identity_number=NUMBER, phone=PHONE)
    other = make_person(tree.community, "李大四")
    made = hers(person, tree)
    dispute = next(row for row in made if row._meta.label == "deliberation.Dispute")
    type(dispute).objects.filter(pk=dispute.pk).update(parties="别人的纠纷")
    wanted = records.move(in_work(street_clerk, person, "copy"), "prepare", by=street_clerk)
    dossier.make(wanted.pk, by=street_clerk, progress=lambda message, done=0, total=0: None)
    wanted.refresh_from_db()
    address = f"/privacy/requests/{wanted.pk}/copy/{dossier.token_of(wanted)}/"
    assert as_user(bureau_admin).get(address).status_code == 404
    clerk = as_user(street_clerk)
    assert address in text_of(clerk.get(wanted.get_absolute_url()))
    data = b"".join(clerk.get(address).streaming_content)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    told, tables = str(rows), {str(row[0]) for row in rows[2:-1]}
    assert {"张小三", NUMBER, PHONE} <= {str(row[3]) for row in rows[2:-1]}
    assert "别人的纠纷" not in told
    assert other.name not in told
    expected = {
        str(holding.model._meta.verbose_name)
        for holding in erasing.holdings(Person)
        if not holding.derived and holding.model is not DataSubjectRequest
    }
    assert tables == expected  # whatever has a key to a person is in it
    answered = records.move(wanted, "answer", by=street_clerk, outcome="已交本人")
    DataSubjectRequest.objects.filter(pk=answered.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    name = answered.file.name
    assert clerk.get(address).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        assert dossier.expire() == 1
    answered.refresh_from_db()
    assert not answered.file
    assert not default_storage.exists(name)


def hers(person: Person, tree: Tree) -> list[Any]:
    """Make a record in every table that leads to a person, and lead it to this one."""
    made: list[Any] = []
    for holding in erasing.holdings(Person):
        if holding.derived or holding.model is Person:
            continue
        row = make_record(holding.model, tree.community, f"{MARK}记录")
        for way in holding.ways:
            key, _lookup, further = way.partition("__")
            if not further:
                fields = {key: person} | ({"kind": "talent"} if key == "person" and type(row) is PointsPartner else {})
            else:
                target = row._meta.get_field(key).related_model
                mine = next(each for each in made if isinstance(each, target))
                fields = {key: mine}
            with without_triggers():
                type(row).objects.filter(pk=row.pk).update(**fields)
        row.refresh_from_db()
        made.append(row)
    return made


def plant(rows: list[Any]) -> None:
    """Put a text into every field that is about a person."""
    for row in rows:
        for field in erasing.private_fields(type(row)):
            if isinstance(field, SealedField):
                value: Any = MARK
            elif isinstance(field, models.FileField):
                if getattr(row, field.attname):
                    continue
                value = ContentFile(f"%PDF-1.4 {MARK}".encode(), name=f"{row.pk}.pdf")
            elif isinstance(field, models.CharField | models.TextField) and not field.choices:
                value = f"{MARK}{row.pk}"[: field.max_length]
            else:
                continue
            setattr(row, field.attname, value)
        if isinstance(row, DataSubjectRequest):
            row.sha256, row.expires_at = "0" * 64, timezone.now()
        row.save()


@contextmanager
def without_triggers() -> Iterator[None]:
    """What a factory made is led to another person, which the database refuses in earnest."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = DEFAULT")


def everything() -> str:
    """Return all that stands in the tables of the portal, sealed texts opened."""
    found: list[str] = []
    for model in apps.get_models(include_auto_created=True):
        for row in model._default_manager.all():
            for field in model._meta.concrete_fields:
                value = getattr(row, field.attname)
                if value is not None:
                    found.append(value.open() if isinstance(field, SealedField) else str(value))
    return "\n".join(found)


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


def test_a_withdrawal_withdraws_what_rests_on_consent(tree: Tree, street_clerk: User, bureau_admin: User) -> None:
    make_notice(tree.county, bureau_admin)
    person = make_person(tree.community, "张小三")
    given = {"purpose": "service", "basis": "consent", "how": "in_person", "given_on": date(2026, 3, 2)}
    actions.give(by=street_clerk, person=person, **given)
    duty = actions.give(by=street_clerk, person=person, **given | {"basis": "duty", "how": "", "duty": "第十三条"})
    wanted = in_work(street_clerk, person, "withdraw")
    records.move(wanted, "answer", by=street_clerk, outcome="已撤回")
    states = dict(Consent.objects.values_list("pk", "state"))
    assert states.pop(duty.pk) == "standing"
    assert set(states.values()) == {"withdrawn"}


def test_another_street_knows_nothing_of_it(street_clerk: User, next_street_clerk: User, as_user: Any) -> None:
    wanted = received(street_clerk, None)
    assert as_user(next_street_clerk).get(wanted.get_absolute_url()).status_code == 404
    page = text_of(as_user(street_clerk).get(wanted.get_absolute_url()))
    assert MARK not in page  # who asks is masked as well
    assert MARK not in text_of(as_user(street_clerk).get("/privacy/requests/"))


def test_sensitive_fields_of_this_room() -> None:
    levels = classification_of(DataSubjectRequest)
    assert {name for name, level in levels.items() if level is Classification.SENSITIVE} == {
        "applicant",
        "contact",
        "detail",
    }
