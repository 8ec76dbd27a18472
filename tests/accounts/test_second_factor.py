"""The second proof: enrolled by oneself, asked for after the password, replaced by paper, reset by an administrator."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import FieldError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from governance.accounts import second_factor
from governance.accounts.models import Authenticator, Post, RecoveryCode, User
from governance.audit.models import AuditEvent
from tests.accounts.phone import code_of, enrol
from tests.factories.users import PASSWORD

LOGIN, VERIFY, OWN = "/accounts/login/", "/accounts/login/code/", "/accounts/second-factor/"
HOME = "/"


@pytest.fixture
def required(settings: Any) -> None:
    """Administrators need a phone."""
    settings.REQUIRE_SECOND_FACTOR = True


def password_given(name: str, to: str = "") -> Client:
    client = Client()
    answer = client.post(LOGIN, {"username": name, "password": PASSWORD, "next": to})
    assert answer["Location"] == VERIFY
    return client


def told(action: str) -> int:
    return AuditEvent.objects.filter(action=f"accounts.user.{action}").count()


def test_an_administrator_enrols_before_anything_else(required: None, bureau_admin: User) -> None:
    client = Client()
    client.post(LOGIN, {"username": "bureau_admin", "password": PASSWORD})
    for page in (HOME, "/admin/", "/regions/", "/accounts/settings/"):
        assert client.get(page)["Location"] == OWN, page
    assert client.get("/api/v1/facilities/").status_code == 403
    assert client.post(reverse("accounts:second_factor_begin"))["Location"] == OWN
    page = client.get(OWN)
    assert "data:image/svg+xml" in page.content.decode()
    assert client.get(HOME)["Location"] == OWN, "begun is not done"
    wrong = client.post(reverse("accounts:second_factor_confirm"), {"code": "12345"})
    assert wrong.status_code == 400
    done = client.post(reverse("accounts:second_factor_confirm"), {"code": code_of(bureau_admin)})
    codes = done.context["codes"]
    assert (done.status_code, len(codes)) == (200, 10)
    assert all(code in done.content.decode() for code in codes)
    assert client.get(HOME).status_code == 200
    assert told("second_factor_enrolled") == 1


def test_the_others_choose(required: None, street_clerk: User, as_user: Any) -> None:
    client = as_user(street_clerk)
    assert client.get(HOME).status_code == 200
    client.post(reverse("accounts:second_factor_begin"))
    client.post(reverse("accounts:second_factor_confirm"), {"code": code_of(street_clerk)})
    assert second_factor.authenticator_of(street_clerk) is not None


def test_a_post_of_an_administrator_asks_for_it_in_open_sessions(
    required: None, street_clerk: User, as_user: Any
) -> None:
    client = as_user(street_clerk)
    assert client.get(HOME).status_code == 200
    Post.objects.create(user=street_clerk, role="auditor", region=street_clerk.region.parent, since="2020-01-01")
    assert client.get(HOME)["Location"] == OWN


def test_the_password_alone_opens_nothing(street_clerk: User) -> None:
    enrol(street_clerk)
    client = password_given("street_clerk", "/regions/")
    assert "_auth_user_id" not in client.session
    assert client.get("/regions/").status_code == 302
    assert client.get(VERIFY).status_code == 200
    assert told("login") == 0
    assert client.post(VERIFY, {"code": code_of(street_clerk, 30)})["Location"] == "/regions/"
    assert client.get("/regions/").status_code == 200
    assert told("login") == 1


def test_a_code_is_good_once_and_for_a_moment(street_clerk: User) -> None:
    enrol(street_clerk)
    code = code_of(street_clerk)
    assert second_factor.verify(street_clerk, code) == "app"
    assert second_factor.verify(street_clerk, code) == ""
    assert second_factor.verify(street_clerk, code_of(street_clerk, 120)) == ""
    assert second_factor.verify(street_clerk, code_of(street_clerk, -120)) == ""
    assert second_factor.verify(street_clerk, code_of(street_clerk, 30)) == "app"


@pytest.mark.parametrize("wrong", ["", "abcdef", "12345", "1234567", "１２３４５６", "-12345", "aaaaa-aaaaa"])
def test_what_is_no_code_is_refused(wrong: str, street_clerk: User) -> None:
    enrol(street_clerk)
    assert second_factor.verify(street_clerk, wrong) == ""


def test_a_recovery_code_is_good_once_and_for_its_user_alone(street_clerk: User, next_street_clerk: User) -> None:
    codes = enrol(street_clerk)
    enrol(next_street_clerk)
    assert second_factor.verify(next_street_clerk, codes[0]) == ""
    client = password_given("street_clerk")
    answer = client.post(VERIFY, {"code": codes[0].upper().replace("-", " ")}, follow=True)
    assert "还剩 9 个" in answer.content.decode()
    again = password_given("street_clerk")
    assert again.post(VERIFY, {"code": codes[0]}).status_code == 200
    assert "_auth_user_id" not in again.session
    assert told("recovery_code_used") == 1


def test_the_step_between_ends_by_itself_and_with_the_password(street_clerk: User) -> None:
    enrol(street_clerk)
    client = password_given("street_clerk")
    session = client.session
    held = session["_waiting_for_code"]
    session["_waiting_for_code"] = held | {"at": held["at"] - 301}
    session.save()
    assert client.post(VERIFY, {"code": code_of(street_clerk, 30)})["Location"] == LOGIN
    client = password_given("street_clerk")
    street_clerk.set_password("Another phrase 1")
    street_clerk.save()
    assert client.post(VERIFY, {"code": code_of(street_clerk, 30)})["Location"] == LOGIN
    assert Client().get(VERIFY)["Location"] == LOGIN


def test_an_account_disabled_between_the_steps_stays_out(street_clerk: User) -> None:
    enrol(street_clerk)
    client = password_given("street_clerk")
    User.objects.filter(pk=street_clerk.pk).update(is_active=False)
    assert client.post(VERIFY, {"code": code_of(street_clerk, 30)})["Location"] == LOGIN
    assert "_auth_user_id" not in client.session


def signed_in(user: User) -> Client:
    client = password_given(user.username)
    client.post(VERIFY, {"code": code_of(user, 30)})
    Authenticator.objects.filter(user=user).update(last_step=1)  # the next code need not be waited for
    return client


def test_a_new_phone_takes_a_recovery_code(street_clerk: User) -> None:
    codes = enrol(street_clerk)
    client, change = signed_in(street_clerk), reverse("accounts:second_factor_change")
    before = Authenticator.objects.get(user=street_clerk).secret
    assert client.post(change, {"code": "000000", "another": "1"}).status_code == 400
    assert client.post(change, {"code": codes[3], "another": "1"})["Location"] == OWN
    assert Authenticator.objects.get(user=street_clerk).secret != before
    assert "data:image/svg+xml" in client.get(OWN).content.decode()
    client.post(reverse("accounts:second_factor_confirm"), {"code": code_of(street_clerk)})
    assert second_factor.verify(street_clerk, codes[4]) == "", "the codes of the old phone are void"
    assert (told("second_factor_removed"), told("second_factor_enrolled")) == (1, 2)


def test_recovery_codes_are_renewed(street_clerk: User) -> None:
    codes = enrol(street_clerk)
    answer = signed_in(street_clerk).post(
        reverse("accounts:second_factor_change"), {"code": code_of(street_clerk), "renew": "1"}
    )
    assert len(answer.context["codes"]) == 10
    assert second_factor.verify(street_clerk, codes[0]) == ""
    assert second_factor.verify(street_clerk, answer.context["codes"][0]) == "recovery"


def test_it_is_stopped_by_who_may(required: None, street_clerk: User, bureau_admin: User) -> None:
    change = reverse("accounts:second_factor_change")
    for user, to in ((street_clerk, "/accounts/settings/"), (bureau_admin, OWN)):
        enrol(user)
        client = signed_in(user)
        assert client.post(change, {"code": code_of(user), "stop": "1"})["Location"] == to
    assert client.get(HOME)["Location"] == OWN, "an administrator begins anew at once"


def test_an_administrator_of_accounts_resets_it(
    required: None, system_admin: User, street_clerk: User, as_user: Any, settings: Any
) -> None:
    enrol(street_clerk)
    enrol(system_admin)
    old = signed_in(street_clerk)
    url = reverse("admin:accounts_user_help", args=[street_clerk.pk, "second_factor"])
    assert signed_in(system_admin).post(url).status_code == 302
    assert old.get(HOME).status_code == 302
    assert Client().post(LOGIN, {"username": "street_clerk", "password": PASSWORD})["Location"] == HOME
    event = AuditEvent.objects.get(action="accounts.user.second_factor_reset")
    assert (event.actor, event.record_id) == (system_admin, str(street_clerk.pk))
    assert RecoveryCode.objects.filter(user=street_clerk).count() == 0


def test_enrolling_ends_the_other_sessions(street_clerk: User, as_user: Any) -> None:
    here, other = as_user(street_clerk), as_user(street_clerk)
    here.post(reverse("accounts:second_factor_begin"))
    here.post(reverse("accounts:second_factor_confirm"), {"code": code_of(street_clerk)})
    assert [each.get(HOME).status_code for each in (here, other)] == [200, 302]


def test_the_secret_is_sealed_and_shown_nowhere_afterwards(
    street_clerk: User, system_admin: User, auditor: User, as_user: Any
) -> None:
    client = as_user(street_clerk)
    client.post(reverse("accounts:second_factor_begin"))
    secret = Authenticator.objects.get(user=street_clerk).secret
    assert secret is not None
    plain = secret.open()
    shown = client.get(OWN).content.decode()
    assert plain[:4] in shown
    done = client.post(reverse("accounts:second_factor_confirm"), {"code": code_of(street_clerk)})
    codes = done.context["codes"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret, * FROM accounts_authenticator")
        stored = repr([bytes(cell) if isinstance(cell, memoryview) else cell for cell in cursor.fetchone()])
        cursor.execute("SELECT checksum FROM accounts_recoverycode")
        stored += repr([bytes(cell) for (cell,) in cursor.fetchall()])
    pages = [client.get(OWN), client.get(reverse("accounts:settings"))]
    pages += [
        as_user(system_admin).get(reverse("admin:accounts_user_change", args=[street_clerk.pk])),
        as_user(auditor).get(reverse("admin:audit_auditevent_changelist")),
    ]
    everywhere = stored + "".join(page.content.decode() for page in pages)
    everywhere += "".join(str(row) for row in AuditEvent.objects.values())
    spaced = " ".join(plain[at : at + 4] for at in range(0, len(plain), 4))
    for mark in (plain, spaced, *codes, *(code.replace("-", "") for code in codes)):
        assert mark not in everywhere
    with pytest.raises(FieldError):
        Authenticator.objects.filter(secret__startswith="A")
    assert plain not in f"{secret!s}{secret!r}"


def test_the_database_keeps_the_order(street_clerk: User) -> None:
    enrol(street_clerk)
    phone = Authenticator.objects.filter(user=street_clerk)
    long_ago = timezone.now() - timedelta(days=1)
    for wrong in ({"last_step": 0}, {"confirmed_at": None}, {"confirmed_at": long_ago}):
        with pytest.raises(IntegrityError), transaction.atomic():
            phone.update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        RecoveryCode.objects.filter(user=street_clerk).update(used_at=long_ago)
    with pytest.raises(IntegrityError), transaction.atomic():
        Authenticator.objects.create(user=street_clerk, secret="ANOTHER")
    first = RecoveryCode.objects.filter(user=street_clerk).order_by("pk")[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        RecoveryCode.objects.create(user=street_clerk, checksum=first.checksum)


def test_a_phone_is_not_enrolled_over_another(street_clerk: User) -> None:
    enrol(street_clerk)
    client = signed_in(street_clerk)
    assert client.post(reverse("accounts:second_factor_begin")).status_code == 409
    assert client.post(reverse("accounts:second_factor_confirm"), {"code": code_of(street_clerk)}).status_code == 400
