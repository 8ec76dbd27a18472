"""A place of service: a station, a room, a centre, an incubator."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.privacy import classified
from governance.kit.spanned import SpannedRecord
from governance.kit.spans import ends_after_start, no_overlap
from governance.regions.keys import home


@classified(public="id region kind name address floor_area capacity since until changed_at")
class Facility(SpannedRecord):
    """A facility of one kind, from the day it opened to the day it closed."""

    class Kind(models.TextChoices):
        """Kinds that the policies name."""

        SOCIAL_WORK_CENTRE = "social_work_centre", _("社会工作服务中心")
        SOCIAL_WORK_STATION = "social_work_station", _("社会工作站")
        SOCIAL_WORK_ROOM = "social_work_room", _("社会工作服务室")
        VOLUNTEER_STATION = "volunteer_station", _("志愿服务站（点）")
        INCUBATOR = "incubator", _("孵化基地")
        TRAINING_BASE = "training_base", _("培训基地")
        STREET_SERVICE_CENTRE = "street_service_centre", _("街道综合服务中心")
        CULTURE_CENTRE = "culture_centre", _("文体活动中心")
        FITNESS_FACILITY = "fitness_facility", _("健身设施")
        ORG_SERVICE_PLATFORM = "org_service_platform", _("社会组织服务平台")

    region = home("facilities")
    kind = models.CharField(_("类型"), max_length=24, choices=Kind)
    name = models.CharField(_("名称"), max_length=100)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    floor_area = models.DecimalField(
        _("面积（平方米）"), max_digits=10, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    capacity = models.PositiveIntegerField(
        _("可容纳"), null=True, blank=True, help_text=_("孵化基地填可入驻组织数，其他填座席数。")
    )

    class Meta:
        verbose_name = _("设施")
        verbose_name_plural = pgettext_lazy("plural", "设施")
        ordering = ("region__path", "kind", "name", "pk")
        constraints = (
            ends_after_start("facility_ends_after_start"),
            models.CheckConstraint(
                name="facility_floor_area_not_negative",
                condition=Q(floor_area__isnull=True) | Q(floor_area__gte=0),
                violation_error_message=_("面积不能小于 0。"),
            ),
            no_overlap(
                "facility_name_once", "region", "kind", "name", message=_("这个地区在同一时间已有同类同名的设施。")
            ),
        )
        indexes = (
            models.Index(fields=("kind", "region"), name="facility_kind_region"),  # a kind's list and cards
            models.Index(  # what the engine reads
                fields=("region", "since"),
                include=("until", "kind", "floor_area", "capacity"),
                name="facility_covering",
            ),
        )

    def __str__(self) -> str:
        return self.name
