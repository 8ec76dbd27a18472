"""How lists of this app are filtered, on every surface."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from governance.kit.filters import FilterSet
from projects import stages
from projects.models import (
    Catalogue,
    ListUpkeep,
    Need,
    NeedsSurvey,
    Project,
    ProjectEvaluation,
    ProjectSession,
    PurchaseContract,
    PurchaseProject,
    Resource,
    ServiceCase,
)
from projects.stages import Stages


class StageFilter(django_filters.ChoiceFilter):
    """Keeps what stands at a stage today."""

    def __init__(self, steps: Stages, **options: Any) -> None:
        super().__init__(choices=steps.choices, **options)
        self.steps = steps

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Filter by the days."""
        return qs.filter(self.steps.at(value)) if value else qs


class StagedFilterSet(FilterSet):
    """Filters of what stands at a stage; people ask for that first."""

    @classmethod
    def get_filters(cls) -> dict[str, django_filters.Filter]:
        """Return the filters with the stage right behind the place."""
        found = super().get_filters()
        first = {name: found.pop(name) for name in ("q", "region", "stage") if name in found}
        return first | found


class NeedFilterSet(StagedFilterSet):
    """Filters of the list of needs."""

    search = ("title__contains", "community__name__contains", "outcome__contains")

    stage = StageFilter(stages.LISTED, label=_("清单状态"), empty_label=_("全部清单状态"))

    class Meta(FilterSet.Meta):
        model = Need
        fields = ("field", "group", "source", "refreshed_on")


class ResourceFilterSet(StagedFilterSet):
    """Filters of the list of resources."""

    search = ("title__contains", "provider__contains", "community__name__contains")

    stage = StageFilter(stages.LISTED, label=_("清单状态"), empty_label=_("全部清单状态"))

    class Meta(FilterSet.Meta):
        model = Resource
        fields = ("kind", "organization", "facility", "refreshed_on")


class ListUpkeepFilterSet(FilterSet):
    """Filters of the list of spans in which lists are kept up."""

    search = ("community__name__contains",)

    class Meta(FilterSet.Meta):
        model = ListUpkeep
        fields = ("part",)


class NeedsSurveyFilterSet(FilterSet):
    """Filters of the list of surveys."""

    search = ("title__contains", "community__name__contains", "method__contains")

    class Meta(FilterSet.Meta):
        model = NeedsSurvey
        fields = ("done_on",)


class ProjectFilterSet(StagedFilterSet):
    """Filters of the list of projects."""

    search = ("title__contains", "number__startswith", "organization__name__contains", "region__name__contains")

    stage = StageFilter(stages.PROJECT, label=_("进度"), empty_label=_("全部进度"))
    evaluated = django_filters.BooleanFilter(
        label=_("已完成并经第三方评估"), field_name="evaluated_on", lookup_expr="isnull", exclude=True
    )

    class Meta(FilterSet.Meta):
        model = Project
        fields = ("field", "community", "organization", "social_worker", "planned_start", "completed_on")


class ProjectEvaluationFilterSet(FilterSet):
    """Filters of the list of evaluations."""

    search = ("project__title__contains", "project__number__startswith", "evaluator__contains")

    class Meta(FilterSet.Meta):
        model = ProjectEvaluation
        fields = ("project", "kind", "evaluated_on")


class ProjectSessionFilterSet(FilterSet):
    """Filters of the list of sessions."""

    search = ("title__contains", "community__name__contains", "project__title__contains")

    class Meta(FilterSet.Meta):
        model = ProjectSession
        fields = ("project", "field", "civil_affairs_field", "with_social_worker", "social_worker", "held_on")


class PurchaseProjectFilterSet(StagedFilterSet):
    """Filters of the list of purchases."""

    search = ("title__contains", "region__name__contains")

    stage = StageFilter(stages.PURCHASE, label=_("办理环节"), empty_label=_("全部办理环节"))

    class Meta(FilterSet.Meta):
        model = PurchaseProject
        fields = ("project", "catalogue", "initiated_on")


class PurchaseContractFilterSet(FilterSet):
    """Filters of the list of contracts."""

    search = ("title__contains", "number__startswith", "organization__name__contains", "supplier__contains")

    class Meta(FilterSet.Meta):
        model = PurchaseContract
        fields = ("supplier_kind", "organization", "purchase", "signed_on")


class CatalogueFilterSet(FilterSet):
    """Filters of the list of catalogues."""

    search = ("title__contains", "document_no__contains", "region__name__contains")

    class Meta(FilterSet.Meta):
        model = Catalogue
        fields = ("kind",)


class ServiceCaseFilterSet(FilterSet):
    """Filters of the list of cases; nobody is found in it by name."""

    search = ("number__startswith", "community__name__contains", "organization__name__contains")
    open = django_filters.BooleanFilter(label=_("未结案"), field_name="closed_on", lookup_expr="isnull")

    class Meta(FilterSet.Meta):
        model = ServiceCase
        fields = ("field", "organization", "social_worker", "project", "opened_on")
