"""Figures that somebody reports instead of counting records."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from governance.kit.measures.sources import Reportable, reportable
from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.regions.models import Region


class ReportedFigureQuerySet(ScopedQuerySet):
    """Figures are homed at the region they speak of."""

    def approved(self) -> ReportedFigureQuerySet:
        """Return the figures that count."""
        return self.filter(state=ReportedFigure.State.APPROVED)


@classified(
    public="id region measure on value out_of until source state reason changed_at", internal="submitted_by approved_by"
)
class ReportedFigure(Record):
    """A measure of a region on a day; once approved it stands until its `until` or the next figure.

    `measure` is a code of `kit.measures.sources.reportable`. A pair (a survey) keeps both numbers in one row: `value`
    of `out_of`.
    """

    class State(models.TextChoices):
        """Only approved figures count."""

        DRAFT = "draft", _("草稿")
        SUBMITTED = "submitted", _("待核准")
        APPROVED = "approved", _("已核准")

    region = models.ForeignKey(Region, models.PROTECT, related_name="reported_figures", verbose_name=_("地区"))
    measure = models.CharField(_("填报项"), max_length=100)
    on = models.DateField(_("时点"))
    value = models.DecimalField(_("数值"), max_digits=18, decimal_places=2)
    out_of = models.PositiveIntegerField(
        _("受访人数"), null=True, blank=True, help_text=_("只有调查要填：收回的有效答卷数；“数值”填其中符合的人数。")
    )
    until = models.DateField(
        _("停用日期"), null=True, blank=True, help_text=_("从这一天起不再采用这个数。已核准的数只能填这一项。")
    )
    source = models.CharField(_("来源"), max_length=200)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    reason = models.CharField(_("退回原因"), max_length=200, blank=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("提交人")
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("核准人")
    )

    objects = ReportedFigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("填报数")
        verbose_name_plural = pgettext_lazy("plural", "填报数")
        ordering = ("region__path", "measure", "-on")
        permissions = (
            ("submit_reportedfigure", "Can submit figures"),
            ("approve_reportedfigure", "Can approve figures"),
        )
        indexes = (
            models.Index(  # what the engine reads
                fields=("region", "measure"),
                include=("on", "until", "value", "out_of"),
                condition=Q(state="approved"),
                name="reported_figure_covering",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("region", "measure", "on"),
                name="reported_figure_once",
                violation_error_message=_("这个地区在这一天已有同一项的填报数。"),
            ),
            models.CheckConstraint(
                name="reported_figure_not_negative",
                condition=Q(value__gte=0),
                violation_error_message=_("数值不能小于 0。"),
            ),
            models.CheckConstraint(
                name="reported_figure_until_after_on",
                condition=Q(until__isnull=True) | Q(until__gt=F("on")),
                violation_error_message=_("停用日期必须晚于时点。"),
            ),
            models.CheckConstraint(
                name="reported_figure_part_of_whole",
                condition=Q(out_of__isnull=True) | Q(out_of__gt=0, value__lte=F("out_of")),
                violation_error_message=_("受访人数必须大于 0，数值不能大于受访人数。"),
            ),
            models.CheckConstraint(
                name="reported_figure_approved_by_another",
                condition=Q(approved_by=None) | Q(submitted_by=None) | ~Q(approved_by=F("submitted_by")),
                violation_error_message=_("提交的人和核准的人不能是同一个人。"),
            ),
            models.CheckConstraint(
                name="reported_figure_state_known", condition=Q(state__in=["draft", "submitted", "approved"])
            ),
        )

    def __str__(self) -> str:
        return f"{self.region} {self.get_measure_display()} {self.on}"

    def get_absolute_url(self) -> str:
        """Return the page of this figure."""
        return reverse("attainment:reported_figure_detail", args=[self.pk])

    @property
    def number(self) -> Reportable | None:
        """What is reported, as it was declared; None for a code that is declared no longer."""
        return reportable().get(self.measure)

    def get_measure_display(self) -> str:
        """Return the measure in words."""
        return str(self.number.name) if self.number else self.measure

    @property
    def unit(self) -> str:
        """The unit of the value in words."""
        return str(self.number.unit) if self.number else ""

    def get_value_unit(self) -> str:
        """Return the unit of the value for its page."""
        return self.unit

    def get_out_of_unit(self) -> str:
        """Return the same for the number that the value is part of."""
        return self.unit

    def clean(self) -> None:
        """Refuse, at its field, what nobody declared, a number it cannot be, and a day on which it cannot be known."""
        super().clean()
        refused = self._wrong_days()
        number = self.number
        if self.measure and number is None:
            refused["measure"] = gettext("没有“%(measure)s”这个填报项。") % {"measure": self.measure}
        if number is not None and number.pair and self.out_of is None:
            refused["out_of"] = gettext("调查要填受访人数。")
        if number is not None and not number.pair and self.out_of is not None:
            refused["out_of"] = gettext("只有调查填受访人数，这个填报项请留空。")
        if number is not None and self.value is not None and self.value != round(self.value, number.places):
            refused["value"] = (
                gettext("这个填报项最多 %(places)s 位小数。") % {"places": number.places}
                if number.places
                else gettext("这个填报项只能填整数。")
            )
        if refused:
            raise ValidationError(refused)

    def _wrong_days(self) -> dict[str, str]:
        if self.on is None:
            return {}  # the form says that it is missing
        refused = {}
        ended = self.region.until if self.region_id is not None else None
        if self.on > timezone.localdate():
            refused["on"] = gettext("时点不能晚于今天。")
        elif ended is not None and self.on >= ended:
            refused["on"] = gettext("这个地区从 %(day)s 起已停用，时点要在这以前。") % {"day": ended}
        if self.until is not None and self.until <= self.on:
            refused["until"] = gettext("停用日期必须晚于时点。")
        return refused
