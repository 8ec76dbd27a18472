"""How lists of volunteers are filtered, on every surface."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from governance.kit.filters import FilterSet
from volunteers.models import (
    Activity,
    PartyReport,
    PointsIssue,
    PointsPartner,
    RecordStart,
    ServiceRecord,
    SpotCheck,
    Volunteer,
)


class OfVolunteersFilterSet(FilterSet):
    """Searches by the volunteer: one look-up for each word, by what the word is.

    Number or name in one condition could use the index of neither, and these are lists of millions.
    """

    of = ""
    search_hint = _("姓名、拼音首字母、志愿者编号")

    def find(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep the rows that each word finds: digits in a number, letters in initials, all else in a name."""
        for word in value.split():
            queryset = queryset.filter(**self.asked(word))
        return queryset

    def asked(self, word: str) -> dict[str, str]:
        """Return the look-up of a word."""
        if not word.isascii():
            return {f"{self.of}person__name__startswith": word}
        if word.isalpha() and word.islower():
            return {f"{self.of}person__pinyin__startswith": word}
        return {f"{self.of}number__startswith": word}


class VolunteerFilterSet(OfVolunteersFilterSet):
    """Filters of the list of volunteers."""

    search = ("number__startswith", "person__name__startswith", "person__pinyin__startswith")

    verified = django_filters.BooleanFilter(
        field_name="verified_on", lookup_expr="isnull", exclude=True, label=_("已实名认证")
    )

    class Meta(FilterSet.Meta):
        model = Volunteer
        fields = ("verified", "since", "person")


class ActivityFilterSet(FilterSet):
    """Filters of the list of activities."""

    search = ("title__contains", "organizer__contains", "organization__name__contains", "place__contains")
    search_hint = _("活动名称、承办方、地点")

    published = django_filters.BooleanFilter(
        field_name="published_on", lookup_expr="isnull", exclude=True, label=_("已发布")
    )
    cancelled = django_filters.BooleanFilter(
        field_name="cancelled_on", lookup_expr="isnull", exclude=True, label=_("已取消")
    )

    class Meta(FilterSet.Meta):
        model = Activity
        fields = ("starts_on", "published", "cancelled", "organization", "project")


class ServiceRecordFilterSet(OfVolunteersFilterSet):
    """Filters of the list of service records."""

    of = "volunteer__"
    search = (
        "volunteer__number__startswith",
        "volunteer__person__name__startswith",
        "volunteer__person__pinyin__startswith",
    )

    confirmed = django_filters.BooleanFilter(
        field_name="confirmed_on", lookup_expr="isnull", exclude=True, label=_("已确认")
    )

    class Meta(FilterSet.Meta):
        model = ServiceRecord
        fields = ("service_date", "confirmed", "voided", "volunteer", "activity")


class RecordStartFilterSet(FilterSet):
    """Filters of the list of communities with records."""

    search = ("community__name__contains", "community__code__startswith")
    search_hint = _("社区名称、区划代码")

    class Meta(FilterSet.Meta):
        model = RecordStart
        fields = ("since",)
        alive = False


class PointsIssueFilterSet(OfVolunteersFilterSet):
    """Filters of the list of points."""

    of = "volunteer__"
    search = (
        "volunteer__number__startswith",
        "volunteer__person__name__startswith",
        "volunteer__person__pinyin__startswith",
    )

    reversal = django_filters.BooleanFilter(
        field_name="reverses", lookup_expr="isnull", exclude=True, label=_("只看冲销")
    )

    class Meta(FilterSet.Meta):
        model = PointsIssue
        fields = ("booked_on", "reversal", "volunteer")


class PointsPartnerFilterSet(FilterSet):
    """Filters of the list of points partners."""

    search = ("name__contains", "organization__name__contains")
    search_hint = _("名称、所属组织")

    class Meta(FilterSet.Meta):
        model = PointsPartner
        fields = ("kind", "organization", "person")


class PartyReportFilterSet(FilterSet):
    """Filters of the list of party members who reported; neither name nor unit is searched for."""

    search = ("post__contains", "community__name__contains")
    search_hint = _("认领岗位、社区名称")

    class Meta(FilterSet.Meta):
        model = PartyReport
        fields = ("since", "person")


class SpotCheckFilterSet(FilterSet):
    """Filters of the list of spot checks."""

    search = ("title__contains",)
    search_hint = _("抽查名称")

    concluded = django_filters.BooleanFilter(
        field_name="concluded_on", lookup_expr="isnull", exclude=True, label=_("已办结")
    )

    class Meta(FilterSet.Meta):
        model = SpotCheck
        fields = ("kind", "concluded", "concluded_on")
