"""How jobs are filtered."""

import django_filters
from django.utils.translation import gettext_lazy as _

from governance.desk.models import Job
from governance.kit.filters import FilterSet


class JobFilterSet(FilterSet):
    """Filters of the job list."""

    search = ("title__contains",)
    search_hint = _("标题")

    status = django_filters.ChoiceFilter(label=_("状态"), choices=Job.Status, empty_label=_("全部状态"))

    class Meta:
        model = Job
        fields = ()
