"""How the trail is filtered: by person, record, place, time, kind of act and surface."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from governance.audit.models import AuditEvent, AuditSeal, RowChange
from governance.audit.surfaces import SURFACES
from governance.audit.tracked import tables
from governance.kit.filtering import DaysFilter, every
from governance.kit.filters import FilterSet
from governance.kit.scoping import Scope
from governance.regions.models import Region

# Kinds of acts, and how the names of their actions end.
KINDS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "login": (_("登录和退出"), (".login", ".logout")),
    "refused": (_("拒绝的尝试"), ("_refused", ".refused", ".guessing")),
    "add": (_("新增"), (".add", ".link")),
    "change": (_("修改"), (".change",)),
    "delete": (_("删除"), (".delete",)),
    "import": (_("导入"), (".import",)),
    "export": (_("导出和下载"), (".export", ".download")),
    "reveal": (_("查看完整信息"), (".reveal",)),
    "account": (_("账号和岗位"), ()),
    "policy": (_("政策和指标"), ()),
}
_APPS = {"account": "accounts.", "policy": "policies."}


def _tables() -> list[tuple[str, Any]]:
    return sorted(tables().items(), key=lambda each: str(each[1]))


class _Trail(FilterSet):
    """What both lists are filtered by."""

    person = django_filters.CharFilter(label=_("操作人"), method="of_person", max_length=100)
    place = django_filters.CharFilter(label=_("地区"), method="at_place", max_length=100)
    at = DaysFilter(label=_("时间"), moments=True)
    surface = django_filters.ChoiceFilter(
        label=_("途径"), empty_label=every(_("途径")), choices=SURFACES, method="through"
    )

    def of_person(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Keep what somebody did."""
        return rows.filter(Q(actor__username=value) | Q(actor__name__contains=value))

    def at_place(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Keep what concerns a place or one inside it; several may bear the name."""
        paths = Region.objects.filter(Q(code=value) | Q(name=value)).values_list("path", flat=True)[:50]
        return rows.filter(Scope.over(paths).q("region_path"))

    def through(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Keep what came through a surface; what came through none was done in the database itself."""
        return rows.filter(surface="" if value == "psql" else value)


class AuditEventFilterSet(_Trail):
    """Filters of the events."""

    search = ("action__contains", "actor_name__contains", "record_name__contains")
    search_hint = _("动作、操作人、对象")

    kind = django_filters.ChoiceFilter(
        label=_("动作类别"),
        empty_label=every(_("动作类别")),
        choices=[(name, label) for name, (label, _ends) in KINDS.items()],
        method="of_kind",
    )
    model = django_filters.CharFilter(label=_("对象类型"), max_length=80)
    record_id = django_filters.CharFilter(label=_("对象编号"), max_length=40)

    class Meta:
        model = AuditEvent
        fields = ()

    def of_kind(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Keep one kind of act."""
        condition = Q(pk__in=())
        for ending in KINDS[value][1]:
            condition |= Q(action__endswith=ending)
        return rows.filter(condition | Q(action__startswith=_APPS[value]) if value in _APPS else condition)

    def of_person(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Keep what somebody did, or tried under a name."""
        return rows.filter(Q(actor__username=value) | Q(actor_name__contains=value) | Q(after__username=value))


class RowChangeFilterSet(_Trail):
    """Filters of the changes."""

    search = ("record_id__exact", "action__contains", "session_name__exact")
    search_hint = _("对象编号、动作")

    table_name = django_filters.ChoiceFilter(label=_("对象类型"), empty_label=every(_("对象类型")), choices=_tables)
    record_id = django_filters.CharFilter(label=_("对象编号"), max_length=40)
    operation = django_filters.ChoiceFilter(label=_("变更"), empty_label=every(_("变更")), choices=RowChange.Operation)

    class Meta:
        model = RowChange
        fields = ()


class AuditSealFilterSet(FilterSet):
    """Filters of the seals."""

    search = ("digest__startswith",)
    search_hint = _("校验值")

    at = DaysFilter(label=_("封存时间"), moments=True)

    class Meta:
        model = AuditSeal
        fields = ()
