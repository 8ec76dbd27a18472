"""Why a target is missed at a place, and what is done about it."""

from __future__ import annotations

from collections.abc import Collection

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from governance.kit.past import refuse_future
from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.policies.models import Indicator
from governance.regions.keys import home


class ImprovementPlanQuerySet(ScopedQuerySet):
    """Plans are homed at the place that has to do something."""

    def open(self) -> ImprovementPlanQuerySet:
        """Return the plans that are neither done nor cancelled."""
        return self.filter(state=ImprovementPlan.State.OPEN)


@classified(
    public="id indicator region cause made_on due_on state done_on changed_at",
    internal="explanation measures responsible conclusion",
)
class ImprovementPlan(Record):
    """The reason and the plan of a place for an indicator; one at a time is open."""

    class Cause(models.TextChoices):
        """What kind of reason it is."""

        FUNDING = "funding", _("资金未到位")
        STAFFING = "staffing", _("人手不足")
        PREMISES = "premises", _("场地不足")
        LATE_START = "late_start", _("启动较晚")
        RECORDS = "records", _("已办未登记")
        OTHERS_DUE = "others_due", _("等待其他单位")
        CIRCUMSTANCES = "circumstances", _("情况变化")
        OTHER = "other", _("其他")

    class State(models.TextChoices):
        """The life of a plan."""

        OPEN = "open", _("进行中")
        DONE = "done", _("已完成")
        CANCELLED = "cancelled", _("已取消")

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="improvement_plans", verbose_name=_("指标"))
    region = home("improvement_plans", label=_("地区"))
    cause = models.CharField(_("原因类别"), max_length=14, choices=Cause)
    explanation = models.TextField(_("原因说明"), max_length=1000)
    measures = models.TextField(_("整改措施"), max_length=2000)
    responsible = models.CharField(_("责任人"), max_length=60, help_text=_("本单位内负责这件事的岗位或姓名。"))
    due_on = models.DateField(_("完成期限"))
    made_on = models.DateField(_("制定日期"), default=timezone.localdate, editable=False)
    state = models.CharField(_("状态"), max_length=9, choices=State, default=State.OPEN, editable=False)
    done_on = models.DateField(_("完成日期"), null=True, blank=True, editable=False)
    conclusion = models.CharField(_("结论"), max_length=500, blank=True, editable=False)

    objects = ImprovementPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("整改计划")
        verbose_name_plural = pgettext_lazy("plural", "整改计划")
        ordering = ("-state", "due_on", "pk")  # open, done, cancelled
        constraints = (
            models.UniqueConstraint(
                fields=("indicator", "region"),
                condition=Q(state="open"),
                name="improvement_plan_one_open",
                violation_error_message=_("这个地区的这项指标已有进行中的整改计划。"),
            ),
            models.CheckConstraint(
                name="improvement_plan_due_after_made",
                condition=Q(due_on__gte=F("made_on")),
                violation_error_message=_("完成期限不能早于制定日期。"),
            ),
            models.CheckConstraint(
                name="improvement_plan_done_after_made",
                condition=Q(done_on__isnull=True) | Q(done_on__gte=F("made_on")),
                violation_error_message=_("完成日期不能早于制定日期。"),
            ),
            models.CheckConstraint(
                name="improvement_plan_closed_with_a_conclusion",
                condition=Q(state="open", done_on__isnull=True, conclusion="")
                | (Q(state="done", done_on__isnull=False) & ~Q(conclusion=""))
                | (Q(state="cancelled", done_on__isnull=True) & ~Q(conclusion="")),
                violation_error_message=_("完成或取消要写明结论。"),
            ),
        )
        indexes = (  # what falls due, on the workbench
            models.Index(fields=("due_on", "region"), condition=Q(state="open"), name="improvement_plan_due"),
        )

    def __str__(self) -> str:
        return f"{self.indicator} · {self.due_on}"

    @property
    def overdue(self) -> bool:
        """Whether it should have been done by now."""
        return self.state == self.State.OPEN and self.due_on < timezone.localdate()

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Refuse, as soon as it is told, a day of completion that cannot be."""
        super().clean_fields(exclude)
        if "done_on" not in (exclude or ()) and self.done_on is not None:
            refuse_future(self, "done_on")
            if self.done_on < self.made_on:
                raise ValidationError({"done_on": gettext("完成日期不能早于制定日期。")})

    def clean(self) -> None:
        """Refuse, at its field, a due date that is over already, and an indicator that does not speak of the place."""
        super().clean()
        refused = {}
        if self.due_on is not None and self.due_on < self.made_on:
            refused["due_on"] = gettext("完成期限不能早于制定日期。")
        both = self.region_id is not None and self.indicator_id is not None
        if both and not self.region.path.startswith(self.indicator.policy.region.path):
            refused["indicator"] = gettext("这项指标的文件不涉及这个地区。")
        if refused:
            raise ValidationError(refused)


class PlanFollowUpQuerySet(ScopedQuerySet):
    """Follow-ups are seen where their plan is."""

    region_path = "plan__region__path"


@classified(public="id plan on changed_at", internal="note author")
class PlanFollowUp(Record):
    """How far a plan is, by day and author; what was written stays."""

    plan = models.ForeignKey(ImprovementPlan, models.PROTECT, related_name="follow_ups", verbose_name=_("整改计划"))
    on = models.DateField(_("日期"))
    note = models.TextField(_("进展"), max_length=1000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="plan_follow_ups", editable=False,
        verbose_name=_("记录人"),
    )  # fmt: skip

    objects = PlanFollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("整改跟进")
        verbose_name_plural = pgettext_lazy("plural", "整改跟进")
        ordering = ("-on", "-pk")
        indexes = (
            models.Index(fields=("plan", "-on", "-id"), name="plan_follow_up_latest"),
        )  # on the indicator's page

    def __str__(self) -> str:
        return f"{self.plan} · {self.on}"

    def clean(self) -> None:
        """Refuse a day to come, and one before there was a plan."""
        super().clean()
        refuse_future(self, "on")
        if self.on is not None and self.plan_id is not None and self.on < self.plan.made_on:
            raise ValidationError({"on": gettext("不能早于计划的制定日期。")})
