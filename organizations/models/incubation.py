"""An organisation that is brought up: in an incubator, outside, or online."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.past import refuse_future
from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.regions.keys import home
from governance.regions.models import Facility
from organizations.models.organization import Organization


@classified(public="id organization region tier mode admitted_on graduated_on exited_on facility changed_at")
class Incubation(Record):
    """An organisation admitted to be brought up in one of three tiers; a rise to the next tier is another row."""

    class Tier(models.TextChoices):
        """Tiers that the policies count by."""

        DISTRICT = "district", _("区级综合服务类")
        STREET_HUB = "street_hub", _("街镇枢纽型")
        FUNCTIONAL = "functional", _("功能型")

    class Mode(models.TextChoices):
        """Where it takes place."""

        IN_HOUSE = "in_house", _("站内孵化")
        OUTREACH = "outreach", _("站外指导")
        ONLINE = "online", _("线上孵化")

    organization = models.ForeignKey(
        Organization, models.PROTECT, db_index=False, related_name="incubations", verbose_name=_("社会组织")
    )
    region = home("incubations", label=_("培育地区"))
    tier = models.CharField(_("培育类型"), max_length=12, choices=Tier)
    mode = models.CharField(_("培育方式"), max_length=12, choices=Mode)
    admitted_on = models.DateField(_("入驻日期"))
    graduated_on = models.DateField(_("出壳日期"), null=True, blank=True)
    exited_on = models.DateField(_("退出日期"), null=True, blank=True)
    facility = models.ForeignKey(
        Facility, models.PROTECT, null=True, blank=True, related_name="incubations", verbose_name=_("孵化基地")
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("孵化培育")
        verbose_name_plural = pgettext_lazy("plural", "孵化培育")
        ordering = ("region__path", "-admitted_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "tier", "admitted_on"),
                name="incubation_once",
                violation_error_message=_("这个组织同一天已登记过同类培育。"),
            ),
            models.CheckConstraint(
                name="incubation_graduates_after_admission",
                condition=Q(graduated_on__isnull=True) | Q(graduated_on__gte=F("admitted_on")),
                violation_error_message=_("出壳日期不能早于入驻日期。"),
            ),
            models.CheckConstraint(
                name="incubation_exits_after_admission",
                condition=Q(exited_on__isnull=True) | Q(exited_on__gte=F("admitted_on")),
                violation_error_message=_("退出日期不能早于入驻日期。"),
            ),
        )
        indexes = (
            models.Index(  # what the engine reads
                fields=("region", "admitted_on"), include=("tier",), name="incubation_covering"
            ),
        )

    def __str__(self) -> str:
        return f"{self.organization} · {self.get_tier_display()}"

    def clean(self) -> None:
        """Refuse days that are still to come."""
        super().clean()
        refuse_future(self, "admitted_on", "graduated_on", "exited_on")
