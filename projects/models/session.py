"""A session: one occasion on which a project, or the community itself, served people."""

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
from organizations.models import SocialWorkPost
from projects.models.fields import CivilAffairsField, Field
from projects.models.project import Project


class ProjectSessionQuerySet(ScopedQuerySet):
    """Sessions are homed at the community where they were held."""

    region_path = "community__path"


@classified(
    public="id project community title held_on field civil_affairs_field person_times with_social_worker changed_at",
    internal="social_worker",
)
class ProjectSession(Record):
    """A session; one without a project is the community's own."""

    project = models.ForeignKey(
        Project,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("项目"),
        help_text=_("村（社区）自行开展的活动不填。"),
    )
    community = home("project_sessions", Level.COMMUNITY, label=_("开展活动的村（社区）"))
    title = models.CharField(_("活动名称"), max_length=120)
    held_on = models.DateField(_("开展日期"))
    field = models.CharField(_("服务领域"), max_length=24, choices=Field, blank=True)
    civil_affairs_field = models.CharField(_("民政业务领域"), max_length=24, choices=CivilAffairsField, blank=True)
    person_times = models.PositiveIntegerField(_("服务人次"))
    with_social_worker = models.BooleanField(_("有社会工作者参与"), default=False)
    social_worker = models.ForeignKey(
        SocialWorkPost,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="project_sessions",
        verbose_name=_("参与的社工"),
    )

    objects = ProjectSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("项目活动")
        verbose_name_plural = pgettext_lazy("plural", "项目活动")
        ordering = ("-held_on", "-pk")
        constraints = (
            models.CheckConstraint(
                name="project_session_social_worker_took_part",
                condition=Q(social_worker__isnull=True) | Q(with_social_worker=True),
                violation_error_message=_("填了参与的社工，就必须勾选“有社会工作者参与”。"),
            ),
            models.CheckConstraint(
                name="project_session_has_field",
                condition=~Q(field="") | ~Q(civil_affairs_field=""),
                violation_error_message=_("服务领域和民政业务领域至少填一个。"),
            ),
        )
        indexes = (
            models.Index(  # what the engine reads
                fields=("community", "held_on"),
                include=("person_times", "field", "civil_affairs_field", "with_social_worker"),
                name="project_session_covering",
            ),
            models.Index(fields=("project", "-held_on"), name="project_session_of_project"),
        )

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse a day that is still to come."""
        super().clean()
        refuse_future(self, "held_on")
