"""How lists of this app are filtered, on every surface."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from governance.kit.filters import FilterSet
from governance.kit.scoping import Scope
from governance.policies.models import Clause, Indicator, Policy, ReferencePoint, Target
from governance.policies.models.reach import in_reach
from governance.regions.fields import RegionFilter
from governance.regions.models import Level, Region


class PolicyFilter(django_filters.ModelChoiceFilter):
    """Keeps what belongs to one policy; `?policy=chongqing-2022`."""

    def __init__(self, field_name: str = "policy") -> None:
        super().__init__(
            field_name=field_name, label=_("政策"), queryset=Policy.objects.all(), to_field_name="slug",
            empty_label=_("全部政策"),
        )  # fmt: skip


class IndicatorFilter(django_filters.ModelChoiceFilter):
    """Keeps what belongs to one indicator; `?indicator=cq_community_funds_count`."""

    def __init__(self) -> None:
        super().__init__(
            field_name="indicator", label=_("指标"), queryset=Indicator.objects.all(), to_field_name="slug",
            empty_label=_("全部指标"),
        )  # fmt: skip


class PolicyFilterSet(FilterSet):
    """Filters of the policies; `region` keeps those that speak of a place, also from above it."""

    search = ("title__contains", "title_en__icontains", "document_no__contains", "slug__icontains")
    search_hint = _("标题、文号、标识")

    region = RegionFilter(label=_("适用于"), method="speaking_of")
    public = django_filters.BooleanFilter(label=_("公开"))

    class Meta:
        model = Policy
        fields = ()

    def speaking_of(self, queryset: QuerySet[Any], name: str, value: Region | None) -> QuerySet[Any]:
        """Keep the policies whose root lies at, above or below the place."""
        return queryset.filter(in_reach(Scope((value.path,)), "region__path")) if value else queryset


class ClauseFilterSet(FilterSet):
    """Filters of the clauses."""

    search = ("quote__contains", "display__contains")
    search_hint = _("原文")

    policy = PolicyFilter()

    class Meta:
        model = Clause
        fields = ()


class IndicatorFilterSet(FilterSet):
    """Filters of the indicators."""

    search = (
        "name__contains", "name_en__icontains", "slug__icontains", "clause__quote__contains", "clause__display__contains",
    )  # fmt: skip
    search_hint = _("名称、标识、原文")

    policy = PolicyFilter()
    role = django_filters.ChoiceFilter(label=_("性质"), choices=Indicator.Role, empty_label=_("全部性质"))
    kind = django_filters.ChoiceFilter(label=_("类型"), choices=Indicator.Kind, empty_label=_("全部类型"))
    direction = django_filters.ChoiceFilter(label=_("方向"), choices=Indicator.Direction, empty_label=_("全部方向"))
    level = django_filters.ChoiceFilter(label=_("级别"), choices=Level, empty_label=_("全部级别"), method="of_level")

    class Meta:
        model = Indicator
        fields = ()

    def of_level(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep the indicators that are judged, shown or counted at a level."""
        levels = [value]
        return queryset.filter(
            Q(verdict_levels__contains=levels) | Q(show_levels__contains=levels) | Q(unit_levels__contains=levels)
        )


class TargetFilterSet(FilterSet):
    """Filters of the targets."""

    search = ("indicator__name__contains", "indicator__name_en__icontains", "indicator__slug__icontains", "region__name__contains")  # fmt: skip
    search_hint = _("指标、地区")

    policy = PolicyFilter("indicator__policy")
    indicator = IndicatorFilter()
    region = RegionFilter(label=_("地区"))
    origin = django_filters.ChoiceFilter(label=_("来源"), choices=Target.Origin, empty_label=_("全部来源"))
    year = django_filters.NumberFilter(
        label=_("期限年份"), field_name="due", lookup_expr="year", min_value=1900, max_value=2999, decimal_places=0
    )

    class Meta:
        model = Target
        fields = ()


class ReferencePointFilterSet(FilterSet):
    """Filters of the stated facts."""

    search = (
        "indicator__name__contains",
        "indicator__name_en__icontains",
        "indicator__slug__icontains",
        "text__contains",
    )
    search_hint = _("指标、原文表述")

    policy = PolicyFilter("indicator__policy")
    indicator = IndicatorFilter()
    region = RegionFilter(label=_("地区"), method="inside")
    bound = django_filters.ChoiceFilter(label=_("数值含义"), choices=ReferencePoint.Bound, empty_label=_("全部含义"))

    class Meta:
        model = ReferencePoint
        fields = ()

    def inside(self, queryset: QuerySet[Any], name: str, value: Region | None) -> QuerySet[Any]:
        """Keep the facts about a place or one below it."""
        return queryset.filter(region__path__startswith=value.path) if value else queryset
