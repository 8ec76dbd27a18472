"""Filters of a list, the same on every surface: a search box, choices inside the user's scope, chips."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from governance.kit.choices import flat, scope_choices
from governance.kit.filtering import AliveFilter, DaysField, filter_for, hint_of, home_filter, lasts

FIRST_ROW = 3


class QuickSelect(forms.Select):
    """A select written in one go: the framework renders a template for every option."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the element."""
        chosen = {str(part) for part in (value if isinstance(value, list | tuple) else [value]) if part is not None}
        return format_html(
            '<select name="{}"{}>{}</select>',
            name,
            flatatt(self.build_attrs(self.attrs, attrs)),
            _options(self.choices, chosen),
        )


def _options(choices: Iterable[tuple[Any, Any]], chosen: set[str]) -> SafeString:
    """Return the options, those of a group inside it."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<optgroup label="{}">{}</optgroup>', key, _options(label, chosen)),)
            if isinstance(label, list | tuple)
            else (
                format_html(
                    '<option value="{}"{}>{}</option>',
                    "" if key is None else key,
                    SafeString(" selected") if str(key) in chosen else "",
                    label,
                ),
            )
            for key, label in choices
        ),
    )


class FilterSet(django_filters.FilterSet):
    """A filterset with a `q` search; `search` lists the lookups, such as `name__contains`.

    `Meta.fields` names fields of the model, each filtered as it fits. A `Meta` that follows this one adds by itself the
    place where rows are homed (`region`) and, for rows with a span, whether it holds today (`alive`).
    """

    search: ClassVar[tuple[str, ...]] = ()
    search_hint: Any = ""

    q = django_filters.CharFilter(method="find", label=_("搜索"), max_length=100)

    class Meta:
        fields: tuple[str, ...] = ()
        home = True
        alive = True

    @classmethod
    def get_filters(cls) -> dict[str, django_filters.Filter]:
        """Return the filters in the order in which the page shows them: search, place, the fields, in use or ended."""
        found: dict[str, django_filters.Filter] = super().get_filters()
        model, meta = cls._meta.model, getattr(cls, "Meta", None)
        if model is None:
            return found
        home = home_filter(model) if getattr(meta, "home", False) and "region" not in found else None
        alive = AliveFilter(field_name="since") if getattr(meta, "alive", False) and lasts(model) else None
        found = {"q": found.pop("q")} | ({"region": home} if home else {}) | found
        return found | ({"alive": alive} if alive and "alive" not in found else {})

    @classmethod
    def filter_for_field(cls, field: Any, field_name: str, lookup_expr: str | None = None) -> Any:
        """Return the filter that fits a field of the model."""
        own = filter_for(field) if field_name == field.name else None
        return own or super().filter_for_field(field, field_name, lookup_expr)

    @classmethod
    def parameters(cls) -> list[str]:
        """Return the names under which the filters are asked for; a stretch of days has two."""
        return [key for name, each in cls.base_filters.items() for key in _keys(name, each.field_class)]

    def __init__(
        self, data: Any = None, queryset: QuerySet[Any] | None = None, *, user: Any = None, **options: Any
    ) -> None:
        request = options.get("request")
        self.user = user if user is not None else getattr(request, "user", None)
        super().__init__(data if data is not None else QueryDict(), queryset, **options)
        self.search_hint = self.search_hint or hint_of(self.queryset.model, self.search)

    @property
    def form(self) -> Any:
        """The form of the filters, its choices narrowed to what the user may see."""
        made = hasattr(self, "_form")
        form = super().form
        if not made:
            scope_choices(form.fields, self.user)
            for field in form.fields.values():
                if type(field.widget) is forms.Select:
                    field.widget = QuickSelect(attrs=field.widget.attrs, choices=field.widget.choices)
            _lay_out(form.fields)
        return form

    @property
    def has_more(self) -> bool:
        """Whether some of the filters wait behind a button."""
        return any(field.rest for name, field in self.form.fields.items() if name != "q")

    def find(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep the rows in which each word is found by one of the lookups."""
        for word in value.split():
            queryset = queryset.filter(reduce(or_, (Q(**{lookup: word}) for lookup in self.search), Q(pk__in=())))
        return queryset

    @property
    def rows(self) -> QuerySet[Any]:
        """The filtered rows; none while a filter is in error, so that nothing passes for an answer."""
        rows: QuerySet[Any] = self.qs if self.form.is_valid() else self.queryset.none()
        return rows

    def chips(self) -> list[dict[str, str]]:
        """Return label, shown value and the address without it of each filter in force."""
        shown = []
        for name, value in self.form.cleaned_data.items() if self.form.is_valid() else ():
            field = self.form.fields[name]
            keys = [key for key in _keys(name, type(field)) if self.data.get(key)]
            if value in (None, "", []) or not keys:
                continue
            rest = self.data.copy()
            for key in (*keys, "page"):
                rest.pop(key, None)
            words = dict(flat(getattr(field, "choices", ()))) if not hasattr(field, "queryset") else {}
            word = words.get(self.data.get(name), value)
            if isinstance(value, bool):
                word = _("是") if value else _("否")
            shown.append(
                {"label": str(self.filters[name].label or field.label), "value": str(word), "rest": rest.urlencode()}
            )
        return shown


def _lay_out(fields: dict[str, Any]) -> None:
    """Mark with `rest` the filters behind "more": one row holds the search and three others, stretches of days not."""
    asked = [field for name, field in fields.items() if name != "q"]
    free = FIRST_ROW
    for field in asked:
        field.rest = len(asked) > FIRST_ROW and (free == 0 or isinstance(field, DaysField))
        free -= not field.rest


def _keys(name: str, field: Any) -> list[str]:
    """Return the names in the address of what a filter's input sends."""
    suffixes = getattr(getattr(field, "widget", None), "suffixes", None)
    return [f"{name}_{suffix}" for suffix in suffixes] if suffixes else [name]
