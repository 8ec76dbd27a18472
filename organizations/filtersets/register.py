"""How organisations and their facts are filtered."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.kit.filters import FilterSet
from organizations.models import (
    CharityRecognition,
    Incubation,
    Organization,
    OrganizationEnding,
    OrganizationParty,
    OrganizationRestriction,
    OrganizationStatus,
    RegistrationAssessment,
)

NONE, ENDED = "none", "ended"
_OF_THE_ORGANIZATION = (
    "organization__name__contains",
    "organization__pinyin__startswith",
    "organization__uscc__istartswith",
)
_HINT = _("组织名称、拼音首字母、统一社会信用代码")


class _NamedFilterSet(FilterSet):
    """Initials are stored in lower case; codes are found however they are typed."""

    def find(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Look up in lower case."""
        return super().find(queryset, name, value.lower() if value.isascii() else value)


class OrganizationFilterSet(_NamedFilterSet):
    """Filters of the list of organisations."""

    search = ("name__contains", "pinyin__startswith", "uscc__istartswith", "filing_no__icontains")
    search_hint = _("名称、拼音首字母、信用代码、备案编号")

    status = django_filters.ChoiceFilter(
        label=_("当前状态"),
        choices=[
            *OrganizationStatus.Status.choices,
            *OrganizationRestriction.Kind.choices,
            (ENDED, _("已终止")),
            (NONE, _("没有状态")),
        ],
        empty_label=_("全部状态"),
        method="standing",
    )
    charity = django_filters.BooleanFilter(label=_("慈善组织"), method="recognised")

    class Meta(FilterSet.Meta):
        model = Organization
        fields = ("nature", "community_based", "category", "service_category", "contact")

    def standing(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep the organisations that have this status today, are restricted so, have ended, or have none at all."""
        if value == ENDED:
            return queryset.filter(ending__isnull=False)
        if value in OrganizationRestriction.Kind.values:
            rows = OrganizationRestriction.objects.alive_on(timezone.localdate())
            return queryset.filter(Exists(rows.filter(organization=OuterRef("pk"), kind=value)))
        today = OrganizationStatus.objects.alive_on(timezone.localdate()).filter(organization=OuterRef("pk"))
        if value == NONE:
            return queryset.filter(~Exists(today), ending__isnull=True)
        return queryset.filter(Exists(today.filter(status=value)))

    def recognised(self, queryset: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Keep the organisations that are charities today, or those that are not."""
        charity = Exists(CharityRecognition.objects.alive_on(timezone.localdate()).filter(organization=OuterRef("pk")))
        return queryset.filter(charity if value else ~charity)


class OrganizationStatusFilterSet(_NamedFilterSet):
    """Filters of the list of statuses."""

    search = (*_OF_THE_ORGANIZATION, "document_no__contains")
    search_hint = _HINT

    class Meta(FilterSet.Meta):
        model = OrganizationStatus
        fields = ("status", "organization", "since")


class CharityRecognitionFilterSet(_NamedFilterSet):
    """Filters of the list of charities."""

    search = (*_OF_THE_ORGANIZATION, "document_no__contains")
    search_hint = _HINT

    class Meta(FilterSet.Meta):
        model = CharityRecognition
        fields = ("way", "organization", "since")


class OrganizationRestrictionFilterSet(_NamedFilterSet):
    """Filters of the list of abnormal and suspended organisations."""

    search = (*_OF_THE_ORGANIZATION, "document_no__contains")
    search_hint = _HINT

    class Meta(FilterSet.Meta):
        model = OrganizationRestriction
        fields = ("kind", "organization", "since", "until")


class OrganizationEndingFilterSet(_NamedFilterSet):
    """Filters of the list of organisations that have ended."""

    search = (*_OF_THE_ORGANIZATION, "document_no__contains")
    search_hint = _HINT

    class Meta(FilterSet.Meta):
        model = OrganizationEnding
        fields = ("way", "organization", "into", "on")


class OrganizationPartyFilterSet(_NamedFilterSet):
    """Filters of the list of party organisations."""

    search = _OF_THE_ORGANIZATION
    search_hint = _HINT

    established = django_filters.BooleanFilter(
        label=_("已成立党组织"), field_name="established_on", lookup_expr="isnull", exclude=True
    )

    class Meta(FilterSet.Meta):
        model = OrganizationParty
        fields = ("form", "organization", "established_on")


class RegistrationAssessmentFilterSet(_NamedFilterSet):
    """Filters of the list of assessments."""

    search = (*_OF_THE_ORGANIZATION, "opinion__contains")
    search_hint = _HINT

    registered = django_filters.BooleanFilter(
        label=_("已登记"), field_name="registered_on", lookup_expr="isnull", exclude=True
    )

    class Meta(FilterSet.Meta):
        model = RegistrationAssessment
        fields = ("organization", "since")


class IncubationFilterSet(_NamedFilterSet):
    """Filters of the list of incubations."""

    search = (*_OF_THE_ORGANIZATION, "facility__name__contains")
    search_hint = _("组织、孵化基地名称")

    class Meta(FilterSet.Meta):
        model = Incubation
        fields = ("tier", "mode", "organization", "facility", "admitted_on")
