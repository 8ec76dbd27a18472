"""What lists of volunteers show. Those of millions are sorted as their index is, and in no other way."""

from __future__ import annotations

from typing import Any, ClassVar

import django_tables2

from governance.kit.columns import ListTable, own_page
from volunteers.models import (
    Activity,
    PartyReport,
    PointsIssue,
    PointsPartner,
    RecordStart,
    ServiceRecord,
    SpotCheck,
    Volunteer,
)


class MaskedColumn(django_tables2.Column):
    """A person or a volunteer, by the masked name, with the page of the row's own record behind it."""

    attrs: ClassVar[dict[str, Any]] = {"td": {"class": "w"}}

    def __init__(self, **options: Any) -> None:
        super().__init__(linkify=own_page, **options)

    def value(self, value: Any) -> str:
        """Return the masked name for exports."""
        return str(value)


class VolunteerTable(ListTable):
    """Columns of the list of volunteers."""

    person = MaskedColumn()

    class Meta(ListTable.Meta):
        model = Volunteer
        fields = ("person", "number", "community", "since", "verified_on", "until")
        related = ("person",)
        orderable = False


class ActivityTable(ListTable):
    """Columns of the list of activities."""

    class Meta(ListTable.Meta):
        model = Activity
        fields = (
            "title", "community", "starts_on", "ends_on", "organization", "organizer", "project", "place", "capacity",
            "published_on", "cancelled_on",
        )  # fmt: skip
        shown = ("title", "community", "starts_on", "organization", "organizer", "published_on", "cancelled_on")


class ServiceRecordTable(ListTable):
    """Columns of the list of service records."""

    volunteer = MaskedColumn()

    class Meta(ListTable.Meta):
        model = ServiceRecord
        fields = (
            "volunteer", "service_date", "minutes", "activity", "community", "content", "confirmed_on", "voided",
        )  # fmt: skip
        shown = ("volunteer", "service_date", "minutes", "activity", "community", "confirmed_on", "voided")
        related = ("volunteer__person",)
        orderable = False


class RecordStartTable(ListTable):
    """Columns of the list of communities with records."""

    class Meta(ListTable.Meta):
        model = RecordStart
        fields = ("community", "since")


class PointsIssueTable(ListTable):
    """Columns of the list of points."""

    volunteer = MaskedColumn()

    class Meta(ListTable.Meta):
        model = PointsIssue
        fields = ("volunteer", "points", "reason", "booked_on", "community")
        related = ("volunteer__person",)
        orderable = False


class PointsPartnerTable(ListTable):
    """Columns of the list of points partners."""

    class Meta(ListTable.Meta):
        model = PointsPartner
        fields = ("name", "kind", "region", "organization", "since", "until")
        personal = True  # by this name partners are announced


class PartyReportTable(ListTable):
    """Columns of the list of party members who reported; who they are stands in no file."""

    person = MaskedColumn(exclude_from_export=True, orderable=False)

    class Meta(ListTable.Meta):
        model = PartyReport
        fields = ("person", "community", "unit_name", "post", "since", "until")
        related = ("person",)


class SpotCheckTable(ListTable):
    """Columns of the list of spot checks."""

    class Meta(ListTable.Meta):
        model = SpotCheck
        fields = (
            "title", "kind", "region", "period_from", "period_to", "population", "sample", "failed", "concluded_on",
            "published_on",
        )  # fmt: skip
        shown = ("title", "kind", "region", "population", "sample", "failed", "concluded_on", "published_on")
