"""Naming a place in a form, a filter or a request: by code, by name, or picked from suggestions."""

from __future__ import annotations

from typing import Any, ClassVar, cast

import django_filters
from django import forms
from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from governance.kit.naming import NamingField
from governance.kit.scoping import ScopedQuerySet
from governance.kit.texts import refused_character
from governance.kit.wording import bracketed, listed
from governance.regions.models import Region
from governance.regions.nearest import nearest


class RegionInput(forms.TextInput):
    """A text input whose suggestions come from the server as one types; without scripts a code or a name will do."""

    template_name = "regions/region_input.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {"autocomplete": "off", "class": "form-control", "placeholder": gettext_lazy("地名、拼音首字母或代码")}
            | (attrs or {})
        )

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the address of the suggestions."""
        context = super().get_context(name, self._with_name(value), attrs)
        return context | {"choices_url": reverse_lazy("regions:region_choices")}

    def _with_name(self, value: Any) -> Any:
        """Put the name behind a code in scope: nobody knows places by their codes."""
        places = getattr(getattr(self, "choices", None), "queryset", None)
        code = str(value or "")
        name = (
            places.filter(code=code).values_list("name", flat=True).first()
            if places is not None and code.isdigit()
            else None
        )
        return f"{code} {name}" if name else value


class RegionField(NamingField):
    """A place inside the user's scope, given by its code or by a name that only one place has."""

    widget = RegionInput
    default_error_messages: ClassVar[dict[str, Any]] = {
        "unseen": gettext_lazy("地区里含有看不见的控制字符，请重新填写。"),
        "unknown": gettext_lazy("没有“%(given)s”这个地区。%(hint)s"),
        "ambiguous": gettext_lazy("叫“%(given)s”的地方不止一个，请填区划代码。"),
    }

    def __init__(self, queryset: QuerySet[Region] | None = None, **options: Any) -> None:
        options["to_field_name"] = "code"
        super().__init__(Region.objects.all() if queryset is None else queryset, **options)

    def found(self, text: str) -> list[Any]:
        """Return the place with this code or name, or two of the same name."""
        text = text.split(" ", 1)[0]
        by_code = text.isascii() and text.isdigit()
        return list(self.queryset.filter(**{"code" if by_code else "name": text})[:2])  # type: ignore[union-attr]

    def key_of(self, value: Any) -> str:
        """Return the code."""
        return str(value.code)

    def hint(self, code: str, text: str) -> str:
        """Name the places that come near."""
        if code != "unknown":
            return ""
        near = listed(bracketed(region.name, region.code) for region in nearest(text.split(" ", 1)[0], self.queryset))
        return _("是否为：%(near)s？") % {"near": near} if near else ""


@extend_schema_field(OpenApiTypes.STR)
class RegionFilter(django_filters.Filter):
    """Keeps the rows homed at a place or anywhere below it; `?region=430211002000`.

    With `path` they are those that lead to such a place by another key than the home.
    """

    field_class = RegionField
    path = ""

    def filter(self, qs: QuerySet[Any], value: Region | None) -> QuerySet[Any]:
        """Filter by the place's path."""
        if value is None:
            return qs
        path = self.path or cast(ScopedQuerySet, qs).region_path
        rows: QuerySet[Any] = self.get_method(qs)(**{f"{path}__startswith": value.path})
        return rows


class RegionCodeField(serializers.SlugRelatedField[Region]):
    """A place in the API: its 12-digit code, inside the caller's scope."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "does_not_exist": gettext_lazy("没有“{value}”这个地区，或者它不在您的地区内。请填 12 位区划代码。"),
        "invalid": gettext_lazy("请填 12 位区划代码。"),
    }

    def __init__(self, **options: Any) -> None:
        if not options.get("read_only"):
            options.setdefault("queryset", Region.objects.all())
        super().__init__(slug_field="code", **options)

    def to_internal_value(self, data: Any) -> Region:
        """Find the place by its code, which is a text."""
        if not isinstance(data, str) or refused_character(data):
            self.fail("invalid")
        if len(data) > 12:
            self.fail("does_not_exist", value=data[:50])
        return super().to_internal_value(data)

    def get_queryset(self) -> Any:
        """Return the places that the caller may see."""
        queryset = super().get_queryset()
        request = self.context.get("request")
        return (
            queryset if queryset is None else cast(ScopedQuerySet, queryset).visible_to(getattr(request, "user", None))
        )
