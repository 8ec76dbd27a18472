"""Posts of social workers, with their employers."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.kit.spans import AliveQuerySet, Span, ends_after_start
from governance.regions.keys import home
from organizations.models.organization import Organization


class SocialWorkPostQuerySet(AliveQuerySet, ScopedQuerySet):
    """Posts are homed where the work is done."""


@classified(
    public="id changed_at",
    internal="region organization employer title professional full_time main since until",
    personal="person",
)
class SocialWorkPost(Record):
    """A person does social work at a place for an employer; of several posts at a time one is the main one."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, db_index=False, related_name="social_work_posts", verbose_name=_("人员")
    )
    region = home("social_work_posts", label=_("岗位所在地"), db_index=False)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="social_work_posts",
        verbose_name=_("用人单位"), help_text=_("用人单位是社会组织时填这里，否则填“其他用人单位”。"),
    )  # fmt: skip
    employer = models.CharField(_("其他用人单位"), max_length=120, blank=True)
    title = models.CharField(_("岗位名称"), max_length=60, blank=True)
    professional = models.BooleanField(_("社会工作专业人才"), default=True)
    full_time = models.BooleanField(_("全职"), default=True)
    main = models.BooleanField(_("主要岗位"), default=True, help_text=_("一人有几个岗位的，只有一个是主要岗位。"))
    since = models.DateField(_("任职日期"))
    until = models.DateField(_("离任日期"), null=True, blank=True)

    objects = SocialWorkPostQuerySet.as_manager()

    class Meta:
        verbose_name = _("社工岗位")
        verbose_name_plural = pgettext_lazy("plural", "社工岗位")
        ordering = ("region__path", "-since", "pk")
        constraints = (
            ends_after_start("social_work_post_ends_after_start"),
            ExclusionConstraint(
                name="social_work_post_main_once",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (Span(F("since"), F("until")), RangeOperators.OVERLAPS),
                ],
                condition=Q(main=True),
                violation_error_message=_("同一时间只能有一个主要岗位。"),
            ),
            models.CheckConstraint(
                name="social_work_post_employer",
                condition=(Q(organization__isnull=False) & Q(employer=""))
                | (Q(organization__isnull=True) & ~Q(employer="")),
                violation_error_message=_("用人单位和其他用人单位必须填一个，也只能填一个。"),
            ),
        )
        indexes = (
            models.Index(fields=("person", "since"), name="social_work_post_history"),
            models.Index(  # what the engine reads
                fields=("region", "since"),
                include=("until", "person", "main", "professional", "full_time"),
                name="social_work_post_covering",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} · {self.title}" if self.title else str(self.person)
