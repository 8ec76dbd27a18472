"""A case: one person whom a social worker serves. Whose case it is and what it is about is sensitive."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.past import not_before, refuse_future
from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.kit.sealed import SealedField
from governance.people.models import Person
from governance.regions.keys import home
from governance.regions.models import Level
from organizations.models import Organization, SocialWorkPost
from projects.models.fields import Field
from projects.models.project import Project


class ServiceCaseQuerySet(ScopedQuerySet):
    """Cases are homed at the community where the person is served."""

    region_path = "community__path"


@classified(
    internal="id community number field social_worker organization project opened_on closed_on changed_at",
    sensitive="client summary",
)
class ServiceCase(Record):
    """A case from the day it was opened to the day it was closed."""

    community = home("service_cases", Level.COMMUNITY, label=_("村（社区）"))
    number = models.CharField(_("个案编号"), max_length=40)
    client = models.ForeignKey(Person, models.PROTECT, related_name="service_cases", verbose_name=_("服务对象"))
    field = models.CharField(_("服务领域"), max_length=24, choices=Field)
    social_worker = models.ForeignKey(
        SocialWorkPost, models.PROTECT, null=True, blank=True, related_name="service_cases", verbose_name=_("负责社工")
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="service_cases", verbose_name=_("服务机构")
    )
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="service_cases", verbose_name=_("所属项目")
    )
    opened_on = models.DateField(_("立案日期"))
    closed_on = models.DateField(_("结案日期"), null=True, blank=True)
    summary = SealedField(_("个案摘要"), longest=2000)

    objects = ServiceCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("服务个案")
        verbose_name_plural = pgettext_lazy("plural", "服务个案")
        ordering = ("-opened_on", "-pk")
        permissions = (("reveal_servicecase", "Can reveal whose case it is and what it is about"),)
        constraints = (
            models.UniqueConstraint(
                fields=("number",),
                name="service_case_number_once",
                violation_error_code="unique",  # so that it is told at its field
                violation_error_message=_("这个个案编号已被使用。"),
            ),
            models.CheckConstraint(
                name="service_case_closed_after_opening",
                condition=not_before("closed_on", "opened_on"),
                violation_error_message=_("结案日期不能早于立案日期。"),
            ),
        )
        indexes = (
            models.Index(  # what the engine reads
                fields=("community", "client", "opened_on"), include=("field",), name="service_case_covering"
            ),
        )

    def __str__(self) -> str:
        return self.number

    def clean(self) -> None:
        """Refuse days that are still to come."""
        super().clean()
        refuse_future(self, "opened_on", "closed_on")
