"""Forms of this app."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.attainment.models import ConfirmedMonth, ImprovementPlan, PlanFollowUp, ReportedFigure
from governance.attainment.offers import offered_choices
from governance.attainment.states import FREE_WHEN_APPROVED
from governance.kit.forms import RecordForm


class ReportedFigureForm(RecordForm):
    """A figure; of an approved one only the end can be written."""

    measure = forms.ChoiceField(label=_("填报项"), choices=offered_choices)

    class Meta(RecordForm.Meta):
        model = ReportedFigure
        fields = ("region", "measure", "on", "value", "out_of", "until", "source")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if self.instance.pk and self.instance.state == ReportedFigure.State.APPROVED:
            self.initial["region"] = self.instance.region.code  # a disabled field is read from here
            for name in set(self._meta.fields or ()) - FREE_WHEN_APPROVED:
                self.fields[name].disabled = True


class ConfirmedMonthForm(RecordForm):
    """A month; the browser picks it without a day, programs give its first one."""

    month = forms.DateField(
        label=_("月份"),
        input_formats=["%Y-%m", "%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m", attrs={"type": "month"}),
        help_text=_("只能确认已经结束的月份。"),
    )

    class Meta(RecordForm.Meta):
        model = ConfirmedMonth
        fields = ("region", "month", "note")


class ImprovementPlanForm(RecordForm):
    """A plan, in the order of the questions: for what, why, what is done, by whom, until when."""

    class Meta(RecordForm.Meta):
        model = ImprovementPlan
        fields = ("region", "indicator", "cause", "explanation", "measures", "responsible", "due_on")


class PlanFollowUpForm(RecordForm):
    """How far a plan is."""

    class Meta(RecordForm.Meta):
        model = PlanFollowUp
        fields = ("plan", "on", "note")
