"""Forms of volunteers and of what they do."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.kit.choices import scope_choices
from governance.kit.errors import DomainError
from governance.kit.forms import RecordForm, read_seen
from governance.kit.scoping import permission
from governance.regions.fields import RegionField
from volunteers.actions import move_home
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
        fixed = self.fields["corrects" if self.instance.pk else "voided"]
        fixed.disabled = True
        if not self.instance.pk:
            fixed.widget = forms.HiddenInput()

    def _get_validation_exclusions(self) -> set[str]:
        """Leave to the action whether there is a record already: a correction voids it first."""
        found: set[str] = super()._get_validation_exclusions()
        return found if self.instance.pk else found | {"voided"}


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


class MoveForm(forms.Form):
    """Where a volunteer moves, and when."""

    community = RegionField(label=_("迁往社区"))
    on = forms.DateField(
        label=_("迁移日期"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        initial=timezone.localdate,
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, user: Any, volunteer: Volunteer, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.user, self.volunteer = user, volunteer
        self.fields["seen"].initial = volunteer.changed_at.isoformat()
        scope_choices(self.fields, user, user.scope_for(permission(Volunteer, "add")), home="community")
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_seen(self) -> datetime:
        """Return the time of the last change that the person saw."""
        return read_seen(self.cleaned_data["seen"])

    def run(self) -> Volunteer | None:
        """Move the volunteer; put a refusal at its field and return nothing."""
        try:
            return move_home(self.volunteer, by=self.user, **self.cleaned_data)
        except DomainError as refusal:
            self.add_error(refusal.field if refusal.field in self.fields else None, refusal.reason)
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))
        except PermissionDenied as refusal:
            self.add_error(None, str(refusal))
        return None
