"""Filters of the list of persons."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from governance.kit.filters import FilterSet
from governance.kit.personroles import roles
from governance.kit.scoping import Scope
from governance.people.models import Person, PersonPlace
from governance.regions.fields import RegionFilter


class PlaceFilter(RegionFilter):
    """Persons with a role at a place or below it, of those that the user sees."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """Filter by the places of their roles; what somebody is elsewhere or in confidence stays untold."""
        if value is None:
            return qs
        user = getattr(self.parent, "user", None)
        places = PersonPlace.objects.seen_by(user, "people.view_person").inside(Scope((value.path,)))
        return qs.filter(Exists(places.filter(person=OuterRef("pk"))))


def _role_choices() -> list[tuple[str, Any]]:
    return [(role.slug, role.label) for role in roles() if not role.sensitive]


class PersonFilterSet(FilterSet):
    """Where, as what, and by name or the initials of the name; numbers are no search, for they would stand in addresses."""

    search: ClassVar[tuple[str, ...]] = ("name__startswith", "pinyin__startswith")
    search_hint: Any = _("姓名或拼音首字母")

    region = PlaceFilter(label=_("地区"))
    role = django_filters.ChoiceFilter(
        label=_("身份"), choices=_role_choices, empty_label=_("全部身份"), method="with_role"
    )

    class Meta(FilterSet.Meta):
        model = Person
        fields = ("region", "role", "gender")

    def find(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep those whose name or initials begin so; a name with a blank inside is one name."""
        text = " ".join(value.split())
        return queryset.filter(Q(name__startswith=text) | Q(pinyin__startswith=text.lower())) if text else queryset

    def with_role(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep those who have the role where the user sees it."""
        places = PersonPlace.objects.seen_by(self.user, "people.view_person").filter(role=value)
        return queryset.filter(Exists(places.filter(person=OuterRef("pk"))))
