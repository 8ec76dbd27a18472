"""The page of a record, known from its listing: models know no listing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model

ADDRESSES: dict[type[Model], Callable[[Any], str]] = {}


def address_of(record: Model) -> str:
    """Return the address of a record's page; raises `LookupError` for a kind that has none."""
    found = ADDRESSES.get(record._meta.model)
    if found is None:
        raise LookupError(f"{record._meta.label} has no page")
    return found(record)
