"""Tasks that a plan of work gives to departments."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.past import refuse_future
from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.regions.keys import home


class WorkTaskQuerySet(ScopedQuerySet):
    """Tasks are homed at the region whose plan they stand in."""


@classified(
    public="id region category subcategory title lead assisting measure assigned_on deadline done_on cancelled_on "
    "changed_at"
)
class WorkTask(Record):
    """A task from the day it was assigned to its deadline; a cancelled one no longer counts."""

    region = home("work_tasks")
    category = models.CharField(_("大项"), max_length=60)
    subcategory = models.CharField(_("小项"), max_length=60, blank=True)
    title = models.CharField(_("任务"), max_length=200)
    lead = models.CharField(_("责任部门"), max_length=120)
    assisting = models.CharField(_("配合部门"), max_length=200, blank=True)
    measure = models.CharField(_("衡量标准"), max_length=200, blank=True)
    assigned_on = models.DateField(_("下达日期"))
    deadline = models.DateField(_("完成时限"))
    done_on = models.DateField(_("完成日期"), null=True, blank=True)
    cancelled_on = models.DateField(_("取消日期"), null=True, blank=True)

    objects = WorkTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("工作任务")
        verbose_name_plural = pgettext_lazy("plural", "工作任务")
        ordering = ("deadline", "region__path", "pk")
        constraints = (
            models.CheckConstraint(
                name="work_task_deadline_after_assignment",
                condition=Q(deadline__gte=F("assigned_on")),
                violation_error_message=_("完成时限不能早于下达日期。"),
            ),
            models.CheckConstraint(
                name="work_task_done_after_assignment",
                condition=Q(done_on__isnull=True) | Q(done_on__gte=F("assigned_on")),
                violation_error_message=_("完成日期不能早于下达日期。"),
            ),
            models.CheckConstraint(
                name="work_task_cancelled_after_assignment",
                condition=Q(cancelled_on__isnull=True) | Q(cancelled_on__gt=F("assigned_on")),
                violation_error_message=_("取消日期必须晚于下达日期。"),
            ),
            models.CheckConstraint(
                name="work_task_done_or_cancelled",
                condition=Q(done_on__isnull=True) | Q(cancelled_on__isnull=True),
                violation_error_message=_("任务不能既完成又取消。"),
            ),
        )
        indexes = (  # what the engine reads: what is planned, and what is due
            models.Index(fields=("region", "assigned_on"), include=("cancelled_on",), name="work_task_planned"),
            models.Index(fields=("region", "deadline"), include=("cancelled_on", "done_on"), name="work_task_due"),
        )

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse an end that is still to come."""
        super().clean()
        refuse_future(self, "done_on", "cancelled_on")
