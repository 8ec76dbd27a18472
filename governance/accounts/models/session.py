"""A session: one browser in which somebody is signed in, or is about to be."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.accounts.models.user import User
from governance.kit.privacy import classified
from governance.kit.scoping import ScopedQuerySet


class UserSessionQuerySet(ScopedQuerySet):
    """A session is its user's alone: no post opens anybody else's."""

    region_path = "user__region__path"

    def allowed_to(self, user: Any, verb: str) -> UserSessionQuerySet:
        """Return one's own sessions."""
        return self.filter(user=user) if getattr(user, "is_authenticated", False) else self.none()

    @classmethod
    def allows(cls, user: Any, verb: str, record: models.Model) -> bool:
        """Return the same for one of them."""
        return getattr(user, "is_authenticated", False) and getattr(record, "user_id", None) == user.pk


@classified(
    internal="number user expire_date started_at seen_at agent",
    personal="address",
    sensitive="session_key session_data",
)
class UserSession(models.Model):
    """What Django keeps of a session, and of a signed-in one whose it is, since when, from where and with what.

    `seen_at` is written once a minute at most. `number` names it on pages, for the key opens it.
    """

    session_key = models.CharField(_("密钥"), max_length=40, primary_key=True)
    session_data = models.TextField(_("内容"))
    expire_date = models.DateTimeField(_("最迟到期"))
    number = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions", verbose_name=_("用户"))
    started_at = models.DateTimeField(_("登录时间"), default=timezone.now)
    seen_at = models.DateTimeField(_("最近使用"), default=timezone.now)
    address = models.GenericIPAddressField(_("网络地址"), null=True)
    agent = models.CharField(_("浏览器"), max_length=300, blank=True)

    objects = UserSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("登录会话")
        verbose_name_plural = pgettext_lazy("plural", "登录会话")
        ordering = ("-seen_at", "pk")
        default_permissions = ()
        constraints = (
            models.CheckConstraint(name="session_ends_after_it_began", condition=Q(expire_date__gte=F("started_at"))),
        )
        indexes = (
            models.Index(fields=("expire_date",), name="session_expiry"),  # what has ended is removed every night
            models.Index(fields=("seen_at",), name="session_idle"),
        )

    def __str__(self) -> str:
        return f"{self.user} {self.started_at:%Y-%m-%d %H:%M}"

    def save(
        self, *args: Any, force_update: bool = False, update_fields: Iterable[str] | None = None, **options: Any
    ) -> None:
        """Write what follows from the contents; when it was last seen and its number stay as they are."""
        if force_update and update_fields is None:
            update_fields = ("session_data", "expire_date", "user", "started_at", "address", "agent")
        super().save(*args, force_update=force_update, update_fields=update_fields, **options)
