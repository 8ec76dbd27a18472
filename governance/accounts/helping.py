"""What an administrator of accounts does for somebody who cannot sign in, each asked for first and kept on the trail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.accounts import lockout, passwords, second_factor, sessions
from governance.accounts.actions import require_subordinate
from governance.accounts.models import Authenticator, User
from governance.kit.errors import DomainError
from governance.kit.refusals import missing_for
from governance.kit.scoping import may

Text = Promise | str


@dataclass(frozen=True, slots=True)
class Help:
    """Something that is done for a user: what it is called, what it means, when it can be done, doing it.

    `act` returns what the administrator is told afterwards; a password stands in it once and nowhere else.
    """

    name: str
    label: Text
    about: Text
    applies: Callable[[User], bool]
    act: Callable[[User, Any], str]


def helps_for(user: User, *, by: Any) -> list[Help]:
    """Return what can be done for a user now."""
    if user.kind != User.Kind.PERSON or user.pk == by.pk or not may(by, "change", user):
        return []
    return [each for each in HELPS.values() if each.applies(user)]


@transaction.atomic
def give(name: str, user: User, *, by: Any) -> str:
    """Do it; raises `PermissionDenied` outside one's scope and `DomainError` where it cannot be done."""
    chosen = HELPS[name]
    if not may(by, "change", user):
        raise missing_for(by, "change", user, first=_("您的岗位不能在这个地区办理这件事。"))
    if user.pk == by.pk:
        raise DomainError(_("自己的密码和动态口令在“设置与岗位”里改，丢失时请另一位管理员办理。"), code="own_account")
    require_subordinate(by, user)
    if user.kind != User.Kind.PERSON or not chosen.applies(user):
        raise DomainError(_("这个账号现在不需要办理这一项。"), code="not_needed")
    return chosen.act(user, by)


def _unlock(user: User, by: Any) -> str:
    row = lockout.lock_of(user)
    if row is not None:
        lockout.unlock(row, by=by)
    return _("已解除锁定，现在可以登录。")


def _password(user: User, by: Any) -> str:
    password = passwords.one_time_password()
    passwords.give_password(user, password, by=by, must_change=True)
    sessions.end_sessions(user, by=by, why="password")
    lockout.forget(user.username)
    return _("一次性密码：%(password)s。只显示这一次，请现在当面或打电话告诉本人；登录后须立即改密码。") % {
        "password": password
    }


def _second_factor(user: User, by: Any) -> str:
    second_factor.take_away(user, by=by)
    sessions.end_sessions(user, by=by, why="second_factor")
    return _("已重设动态口令。本人下次登录只用密码，管理员岗位登录后须重新启用。")


def _sessions(user: User, by: Any) -> str:
    count = sessions.end_sessions(user, by=by, why="administrator")
    return _("已结束 %(number)d 处登录。") % {"number": count}


HELPS = {
    each.name: each
    for each in (
        Help(
            "unlock",
            gettext_lazy("解除锁定"),
            gettext_lazy("连续输错密码而锁定的账号，现在就可以再登录。请先确认是本人在登录。"),
            lambda user: lockout.lock_of(user) is not None,
            _unlock,
        ),
        Help(
            "password",
            gettext_lazy("发一次性密码"),
            gettext_lazy("忘记密码时用：原来的密码作废，各处的登录结束，锁定解除；本人用一次性密码登录后须先改密码。"),
            lambda user: user.is_active,
            _password,
        ),
        Help(
            "second_factor",
            gettext_lazy("重设动态口令"),
            gettext_lazy("手机丢失又没有恢复码时用：原来的动态口令和恢复码作废，各处的登录结束。请先核实本人身份。"),
            lambda user: Authenticator.objects.filter(user=user).exists(),
            _second_factor,
        ),
        Help(
            "sessions",
            gettext_lazy("结束全部登录"),
            gettext_lazy("这个用户在各处的登录立即结束，须重新登录。"),
            lambda user: bool(sessions.own_sessions(user)),
            _sessions,
        ),
    )
}
