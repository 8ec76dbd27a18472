"""What the look-ups of a declaration lead to: the fields on the way, and what a condition reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, ForeignKey, Model, Q
from django.db.models.constants import LOOKUP_SEP
from django.db.models.expressions import Combinable, F


class NotAField(Exception):
    """A look-up that leads to no field."""


class ManyValued(Exception):
    """A look-up that leads to several rows, which would multiply the one that is counted."""


def followed(model: type[Model], lookup: str) -> tuple[list[Field[Any, Any]], list[str]]:
    """Return the fields that a look-up leads over, and what is left of it (`gte`, `isnull`)."""
    fields: list[Field[Any, Any]] = []
    names = lookup.split(LOOKUP_SEP)
    at: type[Model] | None = model
    while names and at is not None:
        name = names[0]
        try:
            found: Any = at._meta.pk if name == "pk" else at._meta.get_field(name)
        except FieldDoesNotExist:
            break
        if found.one_to_many or found.many_to_many:
            raise ManyValued(lookup)
        fields.append(found)
        names = names[1:]
        at = found.related_model
    if not fields:
        raise NotAField(lookup)
    return fields, names


def field_at(model: type[Model], lookup: str) -> Field[Any, Any]:
    """Return the field that a look-up leads to; raises `NotAField`, `ManyValued`."""
    fields, rest = followed(model, lookup)
    if rest:
        raise NotAField(lookup)
    return fields[-1]


def may_be_null(model: type[Model], lookup: str) -> bool:
    """Return whether a look-up may yield nothing for a row."""
    return any(field.null or not field.concrete for field in followed(model, lookup)[0])


def target_of(field: Field[Any, Any]) -> Field[Any, Any]:
    """Return the field that says what a column holds: a foreign key holds what it points to."""
    while isinstance(field, ForeignKey):
        field = field.target_field
    return field


def read_by(condition: Q) -> Iterator[str]:
    """Yield the look-ups that a condition reads, on both sides of its comparisons."""
    for child in condition.children:
        if isinstance(child, Q):
            yield from read_by(child)
        elif isinstance(child, tuple):
            yield child[0]
            yield from _named_in(child[1])
        else:
            yield from _named_in(child)


def _named_in(value: Any) -> Iterator[str]:
    if isinstance(value, F):
        yield str(vars(value)["name"])
    elif isinstance(value, Q):
        yield from read_by(value)
    elif isinstance(value, Combinable):
        for inner in getattr(value, "get_source_expressions", list)():
            yield from _named_in(inner)
