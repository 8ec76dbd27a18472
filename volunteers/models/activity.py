"""An activity that volunteers can join."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.past import not_before, refuse_future
from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.regions.keys import home
from governance.regions.models import Level
from organizations.models import Organization
from projects.models import Project


class ActivityQuerySet(ScopedQuerySet):
    """Activities are homed at the community where they take place."""

    region_path = "community__path"


@classified(
    public="id community title organization project organizer place starts_on ends_on capacity published_on"
    " cancelled_on changed_at"
)
class Activity(Record):
    """A volunteer activity: planned, published on a day, or called off."""

    community = home("activities", Level.COMMUNITY, label=_("所在社区"), db_index=False)
    title = models.CharField(_("活动名称"), max_length=120)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="activities", verbose_name=_("承办组织")
    )
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="activities", verbose_name=_("所属项目")
    )
    organizer = models.CharField(
        _("其他承办方"), max_length=120, blank=True, help_text=_("承办方不是已登记的社会组织时填写。")
    )
    place = models.CharField(_("活动地点"), max_length=120, blank=True)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"), null=True, blank=True, help_text=_("当天结束可以不填。"))
    capacity = models.PositiveIntegerField(
        _("招募人数"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("不限人数就不填，不要填 0。"),
    )
    published_on = models.DateField(
        _("发布日期"), null=True, blank=True, help_text=_("还没有发布就不填。发布后计入活动数。")
    )
    cancelled_on = models.DateField(_("取消日期"), null=True, blank=True, help_text=_("取消的活动不计入活动数。"))

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("志愿服务活动")
        verbose_name_plural = pgettext_lazy("plural", "志愿服务活动")
        ordering = ("-starts_on", "-pk")
        constraints = (
            models.CheckConstraint(
                name="activity_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("结束日期不能早于开始日期。"),
            ),
            models.CheckConstraint(
                name="activity_cancelled_after_published",
                condition=not_before("cancelled_on", "published_on"),
                violation_error_message=_("取消日期不能早于发布日期。"),
            ),
            models.CheckConstraint(
                name="activity_capacity_positive",
                condition=Q(capacity__isnull=True) | Q(capacity__gt=0),
                violation_error_message=_("招募人数必须大于 0。"),
            ),
        )
        indexes = (
            models.Index(  # what the engine reads
                fields=("community", "published_on"), include=("cancelled_on",), name="activity_covering"
            ),
            models.Index(fields=("-starts_on", "-id"), name="activity_list"),
        )

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse days that are still to come."""
        super().clean()
        refuse_future(self, "published_on", "cancelled_on")
