"""How posts, certificates, trainings and committees are filtered."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from governance.kit.filters import FilterSet
from governance.kit.scoping import permission
from governance.people.models import PersonPlace
from governance.regions.fields import RegionFilter
from governance.regions.models import Region
from organizations.models import (
    CommitteeMember,
    CommunityWorkerPost,
    QualifiedSpan,
    SocialWorkCertificate,
    SocialWorkPost,
    TrainingRecord,
)

_OF_THE_PERSON: tuple[str, ...] = ("person__name__contains", "person__pinyin__startswith")


class WhereSheIs(RegionFilter):
    """Keeps the rows of persons who have a role at a place or below it: such a row has no place of its own."""

    def filter(self, qs: QuerySet[Any], value: Region | None) -> QuerySet[Any]:
        """Filter by the places of the person that the user may know of."""
        if value is None:
            return qs
        places = PersonPlace.objects.seen_by(self.parent.user, permission(qs.model, "view"))
        return qs.filter(Exists(places.filter(person=OuterRef("person"), region__path__startswith=value.path)))


class _OfPersonsFilterSet(FilterSet):
    """Initials are stored in lower case."""

    search: ClassVar[tuple[str, ...]] = _OF_THE_PERSON
    search_hint = _("姓名、拼音首字母")

    def find(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Look up in lower case."""
        return super().find(queryset, name, value.lower() if value.isascii() else value)


class SocialWorkPostFilterSet(_OfPersonsFilterSet):
    """Filters of the list of social work posts."""

    search = (*_OF_THE_PERSON, "organization__name__contains", "employer__contains", "title__contains")
    search_hint = _("姓名、拼音首字母、用人单位、岗位")

    class Meta(FilterSet.Meta):
        model = SocialWorkPost
        fields = ("organization", "person", "professional", "full_time", "main", "since")


class SocialWorkCertificateFilterSet(_OfPersonsFilterSet):
    """Filters of the list of certificates."""

    search = (*_OF_THE_PERSON, "number__istartswith")
    search_hint = _("姓名、拼音首字母、证书编号")

    region = WhereSheIs(label=_("任职地区"))

    class Meta(FilterSet.Meta):
        model = SocialWorkCertificate
        fields = ("level", "person", "since")


class CommunityWorkerPostFilterSet(_OfPersonsFilterSet):
    """Filters of the list of community workers."""

    class Meta(FilterSet.Meta):
        model = CommunityWorkerPost
        fields = ("position", "person", "since")


class CommitteeMemberFilterSet(_OfPersonsFilterSet):
    """Filters of the list of committee members."""

    search = (*_OF_THE_PERSON, "position__contains")
    search_hint = _("姓名、拼音首字母、职务")

    class Meta(FilterSet.Meta):
        model = CommitteeMember
        fields = ("body", "education", "person", "since")


class TrainingRecordFilterSet(_OfPersonsFilterSet):
    """Filters of the list of trainings."""

    search = (*_OF_THE_PERSON, "title__contains", "organizer__contains")
    search_hint = _("姓名、拼音首字母、培训名称、举办单位")

    region = WhereSheIs(label=_("任职地区"))

    class Meta(FilterSet.Meta):
        model = TrainingRecord
        fields = ("person", "finished_on")


class QualifiedSpanFilterSet(_OfPersonsFilterSet):
    """Filters of the list of qualified spans."""

    class Meta(FilterSet.Meta):
        model = QualifiedSpan
        fields = ("kind", "level", "person", "social_work_post", "community_post", "since")
