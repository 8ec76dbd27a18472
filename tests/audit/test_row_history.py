"""The history of rows: every statement leaves its trace, whoever sends it and in whatever way."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from io import StringIO
from typing import Any

import psycopg2
import pytest
from celery import shared_task
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from governance.accounts.models import User
from governance.audit import triggers
from governance.audit.models import AuditEvent, RowChange
from governance.audit.tracked import models
from governance.kit import jobs
from governance.kit.origin import Doing, Origin, act_from
from governance.people.models import Person
from governance.regions.listings import FACILITIES
from governance.regions.models import Facility
from tests.factories import make_record
from tests.factories.places import Tree
from tests.kit.imports.files import HEAD, row, step, upload, workbook

TABLE = "regions_facility"


def facility(tree: Tree, name: str = "社工室", **more: Any) -> Facility:
    given = {"region": tree.community, "kind": "social_work_room", "name": name, "since": date(2024, 1, 1)} | more
    return Facility.objects.create(**given)


def changes(record: Any = None, table: str = TABLE) -> list[RowChange]:
    found = RowChange.objects.filter(table_name=table).order_by("pk")
    return list(found if record is None else found.filter(record_id=str(record.pk)))


def last(record: Any = None, table: str = TABLE) -> RowChange:
    return changes(record, table)[-1]


def test_a_row_that_comes_changes_and_goes_is_kept_with_what_it_was(tree: Tree) -> None:
    record = facility(tree)
    key = record.pk
    record.name = "铁西社工室"
    record.save()
    record.delete()
    come, changed, gone = RowChange.objects.filter(table_name=TABLE, record_id=str(key)).order_by("pk")
    assert (come.operation, come.before, come.after["name"]) == ("insert", {}, "社工室")
    assert (changed.operation, changed.before, changed.after) == ("update", {"name": "社工室"}, {"name": "铁西社工室"})
    assert (gone.operation, gone.before["name"], gone.after) == ("delete", "铁西社工室", {})
    assert {come.region_path, changed.region_path, gone.region_path} == {tree.community.path}


def test_what_says_nothing_leaves_no_row(tree: Tree) -> None:
    record = facility(tree)
    record.save()  # only the time of the change is another one
    Facility.objects.filter(pk=record.pk).update(name="社工室")
    assert len(changes(record)) == 1


def test_many_rows_at_once_are_kept_one_by_one(tree: Tree) -> None:
    made = Facility.objects.bulk_create(
        Facility(region=tree.community, kind="social_work_room", name=f"社工室{n}", since=date(2024, 1, 1))
        for n in range(3)
    )
    Facility.objects.filter(pk__in=[each.pk for each in made[:2]]).update(capacity=9)
    Facility.objects.filter(pk__in=[each.pk for each in made]).delete()
    said = [(each.operation, each.record_id) for each in changes()]
    keys = [str(each.pk) for each in made]
    assert sorted(said) == sorted(
        [("insert", key) for key in keys] + [("update", key) for key in keys[:2]] + [("delete", key) for key in keys]
    )


def test_raw_statements_and_copy_are_kept(tree: Tree) -> None:
    record = facility(tree)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET name = '100%' WHERE id = {record.pk}")  # no parameters, a percent sign
        assert cursor.rowcount == 1
        cursor.execute("CREATE TEMP TABLE sent AS SELECT * FROM regions_facility WHERE false")
        cursor.execute(f"INSERT INTO sent SELECT * FROM {TABLE} WHERE id = %s", [record.pk])
        cursor.execute("UPDATE sent SET id = 990001, name = %s", ["抄来的"])
        out = StringIO()
        cursor.copy_expert("COPY sent TO STDOUT", out)
        out.seek(0)
        cursor.copy_expert(f"COPY {TABLE} FROM STDIN", out)
    assert last(record).after == {"name": "100%"}
    assert [(each.operation, each.after["name"]) for each in changes() if each.record_id == "990001"] == [
        ("insert", "抄来的")
    ]


def test_a_changed_key_is_a_row_gone_and_another_come(tree: Tree) -> None:
    record = facility(tree)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET id = 990002 WHERE id = %s", [record.pk])
    gone, come = sorted(changes()[1:], key=lambda each: each.operation)
    assert (gone.operation, gone.record_id, gone.before["name"]) == ("delete", str(record.pk), "社工室")
    assert (come.operation, come.record_id, come.after["name"]) == ("insert", "990002", "社工室")


def test_an_emptied_table_is_one_row(tree: Tree) -> None:
    facility(tree)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {TABLE} CASCADE")
    assert last().operation == "truncate"


def test_sealed_texts_are_only_said_to_have_changed(tree: Tree) -> None:
    person = make_record(Person, tree.community, "张三")
    person.phone = "13800138000"
    person.save()
    person.phone = "13900139000"
    person.save()
    person.phone = "13800138000"
    person.save()
    *_come, there, back = found = changes(person, Person._meta.db_table)
    kept = json.dumps([[each.before, each.after] for each in found])
    assert "138001" not in kept
    assert person.identity_number is None or person.identity_number.open() not in kept
    assert bytes(person.phone.token).hex()[:20] not in kept
    assert there.after["phone"].startswith("****** #")
    assert there.before["phone"] != there.after["phone"]
    assert back.after["phone"] == there.before["phone"]


def test_passwords_leave_no_trace_but_that_they_changed(street_clerk: User) -> None:
    old = street_clerk.password
    street_clerk.set_password("another long phrase 7")
    street_clerk.save()
    change = last(street_clerk, "accounts_user")
    assert set(change.after) == {"password"}
    assert old not in json.dumps(change.before)
    assert street_clerk.password not in json.dumps(change.after)


def test_a_page_names_who_changed_the_row(as_user: Any, street_clerk: User, tree: Tree) -> None:
    as_user(street_clerk).post(
        FACILITIES.url("add"),
        {"region": tree.community.code, "kind": "social_work_room", "name": "新室", "since": "2024-01-01"},
        REMOTE_ADDR="192.0.2.9",
    )
    change = last()
    assert (change.actor, change.surface, change.address) == (street_clerk, "page", "192.0.2.9")
    assert change.action == f"POST regions:{FACILITIES.name}_add"
    assert change.transaction == AuditEvent.objects.get(action="regions.facility.add").transaction


def test_a_partner_is_named_at_the_api(partner: Client, tree: Tree) -> None:
    record = facility(tree)
    answer = partner.patch(
        reverse("api:facility-detail", args=[record.pk]), {"name": "接口改的"}, content_type="application/json"
    )
    assert answer.status_code == 200
    change = last(record)
    assert change.after == {"name": "接口改的"}
    assert (change.actor.kind, change.surface) == ("partner", "api")  # type: ignore[union-attr]


def test_the_admin_is_named(as_user: Any, bureau_admin: User, tree: Tree) -> None:
    record = facility(tree)
    as_user(bureau_admin).post(reverse("admin:regions_facility_delete", args=[record.pk]), {"post": "yes"})
    change = last(record)
    assert (change.operation, change.actor, change.surface) == ("delete", bureau_admin, "admin")


def test_an_action_without_a_request_names_whom_it_was_told(street_clerk: User, tree: Tree) -> None:
    FACILITIES.add(by=street_clerk, region=tree.community, kind="social_work_room", name="室", since=date(2024, 1, 1))  # type: ignore[misc]
    change = last()
    assert (change.actor, change.surface) == (street_clerk, "command")
    facility(tree, "无人")
    assert last().actor is None


def test_a_job_names_who_started_it(street_clerk: User, tree: Tree) -> None:
    with act_from(Origin("job"), Doing(lambda: street_clerk, lambda: "desk.confirm_import")):
        facility(tree)
    change = last()
    assert (change.actor, change.surface, change.action) == (street_clerk, "job", "desk.confirm_import")
    assert "desk.confirm_import" in jobs.NAMES


def test_an_import_is_one_event_with_the_files_checksum_beside_its_rows(
    as_user: Any, street_clerk: User, tree: Tree
) -> None:
    client, data = as_user(street_clerk), workbook(HEAD, row("甲", tree.community.code), row("乙", tree.community.code))
    step(client, upload(client, data), "confirm")
    found = changes()
    assert {each.after["name"] for each in found} == {"甲", "乙"}
    assert {each.actor for each in found} == {street_clerk}
    event = AuditEvent.objects.get(action="regions.facility.import")
    assert event.after["sha256"] == hashlib.sha256(data).hexdigest()
    assert {each.transaction for each in found} == {event.transaction}


def test_a_task_that_nobody_started_is_named(tree: Tree) -> None:
    record = facility(tree)

    @shared_task(name="tests.counts")
    def counts() -> None:
        Facility.objects.filter(pk=record.pk).update(capacity=3)

    counts.apply(throw=True)
    change = last(record)
    assert (change.actor, change.surface, change.action) == (None, "job", "tests.counts")


def test_a_command_is_named(monkeypatch: pytest.MonkeyPatch, tree: Tree) -> None:
    monkeypatch.setattr("sys.argv", ["/srv/manage.py", "load_policies", "secret.yaml"])
    facility(tree)
    assert (last().surface, last().action) == ("command", "manage.py load_policies")


@pytest.mark.django_db(transaction=True)
def test_a_change_made_in_the_database_itself_is_kept_without_a_name(tree: Tree) -> None:
    record = facility(tree)
    by_hand = psycopg2.connect(**_parameters())
    with by_hand, by_hand.cursor() as cursor:
        cursor.execute("UPDATE regions_facility SET name = 'psql' WHERE id = %s", [record.pk])
    by_hand.close()
    change = last(record)
    assert change.after == {"name": "psql"}
    assert (change.actor, change.surface, change.action, change.address) == (None, "", "", None)
    assert change.session_name == _parameters()["user"]


def _parameters() -> dict[str, Any]:
    given = connection.get_connection_params()
    return {name: given[name] for name in ("dbname", "user", "password", "host", "port") if given.get(name)}


@pytest.mark.parametrize("table", ["audit_rowchange", "audit_auditseal", "audit_auditarchive"])
def test_the_database_refuses_to_empty_what_it_keeps(table: str, tree: Tree) -> None:
    facility(tree)
    for statement in (f"TRUNCATE {table}", "UPDATE audit_rowchange SET after = '{}'", "DELETE FROM audit_rowchange"):
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_rows_do_not_leave_by_saying_that_they_are_archived(tree: Tree) -> None:
    facility(tree)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL governance.archiving = 'on'")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        RowChange.objects.all()._raw_delete("default")


def test_nobody_writes_history_by_hand(tree: Tree) -> None:
    with pytest.raises(DatabaseError, match="by triggers alone"), transaction.atomic():
        RowChange.objects.create(at="2026-01-01T00:00Z", transaction=1, table_name="x", operation="insert")


@pytest.mark.django_db
def test_every_table_of_ours_has_a_history_or_is_left_out_by_name() -> None:
    kept = {each.table for each in triggers.wanted()}
    assert {model._meta.db_table for model in models()} == kept
    labels = {model._meta.label_lower for model in apps.get_models()}
    assert labels >= settings.HISTORY_LEFT_OUT
    assert {"regions_facility", "people_person", "accounts_post", "policies_target", "funds_fund"} <= kept


@pytest.mark.django_db
def test_the_triggers_are_there_and_a_missing_one_is_put_back() -> None:
    assert triggers.amiss() == []
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE regions_facility DISABLE TRIGGER audit_history_regions_facility_update")
    assert triggers.amiss() == ["audit_history_regions_facility"]
    assert [each.id for each in triggers.check(["default"])] == ["audit.W001"]
    triggers.install()
    assert triggers.amiss() == []
    call_command("check")
