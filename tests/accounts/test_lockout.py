"""Guessing stops: at one account from everywhere, from one address at all accounts; nobody else is hindered."""

from __future__ import annotations

from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from governance.accounts import lockout
from governance.accounts.models import FailedLogin, User
from governance.audit.models import AuditEvent
from tests.accounts.phone import enrol
from tests.factories import make_partner, make_user
from tests.factories.places import Tree
from tests.factories.users import PASSWORD

LOGIN = "/accounts/login/"


def attempt(name: str, password: str, address: str, **more: Any) -> Any:
    return Client().post(LOGIN, {"username": name, "password": password}, REMOTE_ADDR=address, **more)


def events(action: str) -> int:
    return AuditEvent.objects.filter(action=action).count()


def looked_at(checked: list[str]) -> int:
    return len(checked)


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every password that was compared with that of an account."""
    seen: list[str] = []
    real = User.check_password

    def watching(self: User, raw: str) -> bool:
        seen.append(raw)
        return real(self, raw)

    monkeypatch.setattr(User, "check_password", watching)
    return seen


def test_two_hundred_addresses_at_one_account_are_stopped(
    street_clerk: User, next_street_clerk: User, checked: list[str]
) -> None:
    answers = [attempt("street_clerk", f"Wrong {number}", f"198.51.100.{number}") for number in range(200)]
    assert looked_at(checked) == 5
    assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 195
    assert attempt("street_clerk", PASSWORD, "192.0.2.1").status_code == 429, "the right one is not looked at either"
    assert attempt("next_street_clerk", PASSWORD, "192.0.2.1").status_code == 302
    row = FailedLogin.objects.get(kind="account")
    assert (row.failures, row.turned_away, row.region) == (5, 196, street_clerk.region)
    assert (events("accounts.user.login_refused"), events("accounts.failedlogin.locked")) == (5, 1)


def test_one_address_at_two_hundred_accounts_is_stopped(
    tree: Tree, street_clerk: User, checked: list[str], settings: Any
) -> None:
    limit = settings.LOGIN_FAILURES_PER_ADDRESS
    names = [make_user(f"u{number}", tree.street).username for number in range(40)] + [f"nobody{n}" for n in range(160)]
    answers = [attempt(name, "Wrong every time", "203.0.113.5") for name in names]
    assert looked_at(checked) == limit
    assert [answer.status_code for answer in answers] == [200] * limit + [429] * (200 - limit)
    assert attempt("street_clerk", PASSWORD, "203.0.113.5").status_code == 429
    assert attempt("street_clerk", PASSWORD, "203.0.113.6").status_code == 302
    assert attempt("u3", PASSWORD, "203.0.113.6").status_code == 302, "one wrong password has not locked her"


def test_ones_own_account_does_not_open_the_address(street_clerk: User, settings: Any) -> None:
    settings.LOGIN_FAILURES_PER_ADDRESS = 6
    for number in range(6):
        attempt(f"guess{number}", "Wrong every time", "203.0.113.5")
        if number < 5:
            assert attempt("street_clerk", PASSWORD, "203.0.113.5").status_code == 302
    assert attempt("street_clerk", PASSWORD, "203.0.113.5").status_code == 429


def test_the_lock_says_the_same_of_accounts_that_do_not_exist(street_clerk: User) -> None:
    for name in ("street_clerk", "nobody"):
        for number in range(5):
            attempt(name, "Wrong", f"198.51.100.{number}")
    known, unknown = (attempt(name, "Wrong", "192.0.2.1") for name in ("street_clerk", "nobody"))
    assert known.status_code == unknown.status_code == 429
    message = "已暂停登录"
    assert [str(each) for each in known.context["form"].non_field_errors()] == [
        str(each) for each in unknown.context["form"].non_field_errors()
    ]
    assert message in known.content.decode()


def test_a_right_login_begins_anew_and_a_lock_ends_by_itself(street_clerk: User) -> None:
    for number in range(4):
        attempt("street_clerk", "Wrong", f"198.51.100.{number}")
    assert attempt("street_clerk", PASSWORD, "192.0.2.1").status_code == 302
    assert not FailedLogin.objects.filter(kind="account").exists()
    for number in range(5):
        attempt("street_clerk", "Wrong", f"198.51.100.{number}")
    past = timezone.now() - timedelta(minutes=21)
    FailedLogin.objects.filter(kind="account").update(
        locked_until=past + timedelta(minutes=20), first_at=past, last_at=past
    )
    assert attempt("street_clerk", "Wrong", "192.0.2.1").status_code == 200
    assert FailedLogin.objects.get(kind="account").failures == 1
    assert attempt("street_clerk", PASSWORD, "192.0.2.1").status_code == 302


def test_failures_far_apart_are_not_added_up(street_clerk: User) -> None:
    for _number in range(8):
        attempt("street_clerk", "Wrong", "192.0.2.1")
        earlier = timezone.now() - timedelta(minutes=21)
        FailedLogin.objects.update(first_at=earlier, last_at=earlier)
    assert FailedLogin.objects.filter(locked_until__isnull=False).count() == 0


def test_the_address_is_believed_only_from_the_proxy(street_clerk: User, settings: Any) -> None:
    forged = {"HTTP_X_FORWARDED_FOR": "192.0.2.77"}
    attempt("street_clerk", "Wrong", "203.0.113.5", **forged)
    assert FailedLogin.objects.get(kind="address").key == "203.0.113.5"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    attempt("street_clerk", "Wrong", "127.0.0.1", HTTP_X_FORWARDED_FOR="192.0.2.77, 198.51.100.4")
    assert set(FailedLogin.objects.filter(kind="address").values_list("key", flat=True)) == {
        "203.0.113.5", "198.51.100.4",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("address", "key"),
    [("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"), ("::ffff:192.0.2.9", "192.0.2.9"), ("192.0.2.9", "192.0.2.9")],
)
def test_a_network_of_ipv6_counts_as_one(address: str, key: str) -> None:
    assert lockout.doors("somebody", address)[1].key == key


def test_wrong_codes_count_like_wrong_passwords(street_clerk: User) -> None:
    enrol(street_clerk)
    for number in range(5):
        client = Client(REMOTE_ADDR=f"198.51.100.{number}")
        assert client.post(LOGIN, {"username": "street_clerk", "password": PASSWORD}).status_code == 302
        assert client.post(reverse("accounts:verify"), {"code": "000000"}).status_code == 200
    assert attempt("street_clerk", PASSWORD, "192.0.2.1").status_code == 429
    assert events("accounts.user.second_factor_refused") == 5


def test_the_system_administrator_unlocks_an_account(system_admin: User, street_clerk: User, as_user: Any) -> None:
    for number in range(6):
        attempt("street_clerk", "Wrong", f"198.51.100.{number}")
    admin = as_user(system_admin)
    page = reverse("admin:accounts_user_help", args=[street_clerk.pk, "unlock"])
    assert "解除锁定" in admin.get(reverse("admin:accounts_user_change", args=[street_clerk.pk])).content.decode()
    assert admin.post(page).status_code == 302
    assert attempt("street_clerk", PASSWORD, "192.0.2.1").status_code == 302
    event = AuditEvent.objects.get(action="accounts.failedlogin.unlocked")
    assert (event.actor, event.surface, event.before["turned_away"]) == (system_admin, "admin", 1)
    assert admin.post(page).status_code == 409, "there is nothing to unlock any more"


def test_the_security_administrator_unlocks_an_address_of_her_own(
    security_admin: User, street_clerk: User, tree: Tree, as_user: Any, settings: Any
) -> None:
    settings.LOGIN_FAILURES_PER_ADDRESS = 3
    far = make_user("far", tree.other_county, "clerk")
    for _number in range(3):
        attempt("street_clerk", "Wrong", "203.0.113.5")
        attempt("far", "Wrong", "203.0.113.9")
    admin = as_user(security_admin)
    listed = admin.get(reverse("admin:accounts_failedlogin_changelist")).content.decode()
    assert "203.0.113.5" in listed
    assert "203.0.113.9" not in listed, "it was tried at an account of another county"
    assert far.username not in listed
    row = FailedLogin.objects.get(key="203.0.113.5")
    page = reverse("admin:accounts_failedlogin_delete", args=[row.pk])
    assert "解除锁定" in admin.get(page).content.decode()
    assert admin.post(page, {"post": "yes"}).status_code == 302
    assert attempt("street_clerk", PASSWORD, "203.0.113.5").status_code == 302
    assert events("accounts.failedlogin.unlocked") == 1
    other = FailedLogin.objects.get(key="203.0.113.9")
    admin.post(reverse("admin:accounts_failedlogin_delete", args=[other.pk]), {"post": "yes"})
    assert FailedLogin.objects.filter(pk=other.pk).exists()


def test_a_partner_system_is_held_up_where_it_guesses_and_nowhere_else(tree: Tree) -> None:
    client, _token = make_partner(tree.street, ["view"])
    right = {"grant_type": "client_credentials", "client_id": client.client_id, "client_secret": "secret of the test"}
    token = reverse("api:token")

    def ask(data: dict[str, str], address: str) -> int:
        return int(Client().post(token, data, REMOTE_ADDR=address).status_code)

    assert [ask(right | {"client_secret": f"guess {n}"}, "203.0.113.5") for n in range(20)] == [401] * 20
    assert FailedLogin.objects.get(kind="client").turned_away == 15
    assert events("accounts.partnerclient.refused") == 5
    assert ask(right, "203.0.113.5") == 401
    assert ask(right, "192.0.2.8") == 200


def test_a_client_that_names_itself_in_the_header_is_counted_by_its_name(tree: Tree) -> None:
    client, _token = make_partner(tree.street, ["view"])
    named = b64encode(f"{client.client_id}:no".encode()).decode()
    answer = Client().post(
        reverse("api:token"), {"grant_type": "client_credentials"}, HTTP_AUTHORIZATION=f"Basic {named}"
    )
    assert answer.status_code == 401
    assert FailedLogin.objects.get(kind="client").key.startswith(client.client_id)


def test_the_database_keeps_the_counts_in_order(db: None) -> None:
    now = timezone.now()
    good = {"kind": "account", "key": "x", "failures": 1, "first_at": now, "last_at": now}
    FailedLogin.objects.create(**good)
    for wrong in (
        good,
        good | {"key": "y", "kind": "other"},
        good | {"key": "y", "last_at": now - timedelta(seconds=1)},
        good | {"key": "y", "failures": 0, "locked_until": now},
        good | {"key": "y", "locked_until": now - timedelta(seconds=1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            FailedLogin.objects.create(**wrong)


def test_old_counts_are_forgotten_and_locks_are_not(db: None) -> None:
    old = timezone.now() - timedelta(days=2)
    FailedLogin.objects.create(kind="account", key="old", failures=1, first_at=old, last_at=old)
    FailedLogin.objects.create(kind="account", key="new", failures=1)
    assert lockout.forget_old() == 1
    assert FailedLogin.objects.get().key == "new"


def test_a_one_time_password_unlocks_as_well(system_admin: User, street_clerk: User, as_user: Any) -> None:
    for number in range(6):
        attempt("street_clerk", "Wrong", f"198.51.100.{number}")
    answer = as_user(system_admin).post(reverse("admin:accounts_user_help", args=[street_clerk.pk, "password"]))
    shown = " ".join(str(message) for message in get_messages(answer.wsgi_request))
    password = shown.split("：")[1].split("。")[0]
    assert attempt("street_clerk", password, "192.0.2.1").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_attempts_at_the_same_moment_are_all_counted(settings: Any) -> None:
    settings.LOGIN_FAILURES_PER_ACCOUNT = 40

    def guess(_number: int) -> None:
        for _attempt in range(10):
            lockout.failed(lockout.doors("somebody", None), region=None)
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(guess, range(4)))
    row = FailedLogin.objects.get()
    assert (row.failures, row.locked_until is not None) == (40, True)
    assert events("accounts.failedlogin.locked") == 1
