"""How the lists of this app are filtered."""

from __future__ import annotations

import django_filters
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
from governance.kit.filters import FilterSet


class ConsultationFilterSet(FilterSet):
    """Filters of the list of consultations."""

    search = ("title__contains", "community__name__contains")

    class Meta(FilterSet.Meta):
        model = Consultation
        fields = ("kind", "vital", "four_parties", "held_on")


class ParticipantFilterSet(FilterSet):
    """Filters of the list of participants."""

    search = ("name__contains", "person__name__contains", "unit__contains", "consultation__title__contains")
    search_hint = _("姓名、单位、议题")

    class Meta(FilterSet.Meta):
        model = ConsultationParticipant
        fields = ("role", "consultation", "person")


class DisputeFilterSet(FilterSet):
    """Filters of the list of disputes."""

    search = ("number__istartswith", "community__name__contains")
    open = django_filters.BooleanFilter(label=_("未办结"), field_name="closed_on", lookup_expr="isnull")

    class Meta(FilterSet.Meta):
        model = Dispute
        fields = ("kind", "channel", "outcome", "mediator", "accepted_on")


class WhistleCallFilterSet(FilterSet):
    """Filters of the list of calls."""

    search = ("number__istartswith", "lead__contains", "region__name__contains")
    open = django_filters.BooleanFilter(label=_("未报到"), field_name="answered_on", lookup_expr="isnull")

    class Meta(FilterSet.Meta):
        model = WhistleCall
        fields = ("kind", "due_on")


class WorkTaskFilterSet(FilterSet):
    """Filters of the list of tasks."""

    search = ("title__contains", "category__contains", "lead__contains")
    open = django_filters.BooleanFilter(label=_("未完成"), field_name="done_on", lookup_expr="isnull")

    class Meta(FilterSet.Meta):
        model = WorkTask
        fields = ("deadline",)


class DesignationFilterSet(FilterSet):
    """Filters of the list of names that places bear."""

    search = ("name__contains", "named_by__contains", "document_no__contains")

    class Meta(FilterSet.Meta):
        model = Designation
        fields = ("kind", "tier", "named_on")


class AwardFilterSet(FilterSet):
    """Filters of the list of awards."""

    search = ("recipient__contains", "region__name__contains")

    class Meta(FilterSet.Meta):
        model = Award
        fields = ("kind", "category", "person", "awarded_on")


class ExpertFilterSet(FilterSet):
    """Filters of the list of experts."""

    search = ("person__name__contains", "person__pinyin__startswith", "field__contains", "unit__contains")
    search_hint = _("姓名、拼音首字母、专业领域、单位")

    class Meta(FilterSet.Meta):
        model = Expert
        fields = ("person", "since")


class EmergencyPlanFilterSet(FilterSet):
    """Filters of the list of plans."""

    search = ("title__contains", "community__name__contains")
    untested = django_filters.BooleanFilter(label=_("未演练"), field_name="tested_on", lookup_expr="isnull")

    class Meta(FilterSet.Meta):
        model = EmergencyPlan
        fields = ("adopted_on",)


class UnitAssessmentFilterSet(FilterSet):
    """Filters of the list of assessments."""

    search = ("unit__contains", "region__name__contains")

    class Meta(FilterSet.Meta):
        model = UnitAssessment
        fields = ("year", "assessed_on")
