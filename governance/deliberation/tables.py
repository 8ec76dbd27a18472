"""What the lists of this app show."""

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
from governance.kit.columns import ListTable


class ConsultationTable(ListTable):
    """Columns of the list of consultations."""

    class Meta(ListTable.Meta):
        model = Consultation
        fields = ("title", "kind", "community", "planned_on", "held_on", "four_parties", "vital", "result")


class ParticipantTable(ListTable):
    """Columns of the list of participants."""

    class Meta(ListTable.Meta):
        model = ConsultationParticipant
        fields = ("role", "person", "name", "unit", "consultation")


class DisputeTable(ListTable):
    """Columns of the list of disputes; what they are about is not among them."""

    class Meta(ListTable.Meta):
        model = Dispute
        fields = (
            "number", "kind", "channel", "community", "mediator", "accepted_on", "closed_on", "closed_level", "outcome",
        )  # fmt: skip


class WhistleCallTable(ListTable):
    """Columns of the list of calls."""

    class Meta(ListTable.Meta):
        model = WhistleCall
        fields = (
            "number", "kind", "region", "lead", "assisting", "issued_on", "due_on", "answered_on", "withdrawn_on",
            "rating",
        )  # fmt: skip


class WorkTaskTable(ListTable):
    """Columns of the list of tasks."""

    class Meta(ListTable.Meta):
        model = WorkTask
        fields = (
            "title", "category", "subcategory", "region", "lead", "assisting", "assigned_on", "deadline", "done_on",
            "cancelled_on",
        )  # fmt: skip


class DesignationTable(ListTable):
    """Columns of the list of names that places bear."""

    class Meta(ListTable.Meta):
        model = Designation
        fields = ("name", "kind", "tier", "region", "named_by", "named_on", "until", "document_no")


class AwardTable(ListTable):
    """Columns of the list of awards."""

    class Meta(ListTable.Meta):
        model = Award
        fields = ("recipient", "kind", "category", "person", "region", "awarded_on")


class ExpertTable(ListTable):
    """Columns of the list of experts."""

    class Meta(ListTable.Meta):
        model = Expert
        fields = ("person", "field", "title", "unit", "region", "since", "until")


class EmergencyPlanTable(ListTable):
    """Columns of the list of plans."""

    class Meta(ListTable.Meta):
        model = EmergencyPlan
        fields = ("title", "community", "adopted_on", "tested_on", "until")


class UnitAssessmentTable(ListTable):
    """Columns of the list of assessments."""

    class Meta(ListTable.Meta):
        model = UnitAssessment
        fields = ("unit", "year", "region", "score", "grade", "assessed_on")
