"""How jobs are filtered."""

import django_filters
from django.utils.translation import gettext_lazy as _

from governance.desk.models import ImportBatch, Job
from governance.kit.filters import FilterSet


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

    class Meta:
        model = ImportBatch
        fields = ()
