"""What a place is named: a demonstration site, a brand, a pilot."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.past import refuse_future
from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.kit.spans import Span, refuse_backwards
from governance.regions.keys import home


class DesignationQuerySet(ScopedQuerySet):
    """Designations are homed at the place that is named."""


@classified(public="id region kind tier name named_by named_on until document_no changed_at")
class Designation(Record):
    """A name that a place bears from the day it was given to the day it was taken away."""

    class Kind(models.TextChoices):
        """Kinds that the policies ask for."""

        FIVE_SOCIETY_DEMO = "five_society_demo", _("“五社联动”示范点")
        SELF_GOVERNANCE_BRAND = "self_governance_brand", _("自治品牌")
        DEMOCRATIC_SUPERVISION = "democratic_supervision", _("民主监督示范社区")
        SERVICE_BRAND = "service_brand", _("社区服务品牌")
        SOCIAL_WORK_POST_PILOT = "social_work_post_pilot", _("社工岗位试点")

    class Tier(models.TextChoices):
        """Who names demonstration sites."""

        MUNICIPAL = "municipal", _("市级")
        DISTRICT = "district", _("区县级")

    region = home("designations")
    kind = models.CharField(_("类型"), max_length=24, choices=Kind)
    tier = models.CharField(_("级别"), max_length=12, choices=Tier, blank=True, help_text=_("示范点必须填级别。"))
    name = models.CharField(_("名称"), max_length=120)
    named_by = models.CharField(_("命名单位"), max_length=120)
    named_on = models.DateField(_("命名日期"))
    until = models.DateField(_("撤销日期"), null=True, blank=True)
    document_no = models.CharField(_("文号"), max_length=60, blank=True)

    objects = DesignationQuerySet.as_manager()

    class Meta:
        verbose_name = _("示范点与品牌")
        verbose_name_plural = pgettext_lazy("plural", "示范点与品牌")
        ordering = ("-named_on", "region__path", "pk")
        constraints = (
            models.CheckConstraint(
                name="designation_ends_after_start",
                condition=Q(until__isnull=True) | Q(until__gt=F("named_on")),
                violation_error_message=_("撤销日期必须晚于命名日期。"),
            ),
            models.CheckConstraint(
                name="designation_tier_of_demo",
                condition=Q(kind="five_society_demo", tier__in=("municipal", "district"))
                | (~Q(kind="five_society_demo") & Q(tier="")),
                violation_error_message=_("示范点必须填级别，其他类型不填级别。"),
            ),
            ExclusionConstraint(
                name="designation_once",
                expressions=[
                    ("region", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("tier", RangeOperators.EQUAL),
                    ("name", RangeOperators.EQUAL),
                    (Span(F("named_on"), F("until")), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("这个地区在同一时间已有同类同名的命名。"),
            ),
        )
        indexes = (
            models.Index(fields=("kind", "region"), name="designation_kind_region"),  # a kind's list and cards
            models.Index(  # what the engine reads
                fields=("region", "named_on"), include=("until", "kind", "tier"), name="designation_covering"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse days that are still to come, and an end before the start."""
        super().clean()
        refuse_backwards(self, since="named_on")
        refuse_future(self, "named_on")
