"""Opening accounts, registering partner systems."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from oauth2_provider.models import get_access_token_model

from governance.accounts import lockout, passwords
from governance.accounts.models import PartnerClient, Post, User
from governance.accounts.posts import leave_behind, require_level
from governance.accounts.sessions import end_sessions
from governance.kit import records
from governance.kit.errors import DomainError
from governance.kit.events import Event, emit, values_of
from governance.kit.scoping import region_path_of
from governance.regions.models import Region


def add_user(
    *,
    by: Any,
    username: str,
    name: str,
    region: Region,
    password: str,
    language: str = "zh-hans",
    is_active: bool = True,
    at_random: bool = False,
) -> User:
    """Open an account; it can do nothing until it is given a post, and its password holds for one login.

    `at_random` tells that the password was drawn by `passwords.one_time_password`.
    """
    user = User(username=username, name=name, region=region, language=language, is_active=is_active)
    passwords.require_good(password, user)
    if at_random:
        passwords.prepare_at_random(user, password)
    else:
        passwords.prepare(user, password, must_change=True)
    return records.add(user, by=by)


@transaction.atomic
def open_account(*, username: str, name: str, region: Region, role: str, password: str) -> User:
    """Open an account with a post where nobody is signed in yet: from the command line."""
    user = User(username=username, name=name, region=region)
    passwords.require_good(password, user)
    passwords.prepare(user, password, must_change=True)
    user.full_clean()
    user.save()
    post = Post(user=user, role=role, region=region, since=timezone.localdate())
    post.full_clean()
    require_level(post)
    post.save()
    emit(Event("accounts.user.add", None, user, region.path, after=values_of(user) | {"role": role}))
    return user


def change_user(user: User, *, by: Any, seen: datetime | None = None, password: str = "", **values: Any) -> User:
    """Change an account; with a password, set it anew. Disabled or with another password, it is signed out at once.

    With another region the posts at the old place end at once.
    """
    require_subordinate(by, user)
    if user.kind == User.Kind.PARTNER and (password or _differs(user, values)):
        raise DomainError(
            _("接口账号没有密码，用户名和地区也不能改；需要时另开一个接口客户端。"), code="partner_account"
        )
    if password:
        passwords.require_good(password, user)
    with transaction.atomic():
        was_active, was_at = User.objects.filter(pk=user.pk).values_list("is_active", "region").get()
        changed = records.change(user, by=by, seen=seen, **values)
        if changed.region_id != was_at:
            leave_behind(changed, by=by)
        if password:
            passwords.give_password(changed, password, by=by, must_change=by.pk != changed.pk)
            lockout.forget(changed.username)
        if changed.is_active and not was_active:
            changed.enabled_at = timezone.now()  # the days without use begin anew
            changed.save(update_fields=["enabled_at"])
        if password or (was_active and not changed.is_active):
            end_sessions(changed, by=by, why="password" if password else "disabled")
    return changed


def require_subordinate(by: Any, user: User) -> None:
    """Refuse to change an account that has powers beyond those of whoever changes it."""
    scope = by.scope_for("accounts.change_user")
    held = user.posts.filter(Q(until=None) | Q(until__gt=timezone.localdate())).values_list("region__path", flat=True)
    if not all(scope.covers(path) for path in held):
        raise DomainError(_("这个用户在您的管理范围以外还有岗位，请上级系统管理员办理。"), code="beyond_scope")


def _differs(user: User, values: dict[str, Any]) -> bool:
    return any(name in values and values[name] != getattr(user, name) for name in ("username", "region"))


@transaction.atomic
def add_partner(*, by: Any, name: str, region: Region, verbs: list[str], secret: str) -> PartnerClient:
    """Register a partner system: an account that nobody can log in with, and its credentials.

    It reads nothing before the security administration has given it its post: nobody opens the data to herself.

    `secret` is kept as a hash only; whoever calls shows it once.
    """
    user = User(username=f"partner-{timezone.now():%Y%m%d%H%M%S%f}", name=name, region=region, kind=User.Kind.PARTNER)
    user.set_unusable_password()
    records.add(user, by=by)
    client = PartnerClient(
        name=name,
        user=user,
        verbs=sorted(set(verbs)),
        client_type=PartnerClient.CLIENT_CONFIDENTIAL,
        authorization_grant_type=PartnerClient.GRANT_CLIENT_CREDENTIALS,
        client_secret=secret,
    )
    return records.add(client, by=by)


@transaction.atomic
def change_partner(client: PartnerClient, *, by: Any, seen: datetime | None = None, **values: Any) -> PartnerClient:
    """Change a client's name or verbs; tokens given before end at once, so that none keeps a verb it lost."""
    changed = records.change(client, by=by, seen=seen, **values)
    get_access_token_model().objects.filter(application=changed).delete()
    return changed


@transaction.atomic
def set_own_password(user: User, password: str, *, kept: str | None) -> None:
    """Set the password that the user chose for herself; her sessions end with the old one, but for the one `kept`."""
    passwords.give_password(user, password, by=user, must_change=False)
    end_sessions(user, by=user, why="password", kept=kept)


def set_language(user: User, language: str) -> None:
    """Keep the user's own choice of language."""
    before = values_of(user)
    user.language = language
    user.full_clean(exclude=["password"])
    user.save(update_fields=["language"])
    emit(
        Event(
            "accounts.user.language",
            user,
            user,
            region_path_of(user),
            {"language": before["language"]},
            {"language": language},
        )
    )
