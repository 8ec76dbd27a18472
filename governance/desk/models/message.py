"""A message to one person: something that she should know, told once."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.messages import Kind
from governance.kit.privacy import classified
from governance.kit.scoping import ScopedQuerySet


class MessageQuerySet(ScopedQuerySet):
    """A message is its reader's alone: no post opens anybody else's."""

    region_path = "user__region__path"

    def allowed_to(self, user: Any, verb: str) -> Self:
        """Return one's own messages."""
        return self.filter(user=user) if getattr(user, "is_authenticated", False) else self.none()

    @classmethod
    def allows(cls, user: Any, verb: str, record: models.Model) -> bool:
        """Return the same for one of them."""
        return getattr(user, "is_authenticated", False) and getattr(record, "user_id", None) == user.pk

    def unread(self) -> Self:
        """Return those that nobody has read yet."""
        return self.filter(read_at__isnull=True)


@classified(internal="id user kind key title text url created_at read_at")
class Message(models.Model):
    """What was told whom, and when she read it; `key` says what it is about, `url` is a page of the portal."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, db_index=False, related_name="messages", verbose_name=_("收信人")
    )
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    key = models.CharField(_("事由标识"), max_length=160)
    title = models.CharField(_("标题"), max_length=200)
    text = models.CharField(_("内容"), max_length=500, blank=True)
    url = models.CharField(_("页面"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("时间"), default=timezone.now)
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("消息")
        verbose_name_plural = pgettext_lazy("plural", "消息")
        ordering = (F("read_at").desc(nulls_first=True), "-created_at", "-pk")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("user", "key"), name="message_told_once"),
            models.CheckConstraint(name="message_kind_known", condition=Q(kind__in=sorted(Kind.values))),
            models.CheckConstraint(name="message_says_something", condition=~Q(title="") & ~Q(key="")),
            models.CheckConstraint(  # a message leads nowhere else
                name="message_leads_inside", condition=Q(url="") | Q(url__regex=r"^/([^/\\]|$)")
            ),
            models.CheckConstraint(
                name="message_read_after_it_was_told",
                condition=Q(read_at__isnull=True) | Q(read_at__gte=F("created_at")),
            ),
        )
        indexes = (
            models.Index(fields=("user",), condition=Q(read_at__isnull=True), name="message_unread"),  # every page
            models.Index(fields=("user", "-created_at"), name="message_of_user"),  # the page of messages
            models.Index(fields=("created_at",), name="message_age"),  # what is old is removed
        )

    def __str__(self) -> str:
        return self.title
