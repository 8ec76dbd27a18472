"""How lists of this app are filtered."""

import django_filters
from django.utils.translation import gettext_lazy as _

from governance.attainment.models import AttainmentRun, ReportedFigure
from governance.attainment.offers import reportable_choices
from governance.kit.filters import FilterSet
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
