"""What lists of this app show."""

from __future__ import annotations

from typing import Any

import django_tables2
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from governance.attainment.models import ReportedFigure
from governance.attainment.states import FIGURE_STATES
from governance.kit.tables import DateColumn, NumberColumn, StatusColumn, Table, grouped


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
