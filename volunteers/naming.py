"""Naming a volunteer: by the number, which means the registration in force, or by one of the suggestions.

Who has moved has two registrations with one number. An ended one goes by its own number in the portal, `#17`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import F, QuerySet
from django.urls import reverse_lazy
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from governance.kit.limits import limit_of
from governance.kit.naming import NamingField
from governance.kit.references import Named, Reference, Refusal
from governance.kit.scoping import Scope
from governance.kit.texts import echoed, refused_character
from volunteers.models import Volunteer

OWN = "#"
_IN_FORCE_FIRST = F("until").desc(nulls_first=True)


def key_of(volunteer: Volunteer) -> str:
    """Return what names a registration."""
    return volunteer.number if volunteer.until is None else f"{OWN}{volunteer.pk}"


def find(rows: QuerySet[Volunteer], text: str) -> Volunteer | None:
    """Return the registration that a text means: of several under one number the one in force, else the latest."""
    key = text.split(" ", 1)[0]
    if not key.startswith(OWN):
        return rows.filter(number=key).order_by(_IN_FORCE_FIRST, "-pk").first()
    digits = key.removeprefix(OWN)
    return rows.filter(pk=int(digits)).first() if digits.isascii() and digits.isdigit() and len(digits) < 19 else None


def shown(volunteer: Volunteer) -> str:
    """Return the key with the masked name behind it, as suggestions have it."""
    return f"{key_of(volunteer)} {volunteer.person}"


class VolunteerInput(forms.TextInput):
    """A text input whose suggestions come from the server as one types; without scripts a number will do."""

    template_name = "kit/record_input.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        hint = {"autocomplete": "off", "class": "form-control", "placeholder": gettext_lazy("志愿者编号或姓名")}
        super().__init__(hint | (attrs or {}))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the address of the suggestions, and the name behind a bare number."""
        text = str(value or "")
        rows = getattr(getattr(self, "choices", None), "queryset", None)
        known = find(rows.select_related("person"), text) if rows is not None and text and " " not in text else None
        context = super().get_context(name, value if known is None else shown(known), attrs)
        return context | {"choices_url": reverse_lazy("volunteers:volunteer_choices")}


class VolunteerField(NamingField):
    """A volunteer inside the user's scope."""

    widget = VolunteerInput

    def __init__(self, queryset: Any = None, **options: Any) -> None:
        super().__init__(Volunteer.objects.all() if queryset is None else queryset, **options)

    def found(self, text: str) -> list[Any]:
        """Return the registration that a text means."""
        record = find(self.queryset, text)  # type: ignore[arg-type]
        return [] if record is None else [record]

    def key_of(self, value: Any) -> str:
        """Return the key and the masked name."""
        return shown(value)

    def hint(self, code: str, text: str) -> str:
        """Return how a volunteer can be named."""
        return _("请填志愿者编号，或从提示中挑选。")


@extend_schema_field(OpenApiTypes.STR)
class VolunteerFilter(django_filters.Filter):
    """Keeps the rows of one registration; `?volunteer=V000017`."""

    field_class = VolunteerField


@extend_schema_field(OpenApiTypes.STR)
class VolunteerKeyField(serializers.RelatedField[Any, Any, Any]):
    """A volunteer in the API: the number, inside the caller's scope."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "does_not_exist": gettext_lazy("没有“{value}”，或者它不在您的地区内。"),
        "invalid": gettext_lazy("请填志愿者编号。"),
    }

    def __init__(self, **options: Any) -> None:
        if not options.get("read_only"):
            options.setdefault("queryset", Volunteer.objects.all())
        super().__init__(**options)

    def to_representation(self, value: Any) -> str:
        """Return the key."""
        return key_of(value)

    def to_internal_value(self, data: Any) -> Volunteer:
        """Find the registration."""
        if not isinstance(data, str) or refused_character(data):
            self.fail("invalid")
        rows: Any = self.get_queryset()
        record = find(rows.nameable_by(getattr(self.context.get("request"), "user", None)), data[:80])
        if record is None:
            self.fail("does_not_exist", value=echoed(data))
        return record

    def get_choices(self, cutoff: Any = None) -> dict[Any, Any]:
        """Offer nobody: a list of millions is no description."""
        return {}


def _form_field(field: Any) -> VolunteerField:
    return VolunteerField(
        label=capfirst(field.verbose_name), required=not field.blank, help_text=field.help_text, limit=limit_of(field)
    )


def _resolve(names: Collection[Named], within: Any) -> Mapping[Named, Any]:
    """Return the registration behind each number; two queries for any number of names."""
    rows: Any = Volunteer.objects.inside(within) if isinstance(within, Scope) else Volunteer.objects.nameable_by(within)
    keys = {text: text.split(" ", 1)[0] for (text,) in names}
    own = {key for key in keys.values() if key.startswith(OWN) and key[1:].isascii() and key[1:].isdigit()}
    own = {key for key in own if len(key) < 20}
    numbered = rows.filter(number__in=set(keys.values()) - own).order_by(_IN_FORCE_FIRST, "-pk")
    found: dict[str, int] = {}
    for number, pk in numbered.values_list("number", "pk"):
        found.setdefault(number, pk)
    if own:
        found |= {
            f"{OWN}{pk}": pk for pk in rows.filter(pk__in=[int(key[1:]) for key in own]).values_list("pk", flat=True)
        }
    told = _("没有“%(given)s”，或者它不在您的地区内。")
    return {(text,): found.get(key) or Refusal(told % {"given": text[:50]}) for text, key in keys.items()}


VOLUNTEER = Reference(
    model=Volunteer,
    form=_form_field,
    filter=VolunteerFilter,
    serializer=VolunteerKeyField,
    key=key_of,
    resolve=_resolve,
    show="named",  # no field: a table shows the volunteer as a text
)
