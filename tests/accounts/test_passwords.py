"""What a password must be, how long it holds, and one that an administrator has set."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from governance.accounts import actions, helping, lockout, passwords
from governance.accounts.models import FormerPassword, Post, User, UserSession
from governance.audit.models import AuditEvent
from governance.kit.errors import DomainError
from tests.accounts.phone import enrol
from tests.factories import make_partner, make_user
from tests.factories.places import Tree
from tests.factories.users import PASSWORD

LOGIN, OWN = "/accounts/login/", "/accounts/password/"


def change(client: Client, new: str, old: str = PASSWORD) -> Any:
    return client.post(OWN, {"old_password": old, "new_password1": new, "new_password2": new})


@pytest.mark.parametrize(
    ("password", "good"),
    [
        ("Short 1a", False),
        ("onlysmallletters", False),
        ("small letters 12", True),
        ("Capitals And small", True),
        ("SMALL LETTERS TOO", False),
        ("Password123", False),
        ("street_clerk-1", False),
        ("汉字也算其他符号ab12", True),
    ],
)
def test_a_password_is_long_mixed_and_not_to_be_guessed(password: str, good: bool, street_clerk: User) -> None:
    if good:
        passwords.require_good(password, street_clerk)
        return
    with pytest.raises(ValidationError):
        passwords.require_good(password, street_clerk)


def test_none_of_the_last_five_comes_back(street_clerk: User, as_user: Any) -> None:
    client, used = as_user(street_clerk), [PASSWORD]
    for number in range(5):
        assert change(client, used[0], used[-1]).status_code == 200, f"the first one came back after {number}"
        used.append(f"Another phrase {number}")
        assert change(client, used[-1], used[-2]).status_code == 302
    for again in used[1:]:
        assert change(client, again, used[-1]).status_code == 200
    assert change(client, used[0], used[-1]).status_code == 302
    assert FormerPassword.objects.filter(user=street_clerk).count() == 5
    assert FormerPassword.objects.filter(password__contains="phrase").count() == 0, "hashes alone"


def test_a_password_ends_after_ninety_days(street_clerk: User, as_user: Any, settings: Any) -> None:
    client = as_user(street_clerk)
    User.objects.update(password_changed_at=timezone.now() - timedelta(days=91))
    assert client.get(reverse("desk:workbench"))["Location"] == OWN
    assert "90 天" in client.get(OWN).content.decode()
    settings.PASSWORD_DAYS = 0
    assert client.get(reverse("desk:workbench")).status_code == 200
    settings.PASSWORD_DAYS = 90
    assert change(client, "Another phrase 1").status_code == 302
    assert client.get(reverse("desk:workbench")).status_code == 200


def test_a_password_of_an_administrator_opens_nothing_but_its_own_change(
    system_admin: User, tree: Tree, as_user: Any
) -> None:
    user = actions.add_user(by=system_admin, username="new", name="新人", region=tree.street, password=PASSWORD)
    Post.objects.create(user=user, role="clerk", region=tree.street, since="2020-01-01")
    client = Client()
    assert client.post(LOGIN, {"username": "new", "password": PASSWORD}).status_code == 302
    for page in ("/", "/regions/", "/accounts/settings/", "/accounts/second-factor/", "/admin/"):
        assert client.get(page)["Location"] == OWN, page
    assert client.post(reverse("accounts:settings"), {"language": "en"})["Location"] == OWN
    refused = client.get("/api/v1/facilities/")
    assert (refused.status_code, "管理员设的密码" in refused.json()["detail"]) == (403, True)
    part = client.get("/regions/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/regions/?q=1"})
    assert (part.status_code, part.headers["Portal-Door"]) == (401, f"{OWN}?next=%2Fregions%2F%3Fq%3D1")
    assert change(client, PASSWORD).status_code == 200, "the same one again"
    assert change(client, "Now it is mine alone").status_code == 302
    assert client.get("/regions/").status_code == 200


def test_a_password_of_the_command_line_holds_for_one_login_too(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    call_command("open_account", "first", name="第一人", region=tree.county.code, stdout=io.StringIO())
    assert User.objects.get(username="first").must_change_password


def test_a_forgotten_password_is_answered_by_the_administrator(
    system_admin: User, street_clerk: User, as_user: Any, settings: Any
) -> None:
    settings.LOGIN_CONTACT = "信息中心 12345"
    page = Client().get(reverse("accounts:forgotten")).content.decode()
    assert "系统管理员" in page
    assert "信息中心 12345" in page
    assert reverse("accounts:forgotten") in Client().get(LOGIN).content.decode()
    old = as_user(street_clerk)
    admin = as_user(system_admin)
    url = reverse("admin:accounts_user_help", args=[street_clerk.pk, "password"])
    assert admin.get(url).status_code == 200
    answer = admin.post(url)
    password = str(next(iter(get_messages(answer.wsgi_request)))).split("：")[1].split("。")[0]
    assert old.get(reverse("desk:workbench")).status_code == 302, "whoever was signed in is out"
    client = Client()
    assert client.post(LOGIN, {"username": "street_clerk", "password": password}).status_code == 302
    assert client.get("/regions/")["Location"] == OWN
    assert change(client, "Now it is mine alone", password).status_code == 302
    event = AuditEvent.objects.filter(action="accounts.user.password").order_by("pk").first()
    assert event is not None
    assert (event.actor, event.record_id, event.address) == (system_admin, str(street_clerk.pk), "127.0.0.1")
    told = " ".join(str(row) for row in AuditEvent.objects.values("before", "after", "record_name"))
    assert password not in told


def test_one_time_passwords_are_good_and_differ(street_clerk: User) -> None:
    made = {passwords.one_time_password() for _number in range(50)}
    assert len(made) == 50
    for password in made:
        passwords.require_good(password, street_clerk)


@pytest.mark.parametrize("name", sorted(helping.HELPS))
def test_nobody_is_helped_by_whom_it_is_not_up_to(name: str, tree: Tree, as_user: Any) -> None:
    helper = make_user("helper", tree.county, "system_admin")
    superior = make_user("superior", tree.county)
    Post.objects.create(user=superior, role="bureau_admin", region=tree.prefecture, since="2020-01-01")
    elsewhere = make_user("elsewhere", tree.other_county, "clerk")
    partner = make_partner(tree.street, ["view"])[0].user
    client = as_user(helper)
    for user, status in ((superior, 409), (helper, 409), (partner, 409), (elsewhere, 404)):
        UserSession.objects.create(
            session_key=f"k{user.pk}", expire_date=timezone.now() + timedelta(hours=1), user=user
        )
        if user != partner:
            enrol(user)
        lockout.failed([lockout.Door(lockout.Kind.ACCOUNT, user.username, 1)], region=user.region)
        before = user.password
        assert client.post(reverse("admin:accounts_user_help", args=[user.pk, name])).status_code == status
        assert User.objects.get(pk=user.pk).password == before
        assert UserSession.objects.filter(user=user).exists()
    assert as_user(make_user("clerk", tree.street, "clerk")).post(
        reverse("admin:accounts_user_help", args=[helper.pk, name])
    ).status_code == 302  # fmt: skip
    assert client.get(reverse("admin:accounts_user_help", args=[superior.pk, "nothing"])).status_code == 404


def test_the_last_administrator_is_rescued_from_the_machine(system_admin: User) -> None:
    enrol(system_admin)
    out = io.StringIO()
    call_command("rescue_account", "system_admin", "--password", "--second-factor", stdout=out)
    password = out.getvalue().split("：")[1].strip()
    client = Client()
    assert client.post(LOGIN, {"username": "system_admin", "password": password})["Location"] == "/"
    assert client.get("/")["Location"] == OWN
    assert AuditEvent.objects.filter(action="accounts.user.second_factor_reset", surface="command").exists()
    with pytest.raises(CommandError):
        call_command("rescue_account", "nobody")
    with pytest.raises(CommandError):
        call_command("rescue_account", "system_admin", "--second-factor")


def test_the_database_keeps_hashes_and_no_duty_of_a_system(tree: Tree, street_clerk: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        FormerPassword.objects.create(user=street_clerk, password="in plain text")
    partner = make_partner(tree.street, ["view"])[0].user
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=partner.pk).update(must_change_password=True)


def test_help_that_is_not_needed_is_refused(system_admin: User, street_clerk: User) -> None:
    for name in ("unlock", "second_factor", "sessions"):
        with pytest.raises(DomainError):
            helping.give(name, street_clerk, by=system_admin)
