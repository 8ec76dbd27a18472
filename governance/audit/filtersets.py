"""How the trail is filtered."""

import django_filters
from django.utils.translation import gettext_lazy as _

from governance.audit.models import AuditEvent
from governance.kit.filters import FilterSet


class AuditEventFilterSet(FilterSet):
    """Filters of the trail."""

    search = ("action__contains", "actor_name__contains", "record_name__contains")
    search_hint = _("动作、操作人、对象")

    surface = django_filters.CharFilter(label=_("途径"))

    class Meta:
        model = AuditEvent
        fields = ()
