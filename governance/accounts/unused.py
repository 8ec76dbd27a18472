"""Accounts that nobody has used for long are disabled, so that nobody else finds them open."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from governance.accounts.holders import holders
from governance.accounts.models import Post, User
from governance.accounts.sessions import end_sessions
from governance.kit.events import Event, emit
from governance.kit.messages import Kind, tell
from governance.kit.scoping import region_path_of

_NEEDED = ("system_admin", "security_admin")


def unused() -> QuerySet[User]:
    """Return the active accounts of people that nobody has used for long, the longest first."""
    used = Greatest(Coalesce("last_login", "joined_at"), "joined_at", "enabled_at")
    border = timezone.now() - timedelta(days=settings.UNUSED_DAYS)
    people = User.objects.filter(is_active=True, kind=User.Kind.PERSON).select_related("region")
    found: QuerySet[User] = people.annotate(used=used).filter(used__lt=border).order_by("used", "pk")
    return found


@transaction.atomic
def disable_unused() -> list[User]:
    """Disable them, but for administrators whom nobody could follow; return whom it was."""
    if not settings.UNUSED_DAYS:
        return []
    found = list(unused().select_for_update(of=("self",)))
    gone: list[User] = []
    for user in found:
        if _is_last_administrator(user):
            continue
        User.objects.filter(pk=user.pk).update(is_active=False)
        path = region_path_of(user)
        emit(Event("accounts.user.disabled_unused", None, user, path, {"is_active": True}, {"is_active": False}))
        end_sessions(user, by=None, why="unused")
        gone.append(user)
    _tell(gone)
    return gone


def _is_last_administrator(user: User) -> bool:
    """Return whether, without this one, a place would have nobody to open accounts, or nobody to give posts."""
    posts = Post.objects.alive_on(timezone.localdate()).filter(role__in=_NEEDED, user__is_active=True)
    own = posts.filter(user=user).values_list("role", "region__path")
    others = list(posts.exclude(user=user).values_list("role", "region__path"))
    return any(not any(role == its and path.startswith(at) for its, at in others) for role, path in own)


def _tell(gone: list[User]) -> None:
    """Tell those who may enable them again, each of the places that are hers."""
    today = timezone.localdate()
    by_region: dict[int, list[User]] = {}
    for user in gone:
        by_region.setdefault(user.region_id, []).append(user)
    for users in by_region.values():
        region = users[0].region
        names = "、".join(user.name for user in users[:10])
        tell(
            users=holders("accounts.change_user", region),
            kind=Kind.DONE,
            key=f"unused:{region.code}:{today}",
            title=format_lazy(
                _("{region}：{number} 个账号 {days} 天没有使用，已停用"),
                region=region.name, number=len(users), days=settings.UNUSED_DAYS,
            ),
            text=names,
            url="/admin/accounts/user/",
        )  # fmt: skip
