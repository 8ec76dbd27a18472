"""What lists of this app show."""

import django_tables2
from django.utils.translation import gettext_lazy as _

from governance.attainment.models import ReportedFigure
from governance.kit.tables import DateColumn, NumberColumn, Table


class ReportedFigureTable(Table):
    """Columns of the figures."""

    region = django_tables2.Column(
        accessor="region__name", verbose_name=_("地区"), order_by="region__path", attrs={"td": {"class": "w"}},
        linkify=lambda record: record.get_absolute_url(),
    )  # fmt: skip
    region_code = django_tables2.Column(accessor="region__code", verbose_name=_("区划代码"), order_by="region__path")
    on = DateColumn()
    value = NumberColumn()
    until = DateColumn()

    class Meta(Table.Meta):
        model = ReportedFigure
        fields = ("region", "region_code", "measure", "on", "value", "until", "source")
        shown = ("region", "measure", "on", "value", "source")
        related = ("region",)
