"""How the lists of this app are filtered."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.kit.filters import FilterSet
from governance.privacy.models import Consent, DataSubjectRequest, PrivacyNotice, RetentionItem, RetentionRun

_CLOSED = (DataSubjectRequest.State.ANSWERED, DataSubjectRequest.State.REFUSED)


class PrivacyNoticeFilterSet(FilterSet):
    """Filters of the list of notices."""

    search = ("title__contains", "version__contains")
    search_hint = _("标题、版本号")

    class Meta(FilterSet.Meta):
        model = PrivacyNotice
        fields = ("state",)


class ConsentFilterSet(FilterSet):
    """Filters of the list of consents; `older` finds those that rest on a version that is no longer in force."""

    search = ("person__name__contains",)
    search_hint = _("姓名")

    older = django_filters.ChoiceFilter(
        label=_("告知版本新旧"),
        choices=[("1", _("依据旧版告知")), ("0", _("依据现行告知"))],
        empty_label=_("新旧告知"),
        method="by_age",
    )

    class Meta(FilterSet.Meta):
        model = Consent
        fields = ("purpose", "basis", "state", "how", "notice", "person", "given_on")

    def by_age(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep consents that hold, by whether their version is in force; who agreed again since is not on an older one."""
        rows = queryset.filter(state=Consent.State.STANDING, basis=Consent.Basis.CONSENT)
        if value == "0":
            return rows.filter(notice__state="standing")
        again = Consent.objects.filter(person=OuterRef("person"), purpose=OuterRef("purpose"))
        newer = again.filter(state=Consent.State.STANDING, notice__state="standing")
        return rows.filter(notice__state="former").exclude(Exists(newer))


class DataSubjectRequestFilterSet(FilterSet):
    """Filters of the list of requests."""

    search = ("outcome__contains",)
    search_hint = _("办理结果")

    open = django_filters.ChoiceFilter(
        label=_("办理情况"),
        choices=[("open", _("未办结")), ("late", _("已超期")), ("closed", _("已办结"))],
        empty_label=_("全部情况"),
        method="by_open",
    )

    class Meta(FilterSet.Meta):
        model = DataSubjectRequest
        fields = ("kind", "state", "person", "received_on")

    def by_open(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep requests that are open, late or over."""
        if value == "closed":
            return queryset.filter(state__in=_CLOSED)
        rows = queryset.exclude(state__in=_CLOSED)
        return rows.filter(due_on__lt=timezone.localdate()) if value == "late" else rows


class RetentionRunFilterSet(FilterSet):
    """Filters of the list of runs."""

    search = ("region__name__contains",)
    search_hint = _("地区")

    class Meta(FilterSet.Meta):
        model = RetentionRun
        fields = ("state", "due_on")


class RetentionItemFilterSet(FilterSet):
    """Filters of the list of records that are over."""

    search = ("region__name__contains",)
    search_hint = _("地区")

    class Meta(FilterSet.Meta):
        model = RetentionItem
        fields = ("run", "kind", "state")
