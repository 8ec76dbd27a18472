"""A rebuild of all computed values, in chunks that workers share."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import ExpressionWrapper, F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.privacy import classified
from governance.kit.scoping import ScopedQuerySet
from governance.regions.models import Region


class AttainmentRunQuerySet(ScopedQuerySet):
    """A run computes every place; who holds the permission anywhere may see how it went."""

    def allowed_to(self, user: Any, verb: str) -> Self:
        """Return all runs or none."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.all() if user.scope_for(f"attainment.{verb}_attainmentrun") else self.none()

    @classmethod
    def allows(cls, user: Any, verb: str, record: models.Model) -> bool:
        """Return the same for one run."""
        return bool(user.scope_for(f"attainment.{verb}_attainmentrun"))


@classified(
    internal="id cause status by side chunks_total chunks_done months rows report error created_at started_at heard_at finished_at"
)
class AttainmentRun(models.Model):
    """pending → running → checking → done | failed; at most one is under way. Until it is done the old values are read."""

    class Status(models.TextChoices):
        """The life of a run."""

        PENDING = "pending", _("等待")
        RUNNING = "running", _("计算中")
        CHECKING = "checking", _("核对中")
        DONE = "done", _("完成")
        FAILED = "failed", _("失败")

    class Cause(models.TextChoices):
        """Why it was started."""

        NIGHTLY = "nightly", _("每夜")
        MONTH = "month", _("新的月份")
        PERSON = "person", _("人工")
        CHANGES = "changes", _("变更较多")

    cause = models.CharField(_("起因"), max_length=8, choices=Cause)
    status = models.CharField(_("状态"), max_length=8, choices=Status, default=Status.PENDING)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="attainment_runs", verbose_name=_("发起人")
    )
    side = models.SmallIntegerField(_("写入的一侧"), null=True)
    chunks_total = models.PositiveIntegerField(_("分块总数"), default=0)
    chunks_done = models.PositiveIntegerField(_("已完成分块"), default=0)
    months = models.PositiveIntegerField(_("月份数"), default=0)
    rows = models.PositiveBigIntegerField(_("写入的行数"), default=0)
    report = models.JSONField(_("结果"), default=dict)
    error = models.TextField(_("失败原因"), blank=True)
    created_at = models.DateTimeField(_("提交时间"), auto_now_add=True)
    started_at = models.DateTimeField(_("开始时间"), null=True)
    heard_at = models.DateTimeField(_("最近进展"), null=True)
    finished_at = models.DateTimeField(_("结束时间"), null=True)

    objects = AttainmentRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("达标计算")
        verbose_name_plural = pgettext_lazy("plural", "达标计算")
        ordering = ("-pk",)
        default_permissions = ("view", "add")
        constraints = (
            models.UniqueConstraint(
                ExpressionWrapper(Q(status__in=["pending", "running", "checking"]), output_field=models.BooleanField()),
                condition=Q(status__in=["pending", "running", "checking"]),
                name="attainment_run_one_at_a_time",
                violation_error_message=_("已有一次计算正在进行。"),
            ),
            models.CheckConstraint(
                name="attainment_run_finished_has_time",
                condition=Q(status__in=["pending", "running", "checking"], finished_at__isnull=True)
                | Q(status__in=["done", "failed"], finished_at__isnull=False),
            ),
            models.CheckConstraint(
                name="attainment_run_failed_has_reason", condition=~Q(status="failed") | ~Q(error="")
            ),
            models.CheckConstraint(name="attainment_run_side", condition=Q(side__isnull=True) | Q(side__in=[0, 1])),
            models.CheckConstraint(
                name="attainment_run_done_within_total", condition=Q(chunks_done__lte=F("chunks_total"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_cause_display()} {self.pk}"

    def get_absolute_url(self) -> str:
        """Return the page of this run."""
        return reverse("attainment:attainment_run_detail", args=[self.pk])


class RunChunkQuerySet(ScopedQuerySet):
    """Chunks are seen with their run."""

    def allowed_to(self, user: Any, verb: str) -> Self:
        """Return the chunks of the runs that the user may see."""
        return self.filter(run__in=AttainmentRun.objects.allowed_to(user, verb))


@classified(internal="id run number area roots communities status attempts milliseconds rows error heard_at")
class RunChunk(models.Model):
    """Part of a run: whole sub-trees that one worker computes in one transaction."""

    class Status(models.TextChoices):
        """The life of a chunk."""

        TODO = "todo", _("待计算")
        RUNNING = "running", _("计算中")
        DONE = "done", _("完成")
        FAILED = "failed", _("失败")

    run = models.ForeignKey(AttainmentRun, models.CASCADE, related_name="chunks", verbose_name=_("计算"))
    number = models.PositiveIntegerField(_("序号"))
    area = models.ForeignKey(
        Region, models.DO_NOTHING, db_constraint=False, related_name="+", verbose_name=_("所属范围")
    )
    roots = ArrayField(models.BigIntegerField(), verbose_name=_("地区"))
    communities = models.PositiveIntegerField(_("村（社区）数"), default=0)
    status = models.CharField(_("状态"), max_length=7, choices=Status, default=Status.TODO)
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    milliseconds = models.PositiveIntegerField(_("用时（毫秒）"), null=True)
    rows = models.PositiveIntegerField(_("写入的行数"), default=0)
    error = models.TextField(_("失败原因"), blank=True)
    heard_at = models.DateTimeField(_("最近进展"), db_default=Now())

    objects = RunChunkQuerySet.as_manager()

    class Meta:
        verbose_name = _("计算分块")
        verbose_name_plural = pgettext_lazy("plural", "计算分块")
        ordering = ("run", "number")
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("run", "number"), name="run_chunk_once"),)

    def __str__(self) -> str:
        return f"{self.run_id}/{self.number}"
