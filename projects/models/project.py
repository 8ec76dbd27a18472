"""A service project: where community, organisation, social worker, volunteers and charity resources meet."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from governance.kit.past import not_before, refuse_future
from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.regions.keys import home
from governance.regions.models import Level
from organizations.models import Organization, SocialWorkPost
from projects.models.fields import Field


class ProjectQuerySet(ScopedQuerySet):
    """Projects are homed at the region that runs them, of any level."""


@classified(
    public="id region community number title field organization charity_source planned_start planned_end started_on "
    "completed_on evaluated_on struck_off_on listed_on refreshed_on changed_at",
    internal="social_worker",
)
class Project(Record):
    """A project from its plan to its end; what is listed keeps the project list of its community alive.

    `evaluated_on` is kept by the database: the day from which the project is both completed and evaluated by a third
    party.
    """

    region = home("projects")
    community = home("landed_projects", Level.COMMUNITY, label=_("落地村（社区）"), null=True, blank=True)
    number = models.CharField(_("项目编号"), max_length=40)
    title = models.CharField(_("项目名称"), max_length=120)
    field = models.CharField(_("服务领域"), max_length=24, choices=Field)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="projects", verbose_name=_("承接的社会组织")
    )
    social_worker = models.ForeignKey(
        SocialWorkPost, models.PROTECT, null=True, blank=True, related_name="projects", verbose_name=_("负责社工")
    )
    charity_source = models.CharField(
        _("慈善资源"), max_length=120, blank=True, help_text=_("例如社区基金、慈善组织捐赠。没有就不填。")
    )
    planned_start = models.DateField(_("计划开始日期"))
    planned_end = models.DateField(_("计划结束日期"))
    started_on = models.DateField(_("实际开始日期"), null=True, blank=True)
    completed_on = models.DateField(_("完成日期"), null=True, blank=True)
    evaluated_on = models.DateField(_("完成并评估日期"), null=True, blank=True, editable=False)
    struck_off_on = models.DateField(
        _("撤销日期"), null=True, blank=True, help_text=_("项目中止或登记有误时填，从这一天起不再计入。")
    )
    listed_on = models.DateField(
        _("列入清单日期"), null=True, blank=True, help_text=_("列入村（社区）项目清单的日期，还没有列入就不填。")
    )
    refreshed_on = models.DateField(_("最近更新日期"), null=True, blank=True, help_text=_("核对过仍然有效，也算更新。"))

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("项目")
        verbose_name_plural = pgettext_lazy("plural", "项目")
        ordering = ("-planned_start", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("number",),
                name="project_number_once",
                violation_error_code="unique",  # so that it is told at its field
                violation_error_message=_("这个项目编号已被使用。"),
            ),
            models.CheckConstraint(
                name="project_plan_in_order",
                condition=Q(planned_end__gte=F("planned_start")),
                violation_error_message=_("计划结束日期不能早于计划开始日期。"),
            ),
            models.CheckConstraint(
                name="project_completed_after_start",
                condition=not_before("completed_on", "started_on"),
                violation_error_message=_("完成日期不能早于实际开始日期。"),
            ),
            models.CheckConstraint(
                name="project_struck_off_after_completion",
                condition=Q(struck_off_on__isnull=True)
                | Q(completed_on__isnull=True)
                | Q(struck_off_on__gt=F("completed_on")),
                violation_error_message=_("撤销日期必须晚于完成日期。"),
            ),
            models.CheckConstraint(
                name="project_community_listed",
                condition=Q(listed_on__isnull=True) | Q(community__isnull=False),
                violation_error_message=_("列入清单的项目必须填落地村（社区）。"),
            ),
            models.CheckConstraint(
                name="project_refreshed_after_listed",
                condition=not_before("refreshed_on", "listed_on"),
                violation_error_message=_("最近更新日期不能早于列入清单日期。"),
            ),
        )
        indexes = (
            models.Index(  # what the engine reads
                fields=("region", "completed_on"), include=("struck_off_on", "evaluated_on"), name="project_covering"
            ),
            models.Index(fields=("region", "-planned_start"), name="project_region_planned"),  # the list
        )

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse days that are still to come, and a community outside the region that runs the project."""
        super().clean()
        refuse_future(self, "started_on", "completed_on", "struck_off_on", "listed_on", "refreshed_on")
        if self.community_id and self.region_id and not self.community.path.startswith(self.region.path):
            raise ValidationError({"community": gettext("落地村（社区）必须在项目所在地区之内。")})
