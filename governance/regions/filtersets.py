"""How lists of this app are filtered, on every surface."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.kit.filters import FilterSet
from governance.kit.spans import alive_on
from governance.regions.fields import RegionFilter
from governance.regions.models import (
    CapabilityItem,
    Estate,
    Facility,
    Level,
    Region,
    RegionCapability,
    RegionSuccession,
    RegisterCoverage,
)
from governance.regions.models.region import CommitteeType, TownshipKind
from governance.regions.registers import register_choices

ALIVE = [("now", _("在用")), ("ended", _("已停用"))]


class AliveFilter(django_filters.ChoiceFilter):
    """In use today, or ended."""

    def __init__(self, **options: Any) -> None:
        super().__init__(label=_("状态"), choices=ALIVE, empty_label=_("在用和停用"), **options)

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """Filter by the span."""
        today = timezone.localdate()
        if value == "now":
            return qs.filter(alive_on(today))
        return qs.filter(until__lte=today) if value == "ended" else qs


class RegionFilterSet(FilterSet):
    """Filters of the place list; `finding` lists places whose code and name speak of different committees."""

    search = ("name__contains", "code__startswith", "initials__startswith")
    search_hint = _("名称、拼音首字母、区划代码")

    region = RegionFilter(label=_("地区"))
    level = django_filters.ChoiceFilter(label=_("级别"), choices=Level, empty_label=_("全部级别"))
    committee_type = django_filters.ChoiceFilter(
        label=_("委员会类型"), choices=CommitteeType, empty_label=_("全部类型")
    )
    township_kind = django_filters.ChoiceFilter(
        label=_("乡级类型"), choices=TownshipKind, empty_label=_("全部乡级类型")
    )
    alive = AliveFilter()
    finding = django_filters.BooleanFilter(label=_("代码与名称不符"), method="disagreeing")
    partial = django_filters.BooleanFilter(label=_("只载入了部分下级"))

    class Meta:
        model = Region
        fields = ()

    def find(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Look initials up in lower case, as they are stored."""
        return super().find(queryset, name, value.lower() if value.isascii() else value)

    def disagreeing(self, queryset: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Keep the places whose committee type by code differs from the one in the name, or all others."""
        differs = ~Q(committee_type_by_name="") & ~Q(committee_type_by_name=F("committee_type"))
        return queryset.filter(differs) if value else queryset.exclude(differs)


class EstateFilterSet(FilterSet):
    """Filters of the estate list."""

    search = ("name__contains", "community__name__contains")
    search_hint = _("小区、村（社区）名称")

    region = RegionFilter(field_name="community", label=_("地区"))
    alive = AliveFilter()
    party_branch = django_filters.BooleanFilter(
        label=_("有党支部"), field_name="party_branch_from", lookup_expr="isnull", exclude=True
    )

    class Meta:
        model = Estate
        fields = ()


class FacilityFilterSet(FilterSet):
    """Filters of the facility list."""

    search = ("name__contains", "region__name__contains", "address__contains")
    search_hint = _("名称、地区、地址")

    region = RegionFilter(label=_("地区"))
    kind = django_filters.ChoiceFilter(label=_("类型"), choices=Facility.Kind, empty_label=_("全部类型"))
    alive = AliveFilter()

    class Meta:
        model = Facility
        fields = ()


class CapabilityFilterSet(FilterSet):
    """Filters of the capability list."""

    search = ("item__name__contains", "component__name__contains", "region__name__contains", "note__contains")
    search_hint = _("能力项、分项、地区、说明")

    region = RegionFilter(label=_("地区"))
    item = django_filters.ModelChoiceFilter(
        label=_("能力项"), queryset=CapabilityItem.objects.all(), empty_label=_("全部能力项")
    )
    statement = django_filters.ChoiceFilter(
        label=_("陈述"), choices=RegionCapability.Statement, empty_label=_("全部陈述")
    )
    alive = AliveFilter()

    class Meta:
        model = RegionCapability
        fields = ()


class SuccessionFilterSet(FilterSet):
    """Filters of the list of division changes."""

    search = ("predecessor__name__contains", "successor__name__contains")
    search_hint = _("原地区、现地区")

    class Meta:
        model = RegionSuccession
        fields = ()


class RegisterCoverageFilterSet(FilterSet):
    """Filters of the list of registers kept."""

    search = ("region__name__contains", "note__contains")
    search_hint = _("地区、说明")

    region = RegionFilter(label=_("地区"))
    register = django_filters.ChoiceFilter(label=_("台账"), choices=register_choices, empty_label=_("全部台账"))

    class Meta:
        model = RegisterCoverage
        fields = ()
