"""A record's values as JSON that the database takes back by column: a row is staged the way it will be written."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, models


@cache
def written_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """Return the fields that an import writes: not the key, not what the database or the clock fills in."""
    return [
        each
        for each in model._meta.concrete_fields
        if not each.primary_key and not getattr(each, "generated", False) and not told_by_clock(each)
    ]


def told_by_clock(field: models.Field[Any, Any]) -> bool:
    """Return whether a field takes the moment at which its row is written."""
    return bool(getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False))


def stored_values(record: models.Model, stored: models.Model | None) -> dict[str, Any]:
    """Return what is to be written by column: all of a new record, of a stored one what differs."""
    values: dict[str, Any] = {}
    for field in written_fields(record._meta.model):
        column = str(field.column)
        if isinstance(field, models.FileField):
            if stored is None:
                values[column] = ""
            continue
        value = field.pre_save(record, stored is None)
        if stored is None or getattr(stored, field.attname) != value:
            values[column] = as_json(field.get_db_prep_save(value, connection))
    return values


def as_json(value: Any) -> Any:
    """Return a value, as it goes to the database, the way `jsonb_populate_record` reads it."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [as_json(each) for each in value]
    if isinstance(value, bytes | memoryview):
        return "\\x" + bytes(value).hex()
    if isinstance(value, Decimal | UUID | float):
        return str(value)
    inner = getattr(value, "adapted", value)  # the driver's own wrapper of bytes or JSON
    return as_json(inner) if isinstance(inner, bytes | memoryview) else inner
