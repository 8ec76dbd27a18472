"""Sessions end: by rest, by time, by hand, by a new password, by a disabled account."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from governance.accounts import actions
from governance.accounts.agents import in_words
from governance.accounts.models import User, UserSession
from governance.accounts.tasks import forget_logins
from governance.audit.models import AuditEvent
from tests.factories.users import PASSWORD

EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/128.0.0.0 Safari/537.36 Edg/128.0.0.0"
)
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.5 Mobile/15E148 Safari/604.1"
)
HOME = "/"


def row(client: Client) -> UserSession:
    return UserSession.objects.get(pk=client.session.session_key)


def set_back(client: Client, **fields: timedelta) -> None:
    now = timezone.now()
    UserSession.objects.filter(pk=client.cookies["sessionid"].value).update(
        **{name: now - span for name, span in fields.items()}
    )


def sign_in(agent: str = EDGE, address: str = "192.0.2.10", client: Client | None = None) -> Client:
    client = client or Client()
    client.post(
        "/accounts/login/",
        {"username": "street_clerk", "password": PASSWORD},
        REMOTE_ADDR=address,
        headers={"User-Agent": agent},
    )
    return client


def test_the_key_of_a_visitor_is_not_that_of_who_signs_in(street_clerk: User) -> None:
    client = Client()
    session = client.session
    session["planted"] = 1
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted or ""
    sign_in(client=client)
    assert client.session.session_key != planted
    assert not UserSession.objects.filter(pk=planted).exists()
    thief = Client()
    thief.cookies["sessionid"] = planted or ""
    assert thief.get(HOME).status_code == 302


def test_a_session_says_whose_it_is_and_where_from(street_clerk: User) -> None:
    kept = row(sign_in())
    assert (kept.user, kept.address, kept.agent) == (street_clerk, "192.0.2.10", EDGE)
    assert kept.expire_date == kept.started_at + timedelta(hours=8)


def test_thirty_minutes_of_rest_end_it(street_clerk: User) -> None:
    client = sign_in()
    set_back(client, seen_at=timedelta(minutes=29))
    assert client.get(HOME).status_code == 200
    set_back(client, seen_at=timedelta(minutes=31))
    assert client.get("/regions/")["Location"] == "/accounts/login/?next=/regions/"


def test_eight_hours_end_it_however_busy(street_clerk: User) -> None:
    client = sign_in()
    session = client.session
    told = session["_signed_in"]
    told["at"] = (timezone.now() - timedelta(hours=7, minutes=59)).isoformat()
    session["_signed_in"] = told
    session.save()
    assert client.get(HOME).status_code == 200
    client.post(reverse("accounts:settings"), {"language": "zh-hans"})  # writes the session: a message stands in it
    assert row(client).expire_date < timezone.now() + timedelta(minutes=2)
    set_back(client, expire_date=timedelta(seconds=1), started_at=timedelta(hours=8))
    assert client.get(HOME).status_code == 302


def test_it_is_written_once_a_minute_at_most_and_read_by_one_question(street_clerk: User) -> None:
    client = sign_in()
    client.get(HOME)

    def writes() -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("accounts:forgotten"))
        assert sum('FROM "accounts_usersession"' in each["sql"] for each in queries) == 1
        return [each["sql"] for each in queries if 'UPDATE "accounts_usersession"' in each["sql"]]

    assert writes() == []
    set_back(client, seen_at=timedelta(seconds=61))
    assert len(writes()) == 1
    assert writes() == []


def test_a_save_does_not_turn_back_when_it_was_seen_last(street_clerk: User) -> None:
    client = sign_in()
    session, number = client.session, row(client).number
    session["something"] = 1
    set_back(client, seen_at=timedelta(seconds=30))
    seen = row(client).seen_at
    session.save()
    assert (row(client).seen_at, row(client).number) == (seen, number)


def test_ones_own_sessions_are_listed_and_nobody_elses(
    street_clerk: User, next_street_clerk: User, as_user: Any
) -> None:
    here = sign_in()
    sign_in(PHONE, "198.51.100.7")
    other = as_user(next_street_clerk)
    page = here.get(reverse("accounts:settings")).content.decode()
    assert "Edge 128 · Windows" in page
    assert "Safari 17 · iPhone" in page
    assert "198.51.100.7" in page
    assert str(row(other).number) not in page
    assert str(row(here).number) not in page, "this one is signed out by the button for it"
    assert here.session.session_key not in page


def test_one_is_signed_out_and_all_others_are(street_clerk: User) -> None:
    here, phone, third = sign_in(), sign_in(PHONE), sign_in(PHONE)
    assert here.post(reverse("accounts:end_session", args=[row(phone).number])).status_code == 302
    assert [each.get(HOME).status_code for each in (here, phone, third)] == [200, 302, 200]
    assert here.post(reverse("accounts:end_others")).status_code == 302
    assert [each.get(HOME).status_code for each in (here, third)] == [200, 302]
    told = (
        AuditEvent.objects.filter(action="accounts.user.sessions_ended").order_by("pk").values_list("after", flat=True)
    )
    assert list(told) == [{"sessions": 1, "why": "own"}, {"sessions": 1, "why": "own"}]


def test_nobody_ends_the_session_of_somebody_else(street_clerk: User, next_street_clerk: User, as_user: Any) -> None:
    here, other = sign_in(), as_user(next_street_clerk)
    assert other.post(reverse("accounts:end_session", args=[row(here).number])).status_code == 404
    assert other.post(reverse("accounts:end_session", args=[uuid4()])).status_code == 404
    assert other.post(reverse("accounts:end_session", args=[row(other).number])).status_code == 404
    assert here.get(HOME).status_code == 200


def test_a_new_password_ends_the_others(street_clerk: User) -> None:
    here, other = sign_in(), sign_in(PHONE)
    new = "Another phrase 1"
    here.post(reverse("accounts:password"), {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    assert [each.get(HOME).status_code for each in (here, other)] == [200, 302]
    assert UserSession.objects.filter(user=street_clerk).count() == 1


def test_a_disabled_account_is_out_at_once(street_clerk: User, system_admin: User) -> None:
    client = sign_in()
    actions.change_user(street_clerk, by=system_admin, is_active=False)
    assert client.get(HOME).status_code == 302
    assert not UserSession.objects.filter(user=street_clerk).exists()
    actions.change_user(street_clerk, by=system_admin, is_active=True)
    assert client.get(HOME).status_code == 302, "a session does not come back with the account"


def test_an_account_disabled_behind_the_portal_is_out_at_once(street_clerk: User) -> None:
    client = sign_in()
    User.objects.filter(pk=street_clerk.pk).update(is_active=False)
    assert client.get(HOME).status_code == 302


def test_the_administrator_ends_all(street_clerk: User, system_admin: User, as_user: Any) -> None:
    client = sign_in()
    url = reverse("admin:accounts_user_help", args=[street_clerk.pk, "sessions"])
    assert as_user(system_admin).post(url).status_code == 302
    assert client.get(HOME).status_code == 302


def test_a_part_of_a_page_is_told_where_the_door_is(street_clerk: User) -> None:
    answer = Client().get(
        "/regions/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/regions/?q=a"}
    )
    assert (answer.status_code, answer.content) == (401, b"")
    assert answer.headers["Portal-Door"] == "/accounts/login/?next=%2Fregions%2F%3Fq%3Da"
    foreign = Client().get("/regions/", headers={"HX-Request": "true", "HX-Current-URL": "https://evil.example/x"})
    assert "evil" not in foreign.headers["Portal-Door"]


def test_a_page_asks_whether_anybody_is_there_still(street_clerk: User) -> None:
    assert Client().get(reverse("accounts:still_here")).status_code == 401
    told = sign_in().get(reverse("accounts:still_here")).json()
    assert (told["user"], bool(told["token"])) == (street_clerk.pk, True)


def test_what_has_ended_is_removed_every_night(street_clerk: User) -> None:
    rested, late, here = sign_in(), sign_in(), sign_in()
    set_back(rested, seen_at=timedelta(hours=1))
    set_back(late, expire_date=timedelta(hours=1), started_at=timedelta(hours=9))
    forget_logins()
    assert list(UserSession.objects.filter(user=street_clerk)) == [row(here)]


def test_the_database_refuses_a_session_that_ends_before_it_began(street_clerk: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        UserSession.objects.create(session_key="x", expire_date=timezone.now() - timedelta(days=1))


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (EDGE, "Edge 128 · Windows"),
        (PHONE, "Safari 17 · iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox 130 · Linux"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 MicroMessenger/8.0.49", "微信 8 · Android"),
        ("curl/8.5", "未知的浏览器"),
        ("", "未知的浏览器"),
    ],
)
def test_a_browser_is_told_in_words(agent: str, words: str) -> None:
    assert in_words(agent) == words
