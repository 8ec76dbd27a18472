"""How a related record is named, everywhere: in forms, filters, requests, files.

Each kind of record has one way: an app registers it for a kind of its own (places, people), a listing with an address
gives the common one. For other kinds there is a plain menu.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import django_filters
from django import forms
from django.db.models import Field, Model
from django.utils.functional import Promise
from rest_framework import serializers

Text = str | Promise
# The texts by which a file names one record, in the order of `Reference.columns`.
Named = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing is found behind a name; of a name of several cells `part` is the one that is wrong."""

    reason: Text
    part: int = 0


class ToBeMade:
    """What a form or a request says of a record that the action finds or makes, such as a person."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """How records of `model` are named.

    `form` makes the input of a foreign key, `filter` and `serializer` take the options of their frameworks. `key` is
    what files hold and addresses carry. `columns` are the suffix and the heading of each column of a file that names
    one record; an empty heading stands for the label of the field. `sealed` are the suffixes of those that files and
    staged rows hold sealed only, `notes` say by suffix how they are filled in, `others` under which
    other headings offices keep them. `resolve` finds many at once, inside a
    `Scope` or among those that a user may name. `show` is the attribute that a table shows.
    """

    model: type[Model]
    form: Callable[[Any], forms.Field]
    filter: Callable[..., django_filters.Filter]
    serializer: Callable[..., serializers.RelatedField[Any, Any, Any]]
    key: Callable[[Any], str]
    resolve: Callable[[Collection[Named], Any], Mapping[Named, Any]]
    columns: tuple[tuple[str, Text], ...] = (("", ""),)
    show: str = "name"
    sealed: frozenset[str] = frozenset()
    notes: Mapping[str, Text] = field(default_factory=dict)
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


_references: dict[type[Model], Reference] = {}
_own: set[type[Model]] = set()


def register(reference: Reference) -> None:
    """Name records of a kind in a way of their own."""
    if reference.model in _own:
        raise ValueError(f"{reference.model.__name__} is named in two ways")
    _own.add(reference.model)
    _references[reference.model] = reference


def offer(reference: Reference) -> None:
    """Name records of a kind in the common way, unless they have one of their own."""
    _references.setdefault(reference.model, reference)


def reference_for(field: Field[Any, Any] | Any) -> Reference | None:
    """Return how the records behind a foreign key are named; None means a plain menu."""
    related: Any = field.related_model
    return _references.get(related)
