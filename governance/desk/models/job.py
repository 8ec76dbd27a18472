"""A job: something that takes too long for a page, with its life and progress."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.privacy import classified
from governance.kit.scoping import ScopedQuerySet, permission
from governance.regions.models import Region


class JobQuerySet(ScopedQuerySet):
    """What somebody started is seen by herself, and by those who may see such things of its region."""

    owner: ClassVar[str] = "by"

    def allowed_to(self, user: Any, verb: str) -> Self:
        """Return one's own jobs besides those in scope."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        scope = user.scope_for(permission(self.model, verb))
        own = Q(**{self.owner: user}) if scope else Q(pk__in=())
        return self.filter(own | scope.q(self.region_path))

    @classmethod
    def allows(cls, user: Any, verb: str, record: models.Model) -> bool:
        """Return the same for one of them."""
        own = user.has_perm(permission(record._meta.model, verb)) and getattr(record, "by_id", None) == user.pk
        return own or super().allows(user, verb, record)


@classified(
    internal="id name title status by region arguments done total message report error attempts created_at started_at "
    "heard_at finished_at"
)
class Job(models.Model):
    """pending → running → done | failed; claimed by a conditional update, so that two workers never share it."""

    class Status(models.TextChoices):
        """The life of a job."""

        PENDING = "pending", _("等待")
        RUNNING = "running", _("进行中")
        DONE = "done", _("完成")
        FAILED = "failed", _("失败")

    name = models.CharField(_("任务"), max_length=80)
    title = models.CharField(_("标题"), max_length=200)
    status = models.CharField(_("状态"), max_length=8, choices=Status, default=Status.PENDING)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="jobs", verbose_name=_("发起人"))
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("地区"))
    arguments = models.JSONField(_("参数"), default=dict)
    done = models.PositiveBigIntegerField(_("已完成"), default=0)
    total = models.PositiveBigIntegerField(_("总数"), null=True)
    message = models.CharField(_("当前步骤"), max_length=200, blank=True)
    report = models.JSONField(_("结果"), default=dict)
    error = models.TextField(_("失败原因"), blank=True)
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    created_at = models.DateTimeField(_("提交时间"), auto_now_add=True)
    started_at = models.DateTimeField(_("开始时间"), null=True)
    heard_at = models.DateTimeField(_("最近进展"), null=True)
    finished_at = models.DateTimeField(_("结束时间"), null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("任务")
        verbose_name_plural = pgettext_lazy("plural", "任务")
        ordering = ("-pk",)
        default_permissions = ("view",)
        constraints = (
            models.CheckConstraint(  # which also says what statuses there are
                name="job_finished_has_time",
                condition=Q(status__in=["pending", "running"], finished_at__isnull=True)
                | Q(status__in=["done", "failed"], finished_at__isnull=False),
            ),
            models.CheckConstraint(name="job_failed_has_reason", condition=~Q(status="failed") | ~Q(error="")),
            models.CheckConstraint(
                name="job_done_within_total", condition=Q(total__isnull=True) | Q(done__lte=F("total"))
            ),
        )
        indexes = (models.Index(fields=("by", "-created_at"), name="job_by"),)  # "my jobs", newest first

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the page of this job."""
        return reverse("desk:job_detail", args=[self.pk])
