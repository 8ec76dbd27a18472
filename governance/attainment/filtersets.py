"""How lists of this app are filtered."""

from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.attainment.models import AttainmentRun, ConfirmedMonth, ImprovementPlan, PlanFollowUp, ReportedFigure
from governance.attainment.offers import reportable_choices
from governance.kit.filters import FilterSet
from governance.policies.models import Indicator
from governance.regions.fields import RegionFilter


class ReportedFigureFilterSet(FilterSet):
    """Filters of the figures."""

    search = ("region__name__contains", "source__contains")
    search_hint = _("地区、来源")

    region = RegionFilter(label=_("地区"))
    measure = django_filters.ChoiceFilter(label=_("填报项"), choices=reportable_choices, empty_label=_("全部填报项"))
    state = django_filters.ChoiceFilter(label=_("状态"), choices=ReportedFigure.State, empty_label=_("全部状态"))

    class Meta:
        model = ReportedFigure
        fields = ()


class AttainmentRunFilterSet(FilterSet):
    """Filters of the runs."""

    search = ("error__contains",)
    search_hint = _("失败原因")

    status = django_filters.ChoiceFilter(label=_("状态"), choices=AttainmentRun.Status, empty_label=_("全部状态"))
    cause = django_filters.ChoiceFilter(label=_("起因"), choices=AttainmentRun.Cause, empty_label=_("全部起因"))

    class Meta:
        model = AttainmentRun
        fields = ()


class ConfirmedMonthFilterSet(FilterSet):
    """Filters of the confirmations."""

    search = ("region__name__contains", "note__contains")

    class Meta(FilterSet.Meta):
        model = ConfirmedMonth
        fields = ("state", "month")


SOON = timedelta(days=30)


class DueFilter(django_filters.ChoiceFilter):
    """Open plans whose time is over, or will be within a month."""

    def __init__(self, **options: Any) -> None:
        choices = [("overdue", _("已逾期")), ("soon", _("30 天内到期"))]
        given = {"field_name": "due_on", "label": _("到期"), "choices": choices, "empty_label": _("不限到期")}
        super().__init__(**given | options)

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """Filter by the due date."""
        today = timezone.localdate()
        if value == "overdue":
            return qs.filter(state=ImprovementPlan.State.OPEN, due_on__lt=today)
        if value == "soon":
            return qs.filter(state=ImprovementPlan.State.OPEN, due_on__range=(today, today + SOON))
        return qs


class ImprovementPlanFilterSet(FilterSet):
    """Filters of the plans."""

    search = ("indicator__name__contains", "region__name__contains", "measures__contains", "responsible__contains")
    search_hint = _("指标、地区、措施、责任人")

    due = DueFilter()
    # typed or given by a link: a menu of all indicators would be longer than the list
    indicator = django_filters.ModelChoiceFilter(
        label=_("指标标识"), queryset=Indicator.objects.all(), to_field_name="slug", widget=forms.TextInput
    )

    class Meta(FilterSet.Meta):
        model = ImprovementPlan
        fields = ("state", "due", "cause", "due_on")


class PlanFollowUpFilterSet(FilterSet):
    """Filters of what was written about plans."""

    search = ("note__contains", "plan__indicator__name__contains")
    search_hint = _("进展、指标")

    class Meta(FilterSet.Meta):
        model = PlanFollowUp
        fields = ("plan", "on")
