"""A post handed to a stand-in for a time, to a successor on leaving, and lost by moving: at once, and on the trail."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from governance.accounts import actions, handing, posts
from governance.accounts.models import Post, User
from governance.audit.models import AuditEvent
from governance.desk import exporting
from governance.desk.models import ExportRequest, Message
from governance.kit.errors import DomainError
from tests.conftest import partner_client
from tests.factories import make_user
from tests.factories.places import Tree


@pytest.fixture
def colleague(tree: Tree) -> User:
    return make_user("colleague", tree.street, name="同事")


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


def opens(client: Client, place: Any) -> list[int]:
    """Ask for a place on its page and over the API."""
    return [
        client.get(place.get_absolute_url()).status_code,
        client.get(reverse("api:region-detail", args=[place.code])).status_code,
    ]


def test_a_stand_in_acts_for_a_time_and_it_ends_by_itself(
    street_clerk: User, colleague: User, tree: Tree, as_user: Any
) -> None:
    holder, other, today = as_user(street_clerk), as_user(colleague), timezone.localdate()
    page = reverse("accounts:post_stand_in", args=[street_clerk.posts.get().pk])
    assert holder.get(page).status_code == 200
    assert opens(other, tree.community) == [403, 403]
    data = {"username": "colleague", "since": str(today), "until": str(today + timedelta(days=14))}
    assert holder.post(page, data)["Location"] == reverse("accounts:settings")
    assert opens(other, tree.community) == [200, 200]
    assert opens(holder, tree.community) == [200, 200], "the holder keeps hers"
    body = other.get(reverse("accounts:settings")).content.decode()
    assert f"代{street_clerk.name}" in body
    event = AuditEvent.objects.get(action="accounts.post.stand_in")
    assert (event.actor, event.after["user"]) == (street_clerk, colleague.pk)
    assert Message.objects.filter(user=colleague, title__contains="请您代理岗位").exists()
    made = colleague.posts.get()
    Post.objects.filter(pk=made.pk).update(since=today - timedelta(days=14), until=today)  # the day has come
    assert opens(other, tree.community) == [403, 403]


def test_a_stand_in_ends_early_by_holder_or_by_herself(
    street_clerk: User, colleague: User, next_street_clerk: User, tree: Tree, as_user: Any
) -> None:
    held, today = street_clerk.posts.get(), timezone.localdate()
    for who in (street_clerk, colleague):
        made = handing.lend(held, by=street_clerk, username="colleague", since=today, until=today + timedelta(days=9))
        page = reverse("accounts:post_stand_in_end", args=[made.pk])
        assert as_user(next_street_clerk).post(page).status_code == 404
        assert as_user(who).post(page).status_code == 302
        assert not again(colleague).has_perm("regions.view_region")
    assert AuditEvent.objects.filter(action="accounts.post.stand_in_end").count() == 2


@pytest.mark.parametrize(
    ("username", "since", "until", "code"),
    [
        ("nobody", 0, 5, "unknown_user"),
        ("far", 0, 5, "unknown_user"),
        ("beside", 0, 5, "unknown_user"),
        ("street_clerk", 0, 5, "same_user"),
        ("colleague", -1, 5, "past"),
        ("colleague", 5, 5, "post_stand_in_fits"),
        ("colleague", 0, 91, "post_stand_in_fits"),
    ],
)
def test_what_no_stand_in_can_be(
    username: str, since: int, until: int, code: str, street_clerk: User, colleague: User, tree: Tree
) -> None:
    make_user("far", tree.other_county)
    make_user("beside", tree.next_street)
    today = timezone.localdate()
    span = {"since": today + timedelta(days=since), "until": today + timedelta(days=until)}
    with pytest.raises(DomainError) as refusal:
        handing.lend(street_clerk.posts.get(), by=street_clerk, username=username, **span)
    assert refusal.value.code == code


def test_administrators_are_not_stood_in_for_by_their_own_choice(security_admin: User, tree: Tree) -> None:
    make_user("colleague", tree.county)
    today = timezone.localdate()
    with pytest.raises(PermissionDenied, match="安全管理员"):
        handing.lend(
            security_admin.posts.get(), by=security_admin, username="colleague", since=today,
            until=today + timedelta(days=1),
        )  # fmt: skip


def test_a_post_passes_to_the_successor_on_leaving(
    street_clerk: User, colleague: User, security_admin: User, system_admin: User, tree: Tree, as_user: Any
) -> None:
    old, new, giver = as_user(street_clerk), as_user(colleague), as_user(security_admin)
    held, today = street_clerk.posts.get(), timezone.localdate()
    handing.lend(held, by=street_clerk, username="colleague", since=today, until=today + timedelta(days=30))
    page = reverse("accounts:post_successor", args=[held.pk])
    assert opens(old, tree.community) == [200, 200]
    assert as_user(system_admin).get(page).status_code == 404
    assert old.get(page).status_code == 403, "nobody names her own successor"
    assert page in giver.get(reverse("admin:accounts_post_change", args=[held.pk])).content.decode()
    wrong = giver.post(page, {"username": "nobody", "on": str(today)})
    assert (wrong.status_code, "没有这个用户名" in wrong.content.decode()) == (400, True)
    assert giver.post(page, {"username": "colleague", "on": str(today)}).status_code == 302
    assert opens(old, tree.community) == [403, 403]
    assert opens(new, tree.community) == [200, 200]
    held.refresh_from_db()
    made = colleague.posts.get()
    assert (held.until, made.since, made.until, made.stands_in_for) == (today, today, None, None)
    event = AuditEvent.objects.get(action="accounts.post.pass_on")
    assert (event.actor, event.region_path) == (security_admin, tree.street.path)
    assert event.after == {"from": "street_clerk", "to": "colleague", "on": str(today)}
    assert Message.objects.filter(user=colleague, title__contains="移交给您").exists()


def test_who_moves_to_another_street_loses_the_old_one_that_minute(
    street_clerk: User, system_admin: User, security_admin: User, tree: Tree, as_user: Any, settings: Any
) -> None:
    settings.PAGES_KEPT_SECONDS = 60
    client, results = as_user(street_clerk), reverse("attainment:dashboard")
    assert opens(client, tree.community) == [200, 200]
    before = client.get(results).status_code
    assert before == 200
    actions.change_user(street_clerk, by=system_admin, region=tree.next_street)
    assert opens(client, tree.community) == [403, 403]
    assert client.get(results).status_code == 403, "not even what was kept for a minute"
    ended = AuditEvent.objects.get(action="accounts.post.left_behind")
    assert (ended.actor, ended.region_path) == (system_admin, tree.street.path)
    posts.add_post(by=security_admin, user=again(street_clerk), role="clerk", region=tree.next_street)
    assert opens(client, tree.community) == [404, 404]
    assert opens(client, tree.next_community) == [200, 200]


def test_a_move_keeps_posts_above_and_at_the_new_place(street_clerk: User, system_admin: User, tree: Tree) -> None:
    for role, region in (("viewer", tree.county), ("viewer", tree.next_community), ("viewer", tree.community)):
        Post.objects.create(user=street_clerk, role=role, region=region, since=timezone.localdate())
    actions.change_user(street_clerk, by=system_admin, region=tree.next_street)
    today = timezone.localdate()
    assert set(street_clerk.posts.alive_on(today).values_list("region", flat=True)) == {
        tree.county.pk, tree.next_community.pk,
    }  # fmt: skip


def test_a_correction_of_the_post_moves_open_sessions_too(
    street_clerk: User, security_admin: User, tree: Tree, as_user: Any
) -> None:
    client = as_user(street_clerk)
    assert opens(client, tree.community) == [200, 200]
    posts.change_post(street_clerk.posts.get(), by=security_admin, region=tree.next_street)
    assert opens(client, tree.community) == [404, 404]
    assert opens(client, tree.next_community) == [200, 200]


def test_the_token_of_a_partner_loses_the_street_with_the_post(security_admin: User, tree: Tree) -> None:
    client = partner_client(tree.street, ["view", "change"])
    listed = reverse("api:region-detail", args=[tree.community.code])
    assert client.get(listed).status_code == 200
    post = Post.objects.get(role="partner")
    posts.change_post(post, by=security_admin, until=timezone.localdate())
    refused = client.get(listed)
    assert refused.status_code == 403
    assert refused.json()["permission"] == "regions.view_region"


def test_a_file_of_the_old_street_is_not_fetched_after_the_move(
    street_clerk: User, bureau_admin: User, system_admin: User, security_admin: User, tree: Tree, as_user: Any
) -> None:
    name = default_storage.save("exports/x.xlsx", ContentFile(b"x"))
    now = timezone.now()
    wanted = ExportRequest.objects.create(
        listing="people.person", noun="人员", purpose="service", note="走访", region=tree.street, by=street_clerk,
        expected=1, state=ExportRequest.State.READY, decided_by=bureau_admin, decided_at=now, file=name, rows=1,
        sha256="0" * 64, ready_at=now, expires_at=now + timedelta(hours=1),
    )  # fmt: skip
    client, address = as_user(street_clerk), f"{wanted.get_absolute_url()}file/{exporting.token_of(wanted)}/"
    assert client.get(address).status_code == 200
    actions.change_user(street_clerk, by=system_admin, region=tree.next_street)
    posts.add_post(by=security_admin, user=again(street_clerk), role="clerk", region=tree.next_street)
    refused = client.get(address)
    assert (refused.status_code, "现在的岗位以外" in refused.content.decode()) == (403, True)
