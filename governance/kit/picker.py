"""Naming a record of a listing: by its natural key, by its number, by a name that only one has, or picked.

The common way for every listing with an address; suggestions come from its page `<app>:<name>_choices`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

import django_filters
from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from governance.kit.filtering import hint_of
from governance.kit.limits import limit_of
from governance.kit.naming import NamingField
from governance.kit.references import Named, Reference, Refusal
from governance.kit.scoping import Scope
from governance.kit.serializers import NamedKeyField
from governance.kit.texts import echoed, refused_character

if TYPE_CHECKING:
    from governance.kit.listing import Listing

NUMBER = "#"  # in front of the number of a record whose kind goes by another key


def natural_of(listing: Listing) -> str:
    """Return the one field that finds a record, or nothing where it takes none or several."""
    return listing.natural[0] if len(listing.natural) == 1 else ""


def name_field(model: type[Model]) -> str:
    """Return the field that says how records are called, or nothing."""
    for name in ("name", "title"):
        try:
            model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        return name
    return ""


def key_of(listing: Listing, record: Any) -> str:
    """Return the natural key of a record, or its number where it has none."""
    natural = natural_of(listing)
    if not natural:
        return str(record.pk)
    return str(getattr(record, natural) or "") or f"{NUMBER}{record.pk}"


def shown_with_name(listing: Listing, record: Any) -> str:
    """Return the key with the name behind it, as suggestions have it."""
    return f"{key_of(listing, record)} {record}"


def _look_up(listing: Listing, key: str) -> dict[str, Any] | None:
    """Return the condition for a key."""
    natural = natural_of(listing)
    if key.startswith(NUMBER) or not natural:
        digits = key.removeprefix(NUMBER)
        return {"pk": int(digits)} if digits.isascii() and digits.isdigit() and len(digits) < 19 else None
    return {natural: key}


def find(rows: QuerySet[Any], listing: Listing, text: str) -> list[Any]:
    """Return the record that a text means, or two where it could be either, or none."""
    condition = _look_up(listing, text.split(" ", 1)[0])
    found = list(rows.filter(**condition)[:2]) if condition is not None else []
    name = name_field(listing.model)
    return found or (list(rows.filter(**{name: text})[:2]) if name else [])


class RecordInput(forms.TextInput):
    """A text input whose suggestions come from the server as one types; without scripts a key or a name will do."""

    template_name = "kit/record_input.html"

    def __init__(self, listing: Listing, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "class": "form-control"} | (attrs or {}))
        self.listing = listing

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the address of the suggestions, and the name behind a bare key."""
        text = str(value or "")
        rows = getattr(getattr(self, "choices", None), "queryset", None)
        condition = _look_up(self.listing, text) if text and " " not in text else None
        record = rows.filter(**condition).first() if rows is not None and condition is not None else None
        shown = value if record is None else shown_with_name(self.listing, record)
        context = super().get_context(name, shown, {"placeholder": _hint(self.listing)} | (attrs or {}))
        return context | {"choices_url": self.listing.url("choices")}


class RecordField(NamingField):
    """A record of a listing, inside the user's scope."""

    def __init__(self, queryset: Any = None, *, listing: Listing, **options: Any) -> None:
        options.setdefault("widget", RecordInput(listing))
        super().__init__(listing.model._default_manager.all() if queryset is None else queryset, **options)
        self.listing = listing

    def found(self, text: str) -> list[Any]:
        """Return the records that a text may mean."""
        return find(self.queryset, self.listing, text)  # type: ignore[arg-type]

    def key_of(self, value: Any) -> str:
        """Return the key and the name."""
        return shown_with_name(self.listing, value)

    def hint(self, code: str, text: str) -> str:
        """Return how a record can be named."""
        return _("请填%(key)s，或从提示中挑选。") % {"key": _key_label(self.listing)}


@extend_schema_field(OpenApiTypes.STR)
class RecordFilter(django_filters.Filter):
    """Keeps the rows that belong to one record; `?organization=91430211MJJ…`."""

    field_class = RecordField


class RecordSlugField(serializers.SlugRelatedField[Any]):
    """A record in the API by its natural key, inside the caller's scope."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "does_not_exist": gettext_lazy("没有“{value}”，或者它不在您的地区内。"),
        "invalid": gettext_lazy("请填记录的标识。"),
    }

    def to_internal_value(self, data: Any) -> Any:
        """Find the record by its key, which is a text."""
        if not isinstance(data, str) or refused_character(data):
            self.fail("invalid")
        if len(data) > 80:
            self.fail("does_not_exist", value=echoed(data))
        return super().to_internal_value(data)


def record_reference(listing: Listing) -> Reference:
    """Return how records of a listing are named."""
    natural = natural_of(listing)
    by_key = bool(natural) and not listing.model._meta.get_field(natural).null
    return Reference(
        model=listing.model,
        form=partial(_form_field, listing),
        filter=partial(RecordFilter, listing=listing),
        serializer=partial(RecordSlugField, slug_field=natural) if by_key else NamedKeyField,
        key=partial(key_of, listing),
        resolve=partial(resolve, listing),
        show=name_field(listing.model),
    )


def _form_field(listing: Listing, field: Any) -> RecordField:
    return RecordField(
        listing=listing,
        label=capfirst(field.verbose_name),
        required=not field.blank,
        help_text=field.help_text,
        limit=limit_of(field),
    )


def resolve(listing: Listing, names: Collection[Named], within: Any) -> Mapping[Named, Any]:
    """Return the number of the record behind each name, or why there is none; two queries for any number of names."""
    manager: Any = listing.model._default_manager
    rows = manager.all().inside(within) if isinstance(within, Scope) else manager.all().nameable_by(within)
    by_key: dict[str, list[Any]] = {}
    wanted = {text for (text,) in names}
    keys = {text.split(" ", 1)[0] for text in wanted}
    for look_up in ("pk", natural_of(listing)):
        values = [value for key in keys for value in ((_look_up(listing, key) or {}).get(look_up, ""),) if value != ""]
        for value, pk in rows.filter(**{f"{look_up}__in": values}).values_list(look_up, "pk") if values else ():
            named = f"{NUMBER}{value}" if look_up == "pk" else str(value)
            by_key[named] = [pk] if named not in by_key else [*by_key[named], pk]
            if look_up == "pk" and not natural_of(listing):
                by_key[str(value)] = [pk]
    rest = {text for text in wanted if text.split(" ", 1)[0] not in by_key}
    by_name: dict[str, list[Any]] = {}
    name = name_field(listing.model)
    for value, pk in rows.filter(**{f"{name}__in": rest}).values_list(name, "pk") if name and rest else ():
        by_name.setdefault(value, []).append(pk)
    return {(text,): _one(listing, text, by_key.get(text.split(" ", 1)[0]) or by_name.get(text, [])) for text in wanted}


def _one(listing: Listing, text: str, found: list[Any]) -> Any:
    if len(found) == 1:
        return found[0]
    values = {"given": text[:50], "key": _key_label(listing)}
    if found:
        return Refusal(_("叫“%(given)s”的不止一个，请填%(key)s。") % values)
    return Refusal(_("没有“%(given)s”，或者它不在您的地区内。") % values)


def _hint(listing: Listing) -> Any:
    """Return what to type: the natural key or a name; else whatever the suggestions are found by."""
    if natural_of(listing):
        return _("名称或%(key)s") % {"key": _key_label(listing)}
    return listing.filterset.search_hint or hint_of(listing.model, listing.filterset.search)


def _key_label(listing: Listing) -> Any:
    natural = natural_of(listing)
    return listing.model._meta.get_field(natural).verbose_name if natural else gettext_lazy("编号")  # type: ignore[union-attr]
