"""Messages: one's own alone, told once, counted in the bar, read on their page, forgotten when they are old."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from governance.accounts.models import User
from governance.desk.mailbox import KEPT, forget_messages
from governance.desk.models import Job, Message
from governance.desk.store import JobStore, revive
from governance.kit import messages
from governance.kit.messages import Kind, tell
from tests.factories.places import Tree

Login = Callable[[User | None], Client]
PAGE, READ = "/messages/", "/messages/read/"


def told(user: User, key: str = "due:1", **more: Any) -> Message:
    """Tell somebody something and return what is kept."""
    tell(**({"users": [user], "kind": Kind.DUE, "key": key, "title": f"将到期 {key}", "url": "/due/"} | more))
    return Message.objects.get(user=user, key=key)


def test_one_s_own_messages_are_all_that_one_sees(
    street_clerk: User, bureau_admin: User, system_admin: User, as_user: Login
) -> None:
    told(street_clerk, title="给街道经办的话")
    assert "给街道经办的话" in as_user(street_clerk).get(PAGE).content.decode()
    for other in (bureau_admin, system_admin):
        assert "给街道经办的话" not in as_user(other).get(PAGE).content.decode()
        assert not Message.objects.visible_to(other).exists()


@pytest.mark.parametrize("sent", [{"message": "{pk}"}, {"message": "{pk}", "open": "1"}, {"all": "1"}])
def test_nobody_marks_or_opens_the_message_of_another(
    sent: dict[str, str], street_clerk: User, bureau_admin: User, as_user: Login
) -> None:
    message = told(street_clerk, url="/jobs/")
    given = {name: value.format(pk=message.pk) for name, value in sent.items()}
    answer = as_user(bureau_admin).post(READ, given)
    assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)
    message.refresh_from_db()
    assert message.read_at is None
    as_user(street_clerk).post(READ, given)
    message.refresh_from_db()
    assert message.read_at is not None


def test_the_same_thing_is_told_once_to_each(street_clerk: User, bureau_admin: User) -> None:
    for _again in range(2):
        tell(users=[street_clerk, bureau_admin, street_clerk], kind=Kind.DUE, key="due:1", title="到期")
    told(street_clerk, key="due:2")
    assert [Message.objects.filter(user=user).count() for user in (street_clerk, bureau_admin)] == [2, 1]


def test_each_is_told_in_her_own_language(street_clerk: User, bureau_admin: User) -> None:
    User.objects.filter(pk=bureau_admin.pk).update(language="en")
    tell(users=User.objects.all(), kind=Kind.DONE, key="done:1", title=gettext_lazy("保存"))
    assert Message.objects.get(user=street_clerk).title == "保存"
    assert Message.objects.get(user=bureau_admin).title == "Save"


@pytest.mark.parametrize("url", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere", "jobs/"])
def test_a_message_leads_nowhere_else(url: str, street_clerk: User) -> None:
    with pytest.raises(ValueError, match="page of the portal"):
        tell(users=[street_clerk], kind=Kind.DUE, key="due:1", title="到期", url=url)


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"url": "//elsewhere.example/"}, "message_leads_inside"),
        ({"url": "https://elsewhere.example/"}, "message_leads_inside"),
        ({"kind": "gossip"}, "message_kind_known"),
        ({"title": ""}, "message_says_something"),
        ({"key": ""}, "message_says_something"),
        ({"key": "due:1"}, "message_told_once"),
        ({"read_at": timezone.now() - timedelta(days=400)}, "message_read_after_it_was_told"),
    ],
)
def test_the_database_keeps_the_rules(values: dict[str, Any], name: str, street_clerk: User) -> None:
    told(street_clerk)
    row = {"user": street_clerk, "kind": "due", "key": "due:2", "title": "到期"} | values
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Message.objects.create(**row)


def test_a_kind_that_there_is_not_is_refused(street_clerk: User) -> None:
    with pytest.raises(ValueError, match="gossip"):
        tell(users=[street_clerk], kind="gossip", key="due:1", title="到期")


def test_unread_ones_come_first_and_the_newest_of_these(street_clerk: User, as_user: Login) -> None:
    now = timezone.now()
    for number in range(4):
        told(street_clerk, f"due:{number}")
        Message.objects.filter(key=f"due:{number}").update(created_at=now - timedelta(hours=number))
    Message.objects.filter(key="due:0").update(read_at=now)
    shown = as_user(street_clerk).get(PAGE).context["page"].object_list
    assert [message.key for message in shown] == ["due:1", "due:2", "due:3", "due:0"]


def test_one_kind_is_shown_and_marked_alone(street_clerk: User, as_user: Login) -> None:
    told(street_clerk, "due:1")
    told(street_clerk, "failed:1", kind=Kind.FAILED)
    client = as_user(street_clerk)
    shown = client.get(PAGE, {"kind": "failed"}).context["page"].object_list
    assert [message.key for message in shown] == ["failed:1"]
    answer = client.post(READ, {"all": "1", "kind": "failed"})
    assert answer.headers["Location"] == f"{PAGE}?kind=failed"
    assert list(Message.objects.unread().values_list("key", flat=True)) == ["due:1"]
    assert client.get(PAGE, {"kind": "gossip"}).status_code == 200


def test_opening_a_message_reads_it_and_leads_on(street_clerk: User, as_user: Login) -> None:
    message = told(street_clerk, url="/jobs/")
    answer = as_user(street_clerk).post(READ, {"message": message.pk, "open": "1"})
    assert answer.headers["Location"] == "/jobs/"
    assert messages.unread(street_clerk) == ""


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 30, "٣"])
def test_a_number_of_no_message_leads_back(number: str, street_clerk: User, as_user: Login) -> None:
    assert as_user(street_clerk).post(READ, {"message": number}).headers["Location"] == PAGE


def test_marking_asks_for_a_post(street_clerk: User, as_user: Login) -> None:
    told(street_clerk)
    assert as_user(street_clerk).get(READ).status_code == 405
    assert as_user(None).post(READ, {"all": "1"}).headers["Location"].startswith("/accounts/login/")
    assert messages.unread(street_clerk) == "1"


@pytest.mark.parametrize(("number", "shown"), [(0, ""), (1, "1"), (99, "99"), (100, "99+"), (130, "99+")])
def test_the_bar_counts_up_to_99(
    number: int, shown: str, street_clerk: User, as_user: Login, django_assert_num_queries: Any
) -> None:
    Message.objects.bulk_create(
        Message(user=street_clerk, kind="due", key=f"due:{each}", title="到期") for each in range(number)
    )
    with django_assert_num_queries(1):
        assert messages.unread(street_clerk) == shown
    page = as_user(street_clerk).get("/due/").content.decode()
    assert (f'<b class="badge-n" aria-hidden="true">{shown}</b>' in page) is bool(shown)


def test_who_started_a_job_is_told_how_it_ended(street_clerk: User, bureau_admin: User, as_user: Login) -> None:
    for number, end in enumerate(("finish", "fail")):
        job = Job.objects.create(name="tests.count", title=f"任务{number}", by=street_clerk, region=street_clerk.region)
        run = JobStore().claim(job.pk)
        assert run is not None
        run.finish({}) if end == "finish" else run.fail("规则不允许")
    done, failed = Message.objects.order_by("key")
    assert (done.kind, done.title, done.text, done.url) == ("done", "任务0", "", f"/jobs/{done.key[4:]}/")
    assert (failed.kind, failed.title, failed.text) == ("failed", "任务1", "规则不允许")
    assert messages.unread(bureau_admin) == ""
    as_user(bureau_admin).get(done.url)
    assert messages.unread(street_clerk) == "2"
    as_user(street_clerk).get(done.url)  # who looks at the job has been told
    assert messages.unread(street_clerk) == "1"


def test_a_job_given_up_is_told_of_too(street_clerk: User) -> None:
    long_ago = timezone.now() - timedelta(hours=1)
    job = Job.objects.create(
        name="tests.count", title="任务", by=street_clerk, region=street_clerk.region, status="running", attempts=3,
        started_at=long_ago, heard_at=long_ago,
    )  # fmt: skip
    assert revive() == (0, 1)
    assert revive() == (0, 0)
    message = Message.objects.get(user=street_clerk)
    assert (message.kind, message.key) == ("failed", f"job:{job.pk}")
    assert "三次" in message.text


def test_old_messages_are_forgotten_read_or_not(street_clerk: User) -> None:
    now = timezone.now()
    for key, age in (("due:1", KEPT + timedelta(hours=1)), ("due:2", KEPT - timedelta(hours=1))):
        told(street_clerk, key)
        Message.objects.filter(key=key).update(created_at=now - age)
    assert forget_messages() == 1
    assert Message.objects.get().key == "due:2"


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_tells(tree: Tree, street_clerk: User) -> None:
    start = threading.Barrier(4)
    wrong: list[BaseException] = []

    def tell_it() -> None:
        try:
            start.wait(10)
            told(street_clerk, "due:race")
        except BaseException as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=tell_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert wrong == []
    assert Message.objects.filter(key="due:race").count() == 1


def test_the_page_costs_the_same_with_many(
    street_clerk: User, as_user: Login, django_assert_max_num_queries: Any
) -> None:
    client = as_user(street_clerk)
    for number in range(40):
        told(street_clerk, f"due:{number}")
    client.get(PAGE)
    with django_assert_max_num_queries(7):  # session, user, posts, bar; kinds, count, rows
        answer = client.get(reverse("desk:message_list"), {"page": "2"})
    assert len(answer.context["page"].object_list) == 10
