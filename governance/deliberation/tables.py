"""What the lists of this app show."""

from __future__ import annotations

from typing import Any

import django_tables2
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
from governance.kit.columns import ListTable, own_page


class ConsultationTable(ListTable):
    """Columns of the list of consultations."""

    class Meta(ListTable.Meta):
        model = Consultation
        fields = ("title", "kind", "community", "planned_on", "held_on", "four_parties", "vital", "result")


class WhoColumn(django_tables2.Column):
    """Somebody known by the masked name, or by the name that was written down; files hold neither."""

    def __init__(self, **options: Any) -> None:
        super().__init__(accessor="pk", orderable=False, exclude_from_export=True, linkify=own_page, **options)

    def render(self, value: Any, record: ConsultationParticipant) -> str:
        """Return the name."""
        return str(record.person or record.name)


class ParticipantTable(ListTable):
    """Columns of the list of participants."""

    who = WhoColumn(verbose_name=_("参加人"), attrs={"td": {"class": "w"}})

    class Meta(ListTable.Meta):
        model = ConsultationParticipant
        fields = ("who", "role", "unit", "consultation", "person", "name")
        shown = ("who", "role", "unit", "consultation")


class DisputeTable(ListTable):
    """Columns of the list of disputes; what they are about is not among them."""

    class Meta(ListTable.Meta):
        model = Dispute
        fields = (
            "number", "kind", "channel", "community", "mediator", "accepted_on", "closed_on", "closed_level", "outcome",
        )  # fmt: skip
        shown = ("number", "kind", "community", "mediator", "accepted_on", "closed_on", "outcome")


class WhistleCallTable(ListTable):
    """Columns of the list of calls."""

    class Meta(ListTable.Meta):
        model = WhistleCall
        fields = (
            "number", "kind", "region", "lead", "assisting", "issued_on", "due_on", "answered_on", "withdrawn_on",
            "rating",
        )  # fmt: skip
        shown = ("number", "kind", "region", "lead", "issued_on", "due_on", "answered_on")


class WorkTaskTable(ListTable):
    """Columns of the list of tasks."""

    class Meta(ListTable.Meta):
        model = WorkTask
        fields = (
            "title", "category", "subcategory", "region", "lead", "assisting", "assigned_on", "deadline", "done_on",
            "cancelled_on",
        )  # fmt: skip
        shown = ("title", "category", "region", "lead", "assigned_on", "deadline", "done_on")


class DesignationTable(ListTable):
    """Columns of the list of names that places bear."""

    class Meta(ListTable.Meta):
        model = Designation
        fields = ("name", "kind", "tier", "region", "named_by", "named_on", "until", "document_no")


class AwardTable(ListTable):
    """Columns of the list of awards."""

    class Meta(ListTable.Meta):
        model = Award
        fields = ("recipient", "category", "kind", "region", "awarded_on", "person")
        shown = ("recipient", "category", "kind", "region", "awarded_on")


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
