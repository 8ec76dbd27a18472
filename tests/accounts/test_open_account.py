"""The first administrator of a new portal."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from governance.accounts.models import User
from governance.audit.models import AuditEvent
from tests.factories.places import Tree
from tests.factories.users import PASSWORD


def open_account(monkeypatch: pytest.MonkeyPatch, password: str, **more: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    call_command("open_account", "first", **({"name": "第一人", "region": "430211000000"} | more), stdout=io.StringIO())


def test_it_may_open_accounts_and_sees_no_business_data(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    open_account(monkeypatch, PASSWORD)
    user = User.objects.get(username="first")
    assert user.has_perm("accounts.add_user")
    assert not user.has_perm("regions.view_facility")
    assert Client().login(username="first", password=PASSWORD)
    assert AuditEvent.objects.filter(action="accounts.user.add", surface="command").exists()


def test_a_weak_password_opens_nothing(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError):
        open_account(monkeypatch, "12345678")
    assert not User.objects.exists()


def test_an_unknown_place_is_named_with_its_neighbours(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match="天元区") as refusal:
        open_account(monkeypatch, PASSWORD, region="430211000001")
    assert refusal.value.returncode == 2
