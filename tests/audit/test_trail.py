"""The trail: every act leaves a row, and no row can be changed."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from governance.accounts.actions import add_user
from governance.accounts.models import User
from governance.audit.models import AuditEvent
from governance.kit import events
from governance.kit.events import Event, emit
from governance.regions.listings import FACILITIES
from governance.regions.models import Facility
from tests.factories.places import Tree
from tests.factories.users import PASSWORD


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditevent SET action = 'x'",
        "DELETE FROM audit_auditevent",
        "TRUNCATE audit_auditevent",
    ],
)
def test_the_database_refuses_to_change_the_trail(statement: str, street_clerk: User) -> None:
    emit(Event("test.act", street_clerk))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else a truncate waits for them
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditEvent.objects.filter(action="test.act").count() == 1


def test_a_change_keeps_only_what_differs(street_clerk: User, tree: Tree) -> None:
    facility = FACILITIES.add(
        by=street_clerk, region=tree.community, kind="social_work_room", name="社工室", since=date(2024, 1, 1)
    )
    FACILITIES.change(facility, by=street_clerk, name="铁西社工室")
    event = AuditEvent.objects.get(action="regions.facility.change")
    assert (event.before["name"], event.after["name"]) == ("社工室", "铁西社工室")
    assert set(event.after) == {"name", "changed_at"}
    assert event.actor == street_clerk
    assert event.region_path == tree.community.path


def test_a_change_of_nothing_leaves_no_row(street_clerk: User, tree: Tree) -> None:
    facility = FACILITIES.add(
        by=street_clerk, region=tree.community, kind="social_work_room", name="社工室", since=date(2024, 1, 1)
    )
    FACILITIES.change(facility, by=street_clerk, name="社工室")
    assert not AuditEvent.objects.filter(action="regions.facility.change").exists()


def test_an_act_that_cannot_be_kept_does_not_happen(
    street_clerk: User, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(event: Event) -> None:
        raise DatabaseError("the trail is full")

    monkeypatch.setattr(events, "_sinks", [broken])
    with pytest.raises(DatabaseError):
        FACILITIES.add(
            by=street_clerk, region=tree.community, kind="social_work_room", name="社工室", since=date(2024, 1, 1)
        )
    assert not Facility.objects.exists()


def test_a_refused_act_leaves_nothing(street_clerk: User, tree: Tree) -> None:
    with pytest.raises(PermissionDenied):
        FACILITIES.add(
            by=street_clerk, region=tree.next_community, kind="social_work_room", name="社工室", since=date(2024, 1, 1)
        )
    assert not Facility.objects.exists()
    assert not AuditEvent.objects.filter(action="regions.facility.add").exists()


def test_logins_are_kept_and_passwords_are_not(client: Client, street_clerk: User) -> None:
    login = reverse("accounts:login")
    client.post(login, {"username": "street_clerk", "password": "the wrong phrase"}, REMOTE_ADDR="192.0.2.7")
    client.post(login, {"username": "street_clerk", "password": PASSWORD}, REMOTE_ADDR="192.0.2.7")
    client.post(reverse("accounts:logout"), REMOTE_ADDR="192.0.2.7")
    rows = list(AuditEvent.objects.order_by("pk").values_list("action", "address"))
    assert rows == [
        ("accounts.user.login_refused", "192.0.2.7"),
        ("accounts.user.login", "192.0.2.7"),
        ("accounts.user.logout", "192.0.2.7"),
    ]
    kept = str(list(AuditEvent.objects.values()))
    assert "the wrong phrase" not in kept
    assert PASSWORD not in kept


def test_the_trail_never_holds_a_password_hash(system_admin: User, tree: Tree) -> None:
    user = add_user(by=system_admin, username="new", name="新人", region=tree.street, password=PASSWORD)
    assert user.password not in str(list(AuditEvent.objects.values()))


def test_an_export_says_how_many_rows_left(client: Client, street_clerk: User, tree: Tree) -> None:
    client.force_login(street_clerk)
    response = client.get(reverse("regions:region_export", kwargs={"kind": "csv"}), {"level": "community"})
    assert b"".join(response.streaming_content)  # type: ignore[attr-defined]
    event = AuditEvent.objects.get(action="regions.region.export")
    assert event.after["rows"] == 2
    assert event.after["filters"] == {"level": "community"}
