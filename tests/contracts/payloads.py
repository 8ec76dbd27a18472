"""What somebody would send to enter a record, on each surface: a record is made, shown as that surface shows it to be
filled in, and taken away again. An app whose forms ask for more says so in `tests/factories/<app>.py`:

    PAYLOADS = {Volunteer: lambda record, surface: {"consent": "on"}}    # page, admin or api; None takes a key away
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, models, transaction
from django.test import RequestFactory
from django.urls import resolve, reverse

from governance.kit.listing import Listing
from governance.kit.privacy import Classification, classification_of
from governance.kit.scoping import ScopedQuerySet
from governance.regions.models import Region
from tests.factories import make_record
from tests.factories.making import written


@dataclass(frozen=True)
class Payload:
    """What is sent, and the related records that it names, by field."""

    data: dict[str, Any]
    named: dict[str, Any]

    def refused(self, user: Any) -> set[str]:
        """Return the fields that name what `user` may not name."""
        return {
            name
            for name, record in self.named.items()
            if not record._meta.model._default_manager.nameable_by(user).filter(pk=record.pk).exists()
        }


def payload(listing: Listing, region: Region, surface: str, name: str, by: Any) -> Payload:
    """Return what enters a record homed at `region`; `by` sees everything that it names."""
    record = make_record(listing.model, region, name)
    data = _of_endpoint(listing, record, by) if surface == "api" else _of_form(listing, record, by)
    more = written("PAYLOADS").get(listing.model)
    if more is not None:
        data = {key: value for key, value in (data | more(record, surface)).items() if value is not None}
    fields = {field.name: field for field in listing.model._meta.concrete_fields}
    named = {
        field: getattr(record, field)
        for field in dict.fromkeys(key if key in fields else key.rsplit("_", 1)[0] for key in data)
        if isinstance(fields.get(field), models.ForeignKey)
        and isinstance(fields[field].related_model._default_manager.get_queryset(), ScopedQuerySet)
        and getattr(record, field) is not None
    }
    _take_away(record)
    return Payload(data, named)


def _take_away(record: Any) -> None:
    """Remove the record, also one that the database never lets go."""
    own = record._meta.model._base_manager.filter(pk=record.pk)
    try:
        with transaction.atomic():
            own.delete()
    except IntegrityError:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            own.delete()
            cursor.execute("SET session_replication_role = DEFAULT")


def _of_form(listing: Listing, record: Any, by: Any) -> dict[str, Any]:
    """Return the fields of the form as a browser would send them."""
    assert listing.form is not None, f"{listing.name} has no form"
    sealed = {name for name, level in classification_of(listing.model).items() if level is Classification.SENSITIVE}
    data: dict[str, Any] = {}
    for bound in listing.form(instance=record, user=by):
        field, name = bound.field, bound.html_name
        if name == "seen":
            continue
        if isinstance(field, forms.FileField):
            if field.required:
                data[name] = SimpleUploadedFile("made.pdf", b"%PDF-1.4 made", "application/pdf")
            continue
        value = getattr(record, name) if name in sealed else bound.value()
        if isinstance(field.widget, forms.MultiWidget):
            parts = zip(field.widget.widgets_names, field.widget.decompress(value), strict=True)
            data |= {f"{name}{part}": _text(each) for part, each in parts}
        elif isinstance(value, list | tuple):
            data[name] = [_text(each) for each in value]
        elif value is not None and value is not False:
            data[name] = "on" if value is True else _text(value)
    return data


def _of_endpoint(listing: Listing, record: Any, by: Any) -> dict[str, Any]:
    """Return the fields of the endpoint that can be written."""
    request = RequestFactory().get("/")
    request.user = by
    view = resolve(reverse(f"api:{listing.name}-list")).func.cls  # type: ignore[attr-defined]
    serializer = view.serializer_class(record, context={"request": request})
    shown = serializer.data
    return {
        name: shown[name]["id"] if isinstance(shown[name], Mapping) else shown[name]
        for name, field in serializer.fields.items()
        if name in shown and not field.read_only and name != "changed_at" and shown[name] not in (None, "")
    }


def _text(value: Any) -> str:
    """Return a value as an input holds it."""
    if isinstance(value, models.Model):
        return str(value.pk)
    return value.isoformat() if isinstance(value, date | datetime) else "" if value is None else str(value)
