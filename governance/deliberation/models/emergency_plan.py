"""Plans of a community for emergencies."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.past import not_before, refuse_future
from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.kit.spans import Span, refuse_backwards
from governance.regions.keys import home
from governance.regions.models import Level


class EmergencyPlanQuerySet(ScopedQuerySet):
    """Plans are homed at their community."""

    region_path = "community__path"


@classified(public="id community title adopted_on tested_on until changed_at")
class EmergencyPlan(Record):
    """A plan from its adoption on; it counts from its first successful test. A new version is a new plan."""

    community = home("emergency_plans", Level.COMMUNITY, label=_("村（社区）"))
    title = models.CharField(_("预案名称"), max_length=120)
    adopted_on = models.DateField(_("发布日期"))
    tested_on = models.DateField(
        _("首次演练日期"), null=True, blank=True, help_text=_("填第一次成功演练的日期，以后的演练不改这一天。")
    )
    until = models.DateField(_("废止日期"), null=True, blank=True)

    objects = EmergencyPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("应急预案")
        verbose_name_plural = pgettext_lazy("plural", "应急预案")
        ordering = ("community__path", "-adopted_on", "pk")
        constraints = (
            models.CheckConstraint(
                name="emergency_plan_tested_after_adoption",
                condition=not_before("tested_on", "adopted_on"),
                violation_error_message=_("演练日期不能早于发布日期。"),
            ),
            models.CheckConstraint(
                name="emergency_plan_ends_after_start",
                condition=Q(until__isnull=True)
                | (Q(until__gt=F("adopted_on")) & (Q(tested_on__isnull=True) | Q(until__gt=F("tested_on")))),
                violation_error_message=_("废止日期必须晚于发布日期和演练日期。"),
            ),
            ExclusionConstraint(
                name="emergency_plan_once",
                expressions=[
                    ("community", RangeOperators.EQUAL),
                    (Span(F("adopted_on"), F("until")), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("这个社区在同一时间已有一份有效的预案。"),
            ),
        )
        indexes = (
            models.Index(  # what the engine reads
                fields=("community", "tested_on"), include=("until",), name="emergency_plan_covering"
            ),
        )

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse days that are still to come, and an end before the start."""
        super().clean()
        refuse_backwards(self, since="adopted_on")
        refuse_future(self, "adopted_on", "tested_on")
