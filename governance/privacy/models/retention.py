"""A run that empties what was kept long enough: announced with its list, carried out days later unless it is stopped."""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.addresses import address_of
from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.regions.keys import home


@classified(
    public="id changed_at",
    internal="region announced_at due_on state total done skipped stopped_by stopped_at reason finished_at",
)
class RetentionRun(Record):
    """announced → running → done, or stopped before. One is open at a place; it touches what its list names, no more."""

    class State(models.TextChoices):
        """The life of a run."""

        ANNOUNCED = "announced", _("已公布，等待执行")
        RUNNING = "running", _("执行中")
        DONE = "done", _("已执行")
        STOPPED = "stopped", _("已停止")

    region = home("retention_runs", label=_("地区"))
    announced_at = models.DateTimeField(_("公布时间"), auto_now_add=True)
    due_on = models.DateField(_("执行日期"))
    state = models.CharField(_("状态"), max_length=9, choices=State, default=State.ANNOUNCED)
    total = models.PositiveIntegerField(_("条数"), default=0)
    done = models.PositiveIntegerField(_("已清除"), default=0)
    skipped = models.PositiveIntegerField(_("不再到期，未清除"), default=0)
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("停止人")
    )
    stopped_at = models.DateTimeField(_("停止时间"), null=True, blank=True)
    reason = models.CharField(_("停止原因"), max_length=200, blank=True)
    finished_at = models.DateTimeField(_("完成时间"), null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("保存期限执行")
        verbose_name_plural = pgettext_lazy("plural", "保存期限执行")
        ordering = ("-pk",)
        default_permissions = ("view",)
        permissions = (("stop_retentionrun", "Can stop a run before it empties records"),)
        constraints = (
            models.UniqueConstraint(
                fields=("region",),
                name="retentionrun_one_open",
                condition=Q(state__in=["announced", "running"]),
                violation_error_message=_("这个地区还有没有执行完的清单。"),
            ),
            models.CheckConstraint(
                name="retentionrun_stopped_whole",
                condition=Q(state="stopped", stopped_by__isnull=False, stopped_at__isnull=False) & ~Q(reason="")
                | ~Q(state="stopped") & Q(stopped_by__isnull=True),
                violation_error_message=_("停止须写明谁、何时、为什么。"),
            ),
            models.CheckConstraint(
                name="retentionrun_counts_add_up",
                condition=Q(done__lte=F("total") - F("skipped")),
                violation_error_message=_("清除的条数不能多于清单的条数。"),
            ),
            models.CheckConstraint(
                name="retentionrun_finished_has_time",
                condition=Q(state="done", finished_at__isnull=False) | ~Q(state="done") & Q(finished_at__isnull=True),
                violation_error_message=_("执行完的须有完成时间。"),
            ),
        )

    def __str__(self) -> str:
        if self.announced_at is None:
            return str(self.region)
        return f"{self.region} {timezone.localtime(self.announced_at):%Y-%m-%d}"


class RetentionItemQuerySet(ScopedQuerySet):
    """Items are homed where their record is."""

    region_path = "region__path"


@classified(internal="id run kind record region ended_on state")
class RetentionItem(models.Model):
    """One record on the list of a run: which, since when its time is over, and what became of it. It names nobody."""

    class State(models.TextChoices):
        """What became of it."""

        PLANNED = "planned", _("待清除")
        EMPTIED = "emptied", _("已清除")
        KEPT = "kept", _("不再到期")

    run = models.ForeignKey(RetentionRun, models.PROTECT, related_name="items", verbose_name=_("保存期限执行"))
    kind = models.CharField(_("台账"), max_length=80)
    record = models.BigIntegerField(_("记录编号"))
    region = home("+")
    ended_on = models.DateField(_("最后日期"), null=True, blank=True)
    state = models.CharField(_("结果"), max_length=8, choices=State, default=State.PLANNED)

    objects = RetentionItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("到期记录")
        verbose_name_plural = pgettext_lazy("plural", "到期记录")
        ordering = ("run", "kind", "pk")
        default_permissions = ("view",)
        constraints = (
            models.UniqueConstraint(
                fields=("run", "kind", "record"),
                name="retentionitem_once",
                violation_error_message=_("这条记录已在清单里。"),
            ),
        )
        indexes = (
            models.Index(fields=("run", "state", "id"), name="retentionitem_open"),  # the next batch
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.record}"

    def get_kind_display(self) -> str:
        """Return what records of its kind are called."""
        return str(apps.get_model(self.kind)._meta.verbose_name) if self.kind else ""

    def get_absolute_url(self) -> str:
        """Return the page of this item."""
        return address_of(self)
