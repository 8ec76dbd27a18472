"""Giving posts, changing and ending them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.accounts.models import Post, User
from governance.accounts.models.post import APART_MESSAGE
from governance.accounts.roles import APART, ROLES
from governance.kit import belonging, records
from governance.kit.errors import DomainError
from governance.kit.events import Event, emit, values_of
from governance.kit.wording import listed
from governance.regions.models import Level, Region


def add_post(
    *,
    by: Any,
    user: User,
    role: str,
    region: Region,
    since: date | None = None,
    until: date | None = None,
    unit_name: str = "",
) -> Post:
    """Give a user a role in a region; with a unit, for its own records alone."""
    post = Post(user=user, role=role, region=region, since=since or timezone.localdate(), until=until)
    post.unit, post.unit_name = unit_for(role, region, unit_name)
    require_fitting(by, post)
    return records.add(post, by=by)


@transaction.atomic
def change_post(post: Post, *, by: Any, seen: datetime | None = None, **values: Any) -> Post:
    """Correct a post or date its end; who stands in for it ends with it."""
    if post.stands_in_for_id is not None:
        raise DomainError(_("这是代理的岗位，只能提前结束。"), code="stand_in")
    wanted = {name: values.get(name, getattr(post, name)) for name in ("user", "role", "region", "since", "until")}
    given = values.get("unit_name", post.unit_name)
    moved = any(wanted[name] != getattr(post, name) for name in ("role", "region")) or given != post.unit_name
    unit, name = unit_for(wanted["role"], wanted["region"], given) if moved else (post.unit, post.unit_name)
    require_fitting(by, post)
    require_fitting(by, Post(**wanted, pk=post.pk, unit=unit, unit_name=name))
    if moved or wanted["user"] != post.user:
        end_stand_ins(post, by=by, on=wanted["since"])
    elif wanted["until"] is not None:
        end_stand_ins(post, by=by, on=wanted["until"])
    return records.change(post, by=by, seen=seen, **values | {"unit": unit, "unit_name": name})


def remove_post(post: Post, *, by: Any) -> None:
    """Remove a post given by mistake."""
    _require_another(by, post.user)
    records.remove(post, by=by)


def end_stand_ins(post: Post, *, by: Any, on: date) -> None:
    """End by a day what others do in place of the holder of a post; what has not begun by then never does."""
    for other in Post.objects.select_for_update().filter(stands_in_for=post, until__gt=on).order_by("pk"):
        end_stand_in(other, by=by, on=on)


def end_stand_in(post: Post, *, by: Any, on: date) -> None:
    """End one of them by a day, today at the earliest what has begun; on the trail with the name of who did it."""
    _end(post, by=by, on=on, action="stand_in_end")


def leave_behind(user: User, *, by: Any) -> int:
    """End today the posts of somebody whose unit is another one now, but for those there, below and above it.

    Whoever opens accounts gives no posts; by moving an account she only takes what belonged to the old place.
    """
    today, home = timezone.localdate(), user.region.path
    held = Post.objects.select_for_update(of=("self",)).select_related("region").filter(user=user).order_by("pk")
    gone = [
        post
        for post in held.filter(Q(until=None) | Q(until__gt=today))
        if not (post.region.path.startswith(home) or home.startswith(post.region.path))
    ]
    for post in gone:
        end_stand_ins(post, by=by, on=today)
        _end(post, by=by, on=today, action="left_behind")
    return len(gone)


def _end(post: Post, *, by: Any, on: date, action: str) -> None:
    path, before, action = post.region.path, values_of(post), f"accounts.post.{action}"
    on = max(on, timezone.localdate()) if post.since < timezone.localdate() else on
    if on <= post.since:  # the first day is not over, or has not come: nothing of it remains
        emit(Event(action, by, post, path, before=before))
        post.delete()
    else:
        post.until = min(on, post.until) if post.until else on
        post.save(update_fields=["until"])
        emit(Event(action, by, post, path, before=before, after=values_of(post)))


def unit_for(role: str, region: Region, name: str) -> tuple[str, str]:
    """Return code and name of the unit that a post speaks for; empty ones for a role without."""
    kind = ROLES[role].unit if role in ROLES else ""
    if not kind:
        if name.strip():
            raise DomainError(_("这个角色不填所属单位。"), field="unit_name", code="no_unit")
        return "", ""
    found = belonging.unit_of(kind).find(name, region) if name.strip() else None
    if found is None:
        values = {"kind": belonging.unit_of(kind).label, "name": name.strip(), "place": region.name}
        text = (
            _("请填所属的%(kind)s。")
            if not name.strip()
            else _("%(place)s没有唯一的%(kind)s叫“%(name)s”，请核对名称或代码。")
        )
        raise DomainError(text % values, field="unit_name", code="unknown_unit")
    return found


def _require_another(by: Any, user: User) -> None:
    """Nobody gives or takes posts of her own."""
    if user.pk == by.pk:
        raise DomainError(_("不能给自己设岗位，请另一位管理员办理。"), field="user", code="own_post")


def require_fitting(by: Any, post: Post) -> None:
    """Refuse one's own posts, and what does not fit: person and role, role and place, two administrators in one."""
    _require_another(by, post.user)
    partner = post.user.kind == User.Kind.PARTNER
    if partner != (post.role == "partner"):
        raise DomainError(_("接口角色只给接口账号，接口账号只能有接口角色。"), field="role", code="wrong_role")
    if partner and post.region_id != post.user.region_id:
        raise DomainError(_("接口账号的岗位只能在它自己的地区。"), field="region", code="wrong_region")
    require_level(post)
    require_apart(post)


def require_level(post: Post) -> None:
    """Refuse a role at a place of a level where there are no such posts."""
    role = ROLES.get(post.role)
    if role is not None and post.region.level not in role.levels:
        words = listed(str(Level(level).label) for level in role.levels)
        raise DomainError(
            _("“%(role)s”只设在：%(levels)s。") % {"role": role.label, "levels": words},
            field="region",
            code="post_level_of_role",
        )


def require_apart(post: Post) -> None:
    """Refuse a second one of the three administrators for the same person at overlapping times, and name the first."""
    if post.role not in APART:
        return
    others = Post.objects.filter(user=post.user, role__in=APART).exclude(role=post.role).exclude(pk=post.pk)
    for other in others.select_related("region"):
        begins_before = post.until is None or other.since < post.until
        if begins_before and (other.until is None or other.until > post.since):
            told = _("%(user)s已是%(post)s。") % {"user": post.user, "post": other}
            raise DomainError(f"{APART_MESSAGE}{told}", field="role", code="post_administrators_apart")
