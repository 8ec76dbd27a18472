"""How lists of this app are filtered, on every surface."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from governance.kit.filters import FilterSet
from governance.regions.fields import RegionFilter
from governance.regions.models import (
    Estate,
    Facility,
    Region,
    RegionCapability,
    RegionSuccession,
    RegisterCoverage,
)
from governance.regions.models.region import CommitteeType, TownshipKind
from governance.regions.registers import register_choices


class RegionFilterSet(FilterSet):
    """Filters of the place list; `finding` lists places whose code and name speak of different committees."""

    search = ("name__contains", "code__startswith", "initials__startswith")
    search_hint = _("名称、拼音首字母、区划代码")

    region = RegionFilter(label=_("地区"))
    committee_type = django_filters.ChoiceFilter(
        label=_("委员会类型"), choices=CommitteeType, empty_label=_("全部类型")
    )
    township_kind = django_filters.ChoiceFilter(
        label=_("乡级类型"), choices=TownshipKind, empty_label=_("全部乡级类型")
    )
    finding = django_filters.BooleanFilter(label=_("代码与名称不符"), method="disagreeing")
    partial = django_filters.BooleanFilter(label=_("只载入了部分下级"))

    class Meta(FilterSet.Meta):
        model = Region
        fields = ("region", "level", "committee_type", "township_kind")

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

    party_branch = django_filters.BooleanFilter(
        label=_("有党支部"), field_name="party_branch_from", lookup_expr="isnull", exclude=True
    )

    class Meta(FilterSet.Meta):
        model = Estate


class FacilityFilterSet(FilterSet):
    """Filters of the facility list."""

    search = ("name__contains", "region__name__contains", "address__contains")

    class Meta(FilterSet.Meta):
        model = Facility
        fields = ("kind",)


class CapabilityFilterSet(FilterSet):
    """Filters of the capability list."""

    search = ("item__name__contains", "component__name__contains", "region__name__contains", "note__contains")

    class Meta(FilterSet.Meta):
        model = RegionCapability
        fields = ("item", "statement")


class SuccessionFilterSet(FilterSet):
    """Filters of the list of division changes."""

    search = ("predecessor__name__contains", "successor__name__contains")

    class Meta(FilterSet.Meta):
        model = RegionSuccession
        home = False  # a change stands on the pages of both places


class RegisterCoverageFilterSet(FilterSet):
    """Filters of the list of registers kept."""

    search = ("region__name__contains", "note__contains")

    register = django_filters.ChoiceFilter(label=_("台账"), choices=register_choices, empty_label=_("全部台账"))

    class Meta(FilterSet.Meta):
        model = RegisterCoverage
