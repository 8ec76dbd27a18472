"""What the job list shows."""

import django_tables2
from django.utils.translation import gettext_lazy as _

from governance.desk.models import Job
from governance.kit.tables import StatusColumn, Table, TimeColumn

LOOKS = {
    "pending": ("st-pending", "hourglass"),
    "running": ("st-track", "loader"),
    "done": ("st-met", "circle-check"),
    "failed": ("st-overdue", "alert-octagon"),
}


class JobTable(Table):
    """Columns of the job list."""

    title = django_tables2.Column(linkify=True, attrs={"td": {"class": "w"}})
    status = StatusColumn(LOOKS)
    region = django_tables2.Column(accessor="region__name", verbose_name=_("地区"), attrs={"td": {"class": "sec"}})
    by = django_tables2.Column(attrs={"td": {"class": "sec nw"}})
    created_at = TimeColumn()
    finished_at = TimeColumn()

    class Meta(Table.Meta):
        model = Job
        fields = ("title", "status", "region", "by", "created_at", "finished_at")
        related = ("region", "by")
