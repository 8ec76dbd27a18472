"""Filters and order of an endpoint: what is refused comes with what is allowed, in the words of programs."""

from __future__ import annotations

from itertools import islice
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ValidationError
from rest_framework.filters import OrderingFilter

from governance.kit.choices import flat
from governance.kit.wording import listed

NAMED = 50


class NamedFilters(DjangoFilterBackend):
    """The listing's filters; an unknown choice is refused with the keys that there are."""

    def filter_queryset(self, request: Any, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        """Return the filtered rows, or refuse field by field; one record is found by its key alone."""
        if view.action != "list":
            return queryset
        filterset = self.get_filterset(request, queryset, view)
        if not filterset.is_valid():
            fields = filterset.form.fields
            raise ValidationError(
                {
                    name: [_words(fields.get(name), error) for error in errors]
                    for name, errors in filterset.errors.as_data().items()
                }
            )
        return filterset.qs  # type: ignore[no-any-return]


def _words(field: Any, error: Any) -> str:
    """Return the words of a refusal; those about a choice list its keys."""
    if error.code == "invalid_choice" and isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        keys = [str(getattr(key, "value", key)) for key, _label in flat(choices) if key not in ("", None)]
        if len(keys) <= NAMED:
            given = str((error.params or {}).get("value", ""))[:80]
            return _("没有“%(given)s”这个选项。可以填：%(allowed)s。") % {"given": given, "allowed": listed(keys)}
    return " ".join(map(str, error.messages))


class NamedOrdering(OrderingFilter):
    """`ordering=name,-since`; an unknown field is refused with those that there are."""

    def remove_invalid_fields(self, queryset: Any, fields: Any, view: Any, request: Any) -> Any:
        """Return the fields, or refuse."""
        allowed = [name for name, _label in self.get_valid_fields(queryset, view, {"request": request})]
        wrong = [name for name in fields if name.removeprefix("-") not in allowed]
        if wrong:
            text = _("不能按“%(given)s”排序。可以用：%(allowed)s。")
            values = {"given": listed(name[:80] for name in islice(wrong, NAMED)), "allowed": listed(allowed)}
            raise ValidationError({self.ordering_param: [text % values]})
        return fields
