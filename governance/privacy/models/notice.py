"""What people are told about the use of their data, in versions that stay as they were published."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet, permission
from governance.regions.keys import home


class PrivacyNoticeQuerySet(ScopedQuerySet):
    """Written by who answers for the place; what was published may be read by anybody."""

    def allowed_to(self, user: Any, verb: str) -> Self:
        """Return the versions in scope; to look at, what was published anywhere besides: it is public."""
        rows = super().allowed_to(user, verb)
        public = verb == "view" and getattr(user, "is_authenticated", False)
        if public and user.has_perm(permission(self.model, verb)):
            rows |= self.published()
        return rows

    @classmethod
    def allows(cls, user: Any, verb: str, record: models.Model) -> bool:
        """Return the same for one version."""
        if super().allows(user, verb, record):
            return True
        notice: Any = record
        public = verb == "view" and notice.state != PrivacyNotice.State.DRAFT
        return public and bool(user.has_perm(permission(record._meta.model, verb)))

    def published(self) -> Self:
        """Return the versions that are or were in force, for everybody."""
        return self.exclude(state=PrivacyNotice.State.DRAFT)

    def in_force(self) -> Self:
        """Return the versions that are in force, one a place."""
        return self.filter(state=PrivacyNotice.State.STANDING)

    def holding_at(self, path: str) -> PrivacyNotice | None:
        """Return the version that holds at a place: its own, or that of the nearest place above."""
        line = [path[: at + 1] for at, sign in enumerate(path) if sign == "/"]
        found: PrivacyNotice | None = self.in_force().filter(region__path__in=line).order_by("-region__path").first()
        return found


@classified(public="id region version title changes text state published_at changed_at", internal="published_by")
class PrivacyNotice(Record):
    """draft → standing → former. One stands at a place; published text is never changed: the database sees to both.

    Personal Information Protection Law art. 7 and 17: who processes, what for, how, which data, how long, whom to turn to.
    """

    class State(models.TextChoices):
        """The life of a version."""

        DRAFT = "draft", _("草稿")
        STANDING = "standing", _("现行")
        FORMER = "former", _("已被替代")

    region = home("privacy_notices", label=_("发布地区"))
    version = models.CharField(_("版本号"), max_length=20, help_text=_("例如 2026-1。"))
    title = models.CharField(_("标题"), max_length=120)
    changes = models.CharField(
        _("修改说明"), max_length=500, help_text=_("与上一版相比改了什么，居民会看到；第一版写“首次发布”。")
    )
    text = models.TextField(
        _("正文"),
        max_length=30_000,
        help_text=_(
            "写明：处理者名称和联系方式；目的、方式、种类、保存期限；敏感个人信息的必要性和影响；本人查阅、复制、更正、"
            "删除、撤回同意的办法（《个人信息保护法》第十七条、第三十条）。空一行分段。"
        ),
    )
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.DRAFT)
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+",
        verbose_name=_("发布人"),
    )  # fmt: skip

    objects = PrivacyNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("个人信息处理告知")
        verbose_name_plural = pgettext_lazy("plural", "个人信息处理告知")
        ordering = ("region__path", "-published_at", "-pk")
        permissions = (("publish_privacynotice", "Can publish a privacy notice"),)
        constraints = (
            models.UniqueConstraint(
                fields=("region", "version"),
                name="privacynotice_version_once",
                violation_error_message=_("这个地区已有这个版本号。"),
            ),
            models.UniqueConstraint(
                fields=("region",),
                name="privacynotice_one_standing",
                condition=Q(state="standing"),
                violation_error_message=_("一个地区同一时间只有一个现行版本。"),
            ),
            models.CheckConstraint(
                name="privacynotice_published_whole",
                condition=Q(state="draft", published_at__isnull=True, published_by__isnull=True)
                | Q(state__in=["standing", "former"], published_at__isnull=False, published_by__isnull=False),
                violation_error_message=_("发布的版本必须有发布人和发布时间。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} {self.version}"

    def public_url(self) -> str:
        """Return the page that anybody may read."""
        return reverse("privacy:public_version", args=[self.pk])
