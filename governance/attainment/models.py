"""Figures that somebody reports instead of counting records."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.regions.models import Region


class ReportedFigureQuerySet(ScopedQuerySet):
    """Figures are homed at the region they speak of."""


@classified(public="id region measure on value until source changed_at")
class ReportedFigure(Record):
    """A measure of a region on a day; it stands until its `until` or the next figure (ENGINE: reported figures)."""

    class Measure(models.TextChoices):
        """What is reported, in persons."""

        RESIDENT_POPULATION = "resident_population", _("常住人口")
        URBAN_RESIDENT_POPULATION = "urban_resident_population", _("城镇常住人口")
        HUKOU_POPULATION = "hukou_population", _("户籍人口")

    region = models.ForeignKey(Region, models.PROTECT, related_name="reported_figures", verbose_name=_("地区"))
    measure = models.CharField(_("指标"), max_length=30, choices=Measure)
    on = models.DateField(_("时点"))
    value = models.DecimalField(_("数值"), max_digits=18, decimal_places=2)
    until = models.DateField(_("停用日期"), null=True, blank=True)
    source = models.CharField(_("来源"), max_length=200)

    objects = ReportedFigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("填报数")
        verbose_name_plural = pgettext_lazy("plural", "填报数")
        ordering = ("region__path", "measure", "-on")
        constraints = (
            models.UniqueConstraint(
                fields=("region", "measure", "on"),
                name="reported_figure_once",
                violation_error_message=_("这个地区在这一天已有同一指标的填报数。"),
            ),
            models.CheckConstraint(
                name="reported_figure_not_negative",
                condition=models.Q(value__gte=0),
                violation_error_message=_("数值不能小于 0。"),
            ),
            models.CheckConstraint(
                name="reported_figure_until_after_on",
                condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("on")),
                violation_error_message=_("停用日期必须晚于时点。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.region} {self.get_measure_display()} {self.on}"

    def get_absolute_url(self) -> str:
        """Return the page of this figure."""
        return reverse("attainment:reported_figure_detail", args=[self.pk])
