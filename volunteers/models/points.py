"""Points given to volunteers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.past import refuse_future
from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.regions.keys import home
from governance.regions.models import Level
from volunteers.models.record import ServiceRecord
from volunteers.models.volunteer import Volunteer


class PointsIssueQuerySet(ScopedQuerySet):
    """Issues are homed at the volunteer's community on the day they were booked."""

    region_path = "community__path"


@classified(
    public="id community points booked_on service_record reverses changed_at",
    internal="reason",
    personal="volunteer",
)
class PointsIssue(Record):
    """Points booked for a volunteer; a mistake is not rewritten, but reversed by a negative row."""

    volunteer = models.ForeignKey(
        Volunteer, models.PROTECT, db_index=False, related_name="points_issues", verbose_name=_("志愿者")
    )
    community = home("points_issues", Level.COMMUNITY, label=_("所在社区"), db_index=False)
    points = models.IntegerField(_("积分"), help_text=_("冲销时填负数，与原积分相抵。"))
    booked_on = models.DateField(_("入账日期"))
    reason = models.CharField(_("事由"), max_length=120)
    service_record = models.ForeignKey(
        ServiceRecord,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="points_issues",
        verbose_name=_("服务记录"),
    )
    reverses = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="reversals",
        verbose_name=_("冲销的积分"),
    )

    objects = PointsIssueQuerySet.as_manager()

    class Meta:
        verbose_name = _("积分发放")
        verbose_name_plural = pgettext_lazy("plural", "积分发放")
        ordering = ("-community_id", "-booked_on", "-pk")
        constraints = (
            models.CheckConstraint(
                name="points_issue_not_zero",
                condition=~Q(points=0),
                violation_error_message=_("积分不能为 0。"),
            ),
            models.CheckConstraint(
                name="points_issue_negative_reverses",
                condition=Q(points__lt=0, reverses__isnull=False) | Q(points__gte=0, reverses__isnull=True),
                violation_error_message=_("只有冲销才能填负数，冲销必须填负数。"),
            ),
            models.UniqueConstraint(
                fields=("service_record",),
                condition=Q(service_record__isnull=False, reverses__isnull=True),
                name="points_issue_once",
                violation_error_message=_("这条服务记录已经发放过积分。"),
            ),
            models.UniqueConstraint(
                fields=("reverses",),
                condition=Q(reverses__isnull=False),
                name="points_issue_reversed_once",
                violation_error_message=_("这笔积分已经冲销过。"),
            ),
        )
        indexes = (
            models.Index(  # what the engine reads; read backwards it is the order of the list
                fields=("community", "booked_on"), include=("points",), name="points_issue_covering"
            ),
            models.Index(fields=("volunteer", "-booked_on"), name="points_issue_volunteer"),
            models.Index(
                fields=("service_record",), condition=Q(service_record__isnull=False), name="points_issue_record"
            ),
        )

    def __str__(self) -> str:
        return f"{self.volunteer} · {self.points}"

    def clean(self) -> None:
        """Refuse a booking that is still to come."""
        super().clean()
        refuse_future(self, "booked_on")
