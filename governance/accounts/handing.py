"""Handing a post to a stand-in for a time, or to a successor for good."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.accounts.models import Post, User
from governance.accounts.models.post import STAND_IN_DAYS
from governance.accounts.posts import end_stand_in, end_stand_ins, require_apart
from governance.accounts.roles import ROLES
from governance.kit import records
from governance.kit.errors import DomainError
from governance.kit.events import Event, emit
from governance.kit.messages import Kind, tell
from governance.kit.refusals import missing_for
from governance.kit.scoping import may
from governance.kit.spans import holds


def may_lend(post: Post, by: Any) -> bool:
    """Return whether `by` may have somebody stand in for a post: its holder, or who gives posts there."""
    own = post.user_id == by.pk and ROLES[post.role].lent
    return post.stands_in_for_id is None and post.role != "partner" and (own or may_give(post, by))


def may_give(post: Post, by: Any) -> bool:
    """Return whether `by` gives and ends such posts there; never those of her own."""
    return post.user_id != by.pk and bool(may(by, "change", post))


def colleague(post: Post, username: str) -> User:
    """Return the active person with this name of account, of the same place, below it or right above it."""
    near = Q(region__path__startswith=post.region.path) | Q(region=post.region.parent_id)
    people = User.objects.filter(near, is_active=True, kind=User.Kind.PERSON)
    user: User | None = people.filter(username=username.strip()).first()
    if user is None:
        text = _("没有这个用户名，或者不是%(place)s及其上级单位的人员。")
        raise DomainError(text % {"place": post.region.name}, field="username", code="unknown_user")
    if user.pk == post.user_id:
        raise DomainError(_("这就是现在任职的人。"), field="username", code="same_user")
    return user


@transaction.atomic
def lend(post: Post, *, by: Any, username: str, since: date, until: date) -> Post:
    """Have somebody stand in for a post from a day to another; its holder keeps hers."""
    stored = _current(post)
    if not may_lend(stored, by):
        raise missing_for(by, "change", stored, first=_("这个岗位您不能交人代理。"))
    user = colleague(stored, username)
    if user.pk == by.pk:
        raise DomainError(_("不能给自己设岗位，请另一位管理员办理。"), field="username", code="own_post")
    today = timezone.localdate()
    if since < today:
        raise DomainError(_("代理不能从过去的日子开始。"), field="since", code="past")
    if until <= since or until - since > timedelta(days=STAND_IN_DAYS):
        text = _("结束日期要晚于开始日期，代理最多 %(days)s 天。") % {"days": STAND_IN_DAYS}
        raise DomainError(text, field="until", code="post_stand_in_fits")
    if since < stored.since or (stored.until is not None and until > stored.until):
        raise DomainError(_("代理的时间不能超出这个岗位本身的任期。"), field="until", code="post_stand_in_fits")
    made = Post(
        user=user, role=stored.role, region=stored.region, unit=stored.unit, unit_name=stored.unit_name,
        since=since, until=until, stands_in_for=stored,
    )  # fmt: skip
    require_apart(made)
    records.store(made, by=by, allowed=lambda: None, action="stand_in")
    _tell(made, user, gettext_lazy("请您代理岗位：{post}，{since} 至 {until}"))
    return made


@transaction.atomic
def take_back(post: Post, *, by: Any) -> None:
    """End a stand-in's post today: by the holder, by the stand-in herself, or by who gives posts there."""
    stored = (
        Post.objects.select_for_update(of=("self",)).select_related("region", "stands_in_for", "user").get(pk=post.pk)
    )
    if stored.stands_in_for is None:
        raise DomainError(_("这不是代理的岗位。"), code="no_stand_in")
    if by.pk not in {stored.user_id, stored.stands_in_for.user_id} and not may_give(stored, by):
        raise missing_for(by, "change", stored, first=_("这个代理您不能结束。"))
    if stored.until is not None and stored.until <= timezone.localdate():
        raise DomainError(_("这个代理已经结束。"), code="ended")
    end_stand_in(stored, by=by, on=timezone.localdate())


@transaction.atomic
def pass_on(post: Post, *, by: Any, username: str, on: date) -> Post:
    """End a post by a day and give it to a successor from that day on: both, or nothing."""
    stored = _current(post)
    if not may_give(stored, by):
        raise missing_for(by, "change", stored, first=_("岗位由安全管理员移交，不能移交自己的岗位。"))
    if stored.role == "partner":
        raise DomainError(_("接口账号的岗位不能移交。"), code="wrong_role")
    user = colleague(stored, username)
    if on <= stored.since or on < timezone.localdate():
        raise DomainError(_("移交日期不能早于今天，也要晚于任职日期。"), field="on", code="past")
    if stored.until is not None and on > stored.until:
        raise DomainError(_("这个岗位在那天以前已经结束。"), field="on", code="ended")
    if user.pk == by.pk:
        raise DomainError(_("不能给自己设岗位，请另一位管理员办理。"), field="username", code="own_post")
    end_stand_ins(stored, by=by, on=on)
    records.change(stored, by=by, until=on)
    made = Post(
        user=user, role=stored.role, region=stored.region, unit=stored.unit, unit_name=stored.unit_name, since=on
    )
    require_apart(made)
    records.add(made, by=by)
    told = {"from": stored.user.username, "to": user.username, "on": str(on)}
    emit(Event("accounts.post.pass_on", by, stored, stored.region.path, after=told))
    _tell(made, user, gettext_lazy("{post}移交给您，{since} 起任职"))
    return made


def _current(post: Post) -> Post:
    """Return the post, locked; refuse one that is over."""
    rows = Post.objects.select_for_update(of=("self",)).select_related("region", "user")
    stored: Post = rows.get(pk=post.pk)
    today = timezone.localdate()
    if not holds(stored, today) and stored.since <= today:
        raise DomainError(_("这个岗位已经结束。"), code="ended")
    return stored


def _tell(post: Post, user: User, text: Any) -> None:
    tell(
        users=[user],
        kind=Kind.DONE,
        key=f"post:{post.pk}",
        title=format_lazy(text, post=str(post), since=str(post.since), until=str(post.until or "")),
        url="/accounts/settings/",
    )
