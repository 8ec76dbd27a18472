"""What the job list shows."""

import django_tables2
from django.utils.translation import gettext_lazy as _

from governance.desk.models import AcceptedFinding, ExportRequest, ImportBatch, Job
from governance.kit.columns import ListTable
from governance.kit.tables import NumberColumn, StatusColumn, Table, TimeColumn

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


IMPORT_LOOKS = {
    "uploaded": ("st-pending", "hourglass"),
    "checking": ("st-track", "loader"),
    "checked": ("st-behind", "clipboard-check"),
    "confirming": ("st-track", "loader"),
    "done": ("st-met", "circle-check"),
    "failed": ("st-overdue", "alert-octagon"),
    "dropped": ("st-none", "circle-x"),
}


class ImportBatchTable(Table):
    """Columns of the list of imports."""

    name = django_tables2.Column(linkify=True, attrs={"td": {"class": "w"}})
    noun = django_tables2.Column(attrs={"td": {"class": "sec nw"}})
    state = StatusColumn(IMPORT_LOOKS)
    added = NumberColumn()
    changed = NumberColumn()
    same = NumberColumn()
    refused = NumberColumn()
    region = django_tables2.Column(accessor="region__name", verbose_name=_("地区"), attrs={"td": {"class": "sec"}})
    by = django_tables2.Column(attrs={"td": {"class": "sec nw"}})
    changed_at = TimeColumn()

    class Meta(Table.Meta):
        model = ImportBatch
        fields = ("name", "noun", "state", "added", "changed", "same", "refused", "region", "by", "changed_at")
        related = ("region", "by")


class ExportRequestTable(ListTable):
    """Columns of the list of full exports."""

    class Meta(ListTable.Meta):
        model = ExportRequest
        fields = (
            "noun", "state", "purpose", "expected", "rows", "by", "region", "requested_at", "decided_by", "expires_at",
        )  # fmt: skip


class AcceptedFindingTable(Table):
    """Columns of the accepted findings."""

    label = django_tables2.Column(
        verbose_name=_("检查"), order_by="check_name", linkify=True, attrs={"td": {"class": "w"}}
    )
    key = django_tables2.Column(attrs={"td": {"class": "sec nw"}})
    reason = django_tables2.Column(attrs={"td": {"class": "w"}})
    region = django_tables2.Column(accessor="region__name", verbose_name=_("地区"), attrs={"td": {"class": "sec"}})
    by = django_tables2.Column(attrs={"td": {"class": "sec nw"}})
    accepted_at = TimeColumn()

    class Meta(Table.Meta):
        model = AcceptedFinding
        fields = ("label", "key", "reason", "region", "by", "accepted_at")
        related = ("region", "by")
