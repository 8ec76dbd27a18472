"""What is held against an organisation that still exists: the list of abnormal ones, a suspension."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.privacy import classified
from governance.kit.spans import ends_after_start, no_overlap
from organizations.models.span import OrganizationSpan


@classified(public="id organization region kind document_no since until changed_at", internal="reason")
class OrganizationRestriction(OrganizationSpan):
    """An organisation is on the list of abnormal ones, or suspended; it counts until it has ended.

    Source: 社会组织信用信息管理办法 (2018), which keeps the list; it takes no status away.
    """

    class Kind(models.TextChoices):
        """What the authorities have ordered."""

        ABNORMAL_LIST = "abnormal_list", _("活动异常名录")
        SUSPENDED = "suspended", _("停止活动")

    kind = models.CharField(_("异常情形"), max_length=16, choices=Kind)
    reason = models.CharField(_("原因"), max_length=200)
    document_no = models.CharField(_("文号"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("异常与停止活动")
        verbose_name_plural = pgettext_lazy("plural", "异常与停止活动")
        ordering = ("organization__region__path", "organization__name", "-since", "pk")
        constraints = (
            ends_after_start("organization_restriction_ends_after_start"),
            no_overlap(
                "organization_restriction_once", "organization", "kind", message=_("这段时间内已有同样的情形。")
            ),
        )
        indexes = (
            models.Index(fields=("organization", "since"), name="organization_restriction_hist"),
            models.Index(fields=("region", "since"), name="organization_restriction_home"),
        )

    def __str__(self) -> str:
        return f"{self.organization} · {self.get_kind_display()}"
