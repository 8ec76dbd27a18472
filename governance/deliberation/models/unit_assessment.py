"""Yearly assessments of units that take part in community governance."""

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


@classified(public="id region unit year assessed_on changed_at", internal="score grade")
class UnitAssessment(Record):
    """How a department, a unit or a committee was assessed for a year (昆明 2021, 考核激励)."""

    region = home("unit_assessments")
    unit = models.CharField(_("被考核单位"), max_length=120)
    year = models.SmallIntegerField(_("年度"))
    score = models.DecimalField(_("得分"), max_digits=5, decimal_places=2, null=True, blank=True)
    grade = models.CharField(_("等次"), max_length=20, blank=True)
    assessed_on = models.DateField(_("考核日期"))

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("考核")
        verbose_name_plural = pgettext_lazy("plural", "考核")
        ordering = ("-year", "region__path", "unit", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("region", "unit", "year"),
                name="unit_assessment_once",
                violation_error_message=_("这个单位这一年度的考核已登记。"),
            ),
            models.CheckConstraint(
                name="unit_assessment_score_in_range",
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=100),
                violation_error_message=_("得分应在 0 到 100 之间。"),
            ),
            models.CheckConstraint(
                name="unit_assessment_year_in_range",
                condition=Q(year__gte=2000, year__lte=2100),
                violation_error_message=_("年度应在 2000 到 2100 之间。"),
            ),
        )
        indexes = (models.Index(fields=("region", "assessed_on"), name="unit_assessment_covering"),)  # the engine's

    def __str__(self) -> str:
        return f"{self.unit} · {self.year}"

    def clean(self) -> None:
        """Refuse an assessment on a day to come."""
        super().clean()
        refuse_future(self, "assessed_on")
