"""Accounts that nobody uses are disabled at night, but never the last one who could enable them again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from governance.accounts import actions
from governance.accounts.models import User, UserSession
from governance.accounts.tasks import disable_unused
from governance.audit.models import AuditEvent
from governance.desk.models import Message
from tests.factories import make_partner, make_user
from tests.factories.places import Tree


def aged(user: User, days: int, **more: Any) -> User:
    moment = timezone.now() - timedelta(days=days)
    User.objects.filter(pk=user.pk).update(**{"joined_at": moment, "enabled_at": moment, "last_login": None} | more)
    return user


def active() -> set[str]:
    return set(User.objects.filter(is_active=True).values_list("username", flat=True))


@pytest.fixture
def admin(tree: Tree) -> User:
    return make_user("admin", tree.county, "system_admin")


def test_ninety_days_without_a_login_disable(tree: Tree, admin: User) -> None:
    aged(make_user("gone", tree.street, "clerk", name="已走的人"), 91)
    aged(make_user("new", tree.street, "clerk"), 89)
    aged(make_user("busy", tree.street, "clerk"), 500, last_login=timezone.now() - timedelta(days=1))
    aged(make_partner(tree.street, ["view"])[0].user, 500)
    session = UserSession.objects.create(
        session_key="x", expire_date=timezone.now() + timedelta(hours=1), user=User.objects.get(username="gone")
    )
    disable_unused()
    assert active() == {"admin", "new", "busy", "partner-account"}
    event = AuditEvent.objects.get(action="accounts.user.disabled_unused")
    assert (event.record_name, event.actor, event.surface) == ("已走的人", None, "job")
    assert not UserSession.objects.filter(pk=session.pk).exists()
    message = Message.objects.get(user=admin)
    assert "1 个账号" in message.title
    assert message.text == "已走的人"
    disable_unused()
    assert Message.objects.count() == 1


def test_one_that_was_enabled_again_has_its_days_anew(tree: Tree, admin: User) -> None:
    user = aged(make_user("back", tree.street, "clerk"), 91)
    disable_unused()
    actions.change_user(User.objects.get(pk=user.pk), by=admin, is_active=True)
    disable_unused()
    assert "back" in active()


def test_the_last_administrator_of_a_place_stays(tree: Tree) -> None:
    above = aged(make_user("above", tree.prefecture, "system_admin"), 91)
    first = aged(make_user("first", tree.county, "system_admin"), 120)
    second = aged(make_user("second", tree.county, "system_admin"), 100)
    disable_unused()
    assert active() == {"above"}, "whoever administers from above can enable them again"
    User.objects.update(is_active=True)
    for user in (above, first, second):
        aged(user, 91 + user.pk % 3)
    above.posts.update(until=timezone.localdate())
    disable_unused()
    assert len(active() & {"first", "second"}) == 1
    assert "above" not in active(), "her post is over"


def test_nobody_is_disabled_where_it_is_switched_off(tree: Tree, settings: Any) -> None:
    settings.UNUSED_DAYS = 0
    aged(make_user("gone", tree.street, "clerk"), 500)
    disable_unused()
    assert active() == {"gone"}
