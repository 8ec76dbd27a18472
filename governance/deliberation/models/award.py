"""Awards: to leaders, projects, families, organisations, workers and volunteers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.past import refuse_future
from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.people.models import Person
from governance.regions.keys import home

_TOP_TEN = ("leader", "brand_project", "service_brand", "neighbour", "family")
_EXCELLENT = ("organization", "social_worker", "volunteer")


class AwardQuerySet(ScopedQuerySet):
    """Awards are homed at the region whose people and bodies are honoured."""


@classified(public="id region kind category awarded_on changed_at", personal="recipient person")
class Award(Record):
    """An award of a day. Organisations are named in words: they are recorded above this app."""

    class Kind(models.TextChoices):
        """Ranks of awards."""

        TOP_TEN = "top_ten", _("“十佳”")
        EXCELLENT = "excellent", _("优秀")

    class Category(models.TextChoices):
        """What is honoured."""

        LEADER = "leader", _("社区治理带头人")
        BRAND_PROJECT = "brand_project", _("品牌项目")
        SERVICE_BRAND = "service_brand", _("服务品牌")
        NEIGHBOUR = "neighbour", _("好邻居")
        FAMILY = "family", _("文明家庭")
        ORGANIZATION = "organization", _("优秀社会组织")
        SOCIAL_WORKER = "social_worker", _("优秀社工")
        VOLUNTEER = "volunteer", _("优秀志愿者")

    region = home("awards")
    kind = models.CharField(_("等次"), max_length=12, choices=Kind)
    category = models.CharField(_("类别"), max_length=16, choices=Category)
    recipient = models.CharField(_("获奖者"), max_length=120, help_text=_("个人填姓名，组织、家庭和项目填名称。"))
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="awards", verbose_name=_("获奖人")
    )
    awarded_on = models.DateField(_("表彰日期"))

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = _("评选表彰")
        verbose_name_plural = pgettext_lazy("plural", "评选表彰")
        ordering = ("-awarded_on", "region__path", "pk")
        constraints = (
            models.CheckConstraint(
                name="award_category_of_kind",
                condition=Q(kind="top_ten", category__in=_TOP_TEN) | Q(kind="excellent", category__in=_EXCELLENT),
                violation_error_message=_(
                    "“十佳”评带头人、品牌项目、服务品牌、好邻居和家庭，“优秀”评组织、社工和志愿者。"
                ),
            ),
            models.UniqueConstraint(
                fields=("region", "kind", "category", "awarded_on", "recipient"),
                name="award_once",
                violation_error_message=_("这项表彰已登记。"),
            ),
        )
        indexes = (
            models.Index(  # what the engine reads
                fields=("region", "awarded_on"), include=("kind",), name="award_covering"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.get_category_display()}"

    def clean(self) -> None:
        """Refuse days that are still to come."""
        super().clean()
        refuse_future(self, "awarded_on")
