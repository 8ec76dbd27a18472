"""What lists of this app show."""

from __future__ import annotations

from typing import Any

import django_tables2
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from governance.attainment.models import AttainmentRun, ConfirmedMonth, ImprovementPlan, PlanFollowUp, ReportedFigure
from governance.attainment.states import FIGURE_STATES
from governance.kit.cells import EMPTY
from governance.kit.columns import ListTable
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


class MonthColumn(DateColumn):
    """A month by its year and number; files hold its first day."""

    def render(self, value: Any) -> str:
        """Return `2025-12`."""
        return value.isoformat()[:7]  # type: ignore[no-any-return]


class ConfirmedMonthTable(ListTable):
    """Columns of the confirmations."""

    month = MonthColumn(verbose_name=_("月份"))

    class Meta(ListTable.Meta):
        model = ConfirmedMonth
        fields = ("region", "month", "state", "confirmed_by", "confirmed_at", "note", "reason")


class DueColumn(DateColumn):
    """The due date of a plan, in red where it is over and the plan still open."""

    def render(self, value: Any, record: ImprovementPlan) -> str:  # type: ignore[override]
        """Return the day."""
        return format_html('<span class="bad">{}</span>', value) if record.overdue else str(value)

    def value(self, value: Any) -> Any:
        """Return the day itself for exports."""
        return value


class ImprovementPlanTable(ListTable):
    """Columns of the plans."""

    due_on = DueColumn()

    class Meta(ListTable.Meta):
        model = ImprovementPlan
        fields = (
            "indicator", "region", "state", "due_on", "responsible", "cause", "explanation", "measures", "made_on", "done_on",
            "conclusion",
        )  # fmt: skip
        shown = ("indicator", "region", "state", "due_on", "responsible", "cause", "made_on")


class PlanFollowUpTable(ListTable):
    """Columns of what was written about plans."""

    class Meta(ListTable.Meta):
        model = PlanFollowUp
        fields = ("on", "plan", "note", "author")
        related = ("plan__indicator",)
