"""A file on its way to becoming records: kept, checked, confirmed or given up."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.desk.models.job import Job, JobQuerySet
from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.regions.models import Region


def kept_at(batch: Any, name: str) -> str:
    """Return where an uploaded file is kept: an unguessable name with the original ending."""
    return f"imports/{secrets.token_hex(16)}{Path(name).suffix.lower()[:8]}"


@classified(
    internal="id listing noun file name sha256 by region state reason rows added changed same refused columns keep_region "
    "keep_since job checked_at finished_at forgotten_at changed_at"
)
class ImportBatch(Record):
    """uploaded → checking → checked → confirming → done | failed; checked → dropped. `listing` is a model's label."""

    class State(models.TextChoices):
        """The life of an import."""

        UPLOADED = "uploaded", _("等待核对")
        CHECKING = "checking", _("正在核对")
        CHECKED = "checked", _("等待确认")
        CONFIRMING = "confirming", _("正在写入")
        DONE = "done", _("已导入")
        FAILED = "failed", _("失败")
        DROPPED = "dropped", _("已放弃")

    listing = models.CharField(_("台账"), max_length=80)
    noun = models.CharField(_("内容"), max_length=80)
    file = models.FileField(_("文件"), upload_to=kept_at, max_length=120, blank=True)
    name = models.CharField(_("文件名"), max_length=200)
    sha256 = models.CharField(_("文件指纹"), max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="imports", verbose_name=_("导入人"))
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("地区"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.UPLOADED)
    reason = models.TextField(_("原因"), blank=True)
    rows = models.PositiveIntegerField(_("行数"), default=0)
    added = models.PositiveIntegerField(_("新增"), default=0)
    changed = models.PositiveIntegerField(_("更改"), default=0)
    same = models.PositiveIntegerField(_("不变"), default=0)
    refused = models.PositiveIntegerField(_("有错"), default=0)
    columns = models.JSONField(_("列"), default=list)
    keep_region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("台账启用地区")
    )
    keep_since = models.DateField(_("台账启用日期"), null=True, blank=True)
    job = models.ForeignKey(
        Job, models.SET_NULL, null=True, blank=True, related_name="imports", verbose_name=_("后台任务")
    )
    checked_at = models.DateTimeField(_("核对时间"), null=True, blank=True)
    finished_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    forgotten_at = models.DateTimeField(_("内容清除时间"), null=True, blank=True)

    objects = JobQuerySet.as_manager()  # seen by who uploaded it, and by who may see the imports of its region

    class Meta:
        verbose_name = _("数据导入")
        verbose_name_plural = pgettext_lazy("plural", "数据导入")
        ordering = ("-pk",)
        default_permissions = ("view",)
        constraints = (
            models.CheckConstraint(
                name="importbatch_known_state",
                condition=Q(state__in=["uploaded", "checking", "checked", "confirming", "done", "failed", "dropped"]),
            ),
            models.CheckConstraint(name="importbatch_failed_has_reason", condition=~Q(state="failed") | ~Q(reason="")),
            models.CheckConstraint(
                name="importbatch_finished_has_time",
                condition=Q(state__in=["done", "dropped"], finished_at__isnull=False)
                | (~Q(state__in=["done", "dropped"]) & Q(finished_at__isnull=True)),
            ),
        )
        indexes = (models.Index(fields=("by", "-id"), name="importbatch_by"),)  # "my imports", newest first

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of this import."""
        return reverse("desk:import_batch_detail", args=[self.pk])
