"""Forms of this app."""

from django.utils.translation import gettext_lazy as _

from governance.deliberation.models import (
    Award,
    Consultation,
    ConsultationParticipant,
    Designation,
    Dispute,
    EmergencyPlan,
    Expert,
    UnitAssessment,
    WhistleCall,
    WorkTask,
)
from governance.kit.forms import RecordForm


class ConsultationForm(RecordForm):
    """A consultation."""

    class Meta(RecordForm.Meta):
        model = Consultation
        fields = ("community", "title", "kind", "vital", "planned_on", "held_on", "result")


class ParticipantForm(RecordForm):
    """A participant."""

    class Meta(RecordForm.Meta):
        model = ConsultationParticipant
        fields = ("consultation", "role", "person", "name", "unit")
        help_texts = {"name": _("不建档案的参加人，在这里填姓名即可。")}  # noqa: RUF012


class DisputeForm(RecordForm):
    """A dispute."""

    class Meta(RecordForm.Meta):
        model = Dispute
        fields = (
            "community", "number", "kind", "channel", "parties", "summary", "mediator", "accepted_on", "closed_on",
            "closed_level", "outcome",
        )  # fmt: skip


class WhistleCallForm(RecordForm):
    """A call."""

    class Meta(RecordForm.Meta):
        model = WhistleCall
        fields = (
            "region", "number", "kind", "matter", "lead", "assisting", "issued_on", "due_on", "answered_on",
            "withdrawn_on", "rating",
        )  # fmt: skip


class WorkTaskForm(RecordForm):
    """A task."""

    class Meta(RecordForm.Meta):
        model = WorkTask
        fields = (
            "region", "category", "subcategory", "title", "lead", "assisting", "measure", "assigned_on", "deadline",
            "done_on", "cancelled_on",
        )  # fmt: skip


class DesignationForm(RecordForm):
    """A name that a place bears."""

    class Meta(RecordForm.Meta):
        model = Designation
        fields = ("region", "kind", "tier", "name", "named_by", "named_on", "until", "document_no")


class AwardForm(RecordForm):
    """An award."""

    class Meta(RecordForm.Meta):
        model = Award
        fields = ("region", "kind", "category", "recipient", "person", "awarded_on")


class ExpertForm(RecordForm):
    """An expert."""

    class Meta(RecordForm.Meta):
        model = Expert
        fields = ("person", "region", "field", "title", "unit", "since", "until")


class EmergencyPlanForm(RecordForm):
    """A plan."""

    class Meta(RecordForm.Meta):
        model = EmergencyPlan
        fields = ("community", "title", "adopted_on", "tested_on", "until")


class UnitAssessmentForm(RecordForm):
    """An assessment."""

    class Meta(RecordForm.Meta):
        model = UnitAssessment
        fields = ("region", "unit", "year", "score", "grade", "assessed_on")
