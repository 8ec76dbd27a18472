"""What lists of this app show."""

from __future__ import annotations

from typing import Any

import django_tables2
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from governance.attainment.models import AttainmentRun, ReportedFigure
from governance.attainment.states import FIGURE_STATES
from governance.kit.cells import EMPTY
from governance.kit.tables import DateColumn, NumberColumn, StatusColumn, Table, TimeColumn, grouped


class MeasureColumn(django_tables2.Column):
    """The measure in words; programs read its code from the API."""

    def render(self, value: Any, record: ReportedFigure) -> str:
        """Return the words."""
        return record.get_measure_display()

    def value(self, value: Any, record: ReportedFigure) -> str:
        """Return the words for exports."""
        return record.get_measure_display()


class UnitColumn(NumberColumn):
    """A number with the unit of its record behind it; files keep the bare number."""

    def render(self, value: Any, record: ReportedFigure) -> str:  # type: ignore[override]
        """Return `8,642 人`."""
        return format_html('{}<span class="unit">{}</span>', grouped(value), record.unit)


class ReportedFigureTable(Table):
    """Columns of the figures."""

    region = django_tables2.Column(
        accessor="region__name", verbose_name=_("地区"), order_by="region__path", attrs={"td": {"class": "w"}},
        linkify=lambda record: record.get_absolute_url(),
    )  # fmt: skip
    region_code = django_tables2.Column(accessor="region__code", verbose_name=_("区划代码"), order_by="region__path")
    measure = MeasureColumn()
    on = DateColumn()
    value = UnitColumn()
    unit = django_tables2.Column(verbose_name=_("单位"), orderable=False, attrs={"td": {"class": "sec"}})
    out_of = NumberColumn()
    state = StatusColumn(dict(FIGURE_STATES.looks))
    until = DateColumn()

    class Meta(Table.Meta):
        model = ReportedFigure
        fields = (
            "region", "region_code", "measure", "on", "value", "unit", "out_of", "state", "until", "source", "reason",
        )  # fmt: skip
        shown = ("region", "measure", "on", "value", "out_of", "state", "source")
        related = ("region",)


RUN_LOOKS = {
    "pending": ("st-pending", "hourglass"),
    "running": ("st-track", "loader"),
    "checking": ("st-track", "checklist"),
    "done": ("st-met", "circle-check"),
    "failed": ("st-overdue", "alert-octagon"),
}


class DriftColumn(NumberColumn):
    """How many rows differed from what stood, out of the report; a dash where nothing was compared."""

    def render(self, value: Any) -> str:
        """Return the number, in red unless it is none."""
        drift = value.get("drift")
        if drift is None:
            return EMPTY
        return format_html('<span class="bad">{}</span>', grouped(drift)) if drift else grouped(drift)

    def value(self, value: Any) -> Any:
        """Return the number itself for exports."""
        return value.get("drift")


class AttainmentRunTable(Table):
    """Columns of the runs."""

    number = django_tables2.Column(accessor="pk", verbose_name=_("编号"), order_by="pk", linkify=True)
    cause = django_tables2.Column(attrs={"td": {"class": "nw"}})
    status = StatusColumn(RUN_LOOKS)
    created_at = TimeColumn()
    finished_at = TimeColumn()
    chunks_total = NumberColumn()
    rows = NumberColumn()
    drift = DriftColumn(accessor="report", verbose_name=_("与原数值不同的行"), orderable=False)
    by = django_tables2.Column(attrs={"td": {"class": "sec nw"}})
    error = django_tables2.Column(attrs={"td": {"class": "w sec"}})

    class Meta(Table.Meta):
        model = AttainmentRun
        fields = (
            "number", "cause", "status", "created_at", "finished_at", "chunks_total", "rows", "drift", "by", "error",
        )  # fmt: skip
        shown = ("number", "cause", "status", "created_at", "finished_at", "rows", "drift", "error")
        related = ("by",)
