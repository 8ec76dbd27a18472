"""Forms of volunteers and of what they do."""

from __future__ import annotations

from typing import Any

from governance.kit.forms import RecordForm
from volunteers.models import (
    Activity,
    PartyReport,
    PointsIssue,
    PointsPartner,
    ServiceRecord,
    SpotCheck,
    Volunteer,
)


class VolunteerForm(RecordForm):
    """A registration."""

    class Meta(RecordForm.Meta):
        model = Volunteer
        fields = ("person", "community", "number", "since", "verified_on", "until")


class ActivityForm(RecordForm):
    """An activity."""

    class Meta(RecordForm.Meta):
        model = Activity
        fields = (
            "title", "community", "organization", "organizer", "project", "place", "starts_on", "ends_on", "capacity",
            "published_on", "cancelled_on",
        )  # fmt: skip


class ServiceRecordForm(RecordForm):
    """A record of service; a new one is not void, and what it corrects stays as it is."""

    class Meta(RecordForm.Meta):
        model = ServiceRecord
        fields = (
            "volunteer", "activity", "community", "service_date", "minutes", "content", "confirmed_on", "corrects",
            "voided",
        )  # fmt: skip

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields.pop("corrects" if self.instance.pk else "voided", None)


class PointsIssueForm(RecordForm):
    """Points for a volunteer; where she is registered follows from the day."""

    class Meta(RecordForm.Meta):
        model = PointsIssue
        fields = ("volunteer", "points", "booked_on", "reason", "service_record", "reverses")


class PointsPartnerForm(RecordForm):
    """A points partner."""

    class Meta(RecordForm.Meta):
        model = PointsPartner
        fields = ("region", "kind", "name", "person", "organization", "since", "until")


class PartyReportForm(RecordForm):
    """A party member reports to a community."""

    class Meta(RecordForm.Meta):
        model = PartyReport
        fields = ("person", "community", "unit_name", "post", "since", "until")


class SpotCheckForm(RecordForm):
    """A spot check."""

    class Meta(RecordForm.Meta):
        model = SpotCheck
        fields = (
            "region", "title", "kind", "period_from", "period_to", "population", "sample", "seed", "failed",
            "concluded_on", "published_on",
        )  # fmt: skip
