"""How jobs are filtered."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from governance.desk.models import AcceptedFinding, ExportRequest, ImportBatch, Job
from governance.kit.filters import FilterSet
from governance.kit.quality import CHECKS


def _checks() -> list[tuple[str, Any]]:
    return [(name, check.label) for name, check in CHECKS.items()]


class JobFilterSet(FilterSet):
    """Filters of the job list."""

    search = ("title__contains",)
    search_hint = _("标题")

    status = django_filters.ChoiceFilter(label=_("状态"), choices=Job.Status, empty_label=_("全部状态"))

    class Meta:
        model = Job
        fields = ()


class ImportBatchFilterSet(FilterSet):
    """Filters of the list of imports."""

    search = ("name__contains", "noun__contains")
    search_hint = _("文件名、内容")

    state = django_filters.ChoiceFilter(label=_("状态"), choices=ImportBatch.State, empty_label=_("全部状态"))

    mine = django_filters.ChoiceFilter(
        label=_("上传人"), choices=[("1", _("只看我上传的"))], empty_label=_("全部上传人"), method="of_mine"
    )

    class Meta:
        model = ImportBatch
        fields = ()

    def of_mine(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep one's own."""
        return queryset.filter(by=self.user) if self.user is not None else queryset.none()


class ExportRequestFilterSet(FilterSet):
    """Filters of the list of full exports."""

    search = ("noun__contains", "note__contains")
    search_hint = _("台账、事由")

    class Meta(FilterSet.Meta):
        model = ExportRequest
        fields = ("state", "purpose")


class AcceptedFindingFilterSet(FilterSet):
    """Filters of the accepted findings."""

    search = ("reason__contains", "by__name__contains")
    search_hint = _("理由、接受人")

    check_name = django_filters.ChoiceFilter(label=_("检查"), choices=_checks, empty_label=_("全部检查"))

    class Meta:
        model = AcceptedFinding
        fields = ()
