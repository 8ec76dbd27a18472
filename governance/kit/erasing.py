"""What belongs to a person, found by asking the models: which tables lead to her, and what in them is about her.

A table is hers when a key of it leads to her record, or a personal key leads to a table of hers. In such a table all that
is classified personal or sensitive is about her, unless its app says whose it is instead (`of_others`). Nothing is listed
by hand, so a new table with a person is part of her copy and of her deletion from its first day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import CharField, CheckConstraint, FileField, ForeignKey, Model, Q, QuerySet, TextField
from django.db.models.constants import LOOKUP_SEP
from django.utils.functional import Promise

from governance.kit.initialsfield import InitialsField
from governance.kit.privacy import Classification, classification_of
from governance.kit.sealed import BlindIndexField, SealedField

GONE = "已删除"  # stands where a text must not be empty
Text = str | Promise
# Forgets what is kept aside about records (keys by model), or holds one of the texts.
Forgetter = Callable[[Mapping[type[Model], set[int]], set[str]], None]
_PRIVATE = {Classification.PERSONAL, Classification.SENSITIVE}

_of_others: dict[type[Model], tuple[frozenset[str], Text]] = {}
_stays: dict[type[Model], Text] = {}
_forgetters: list[Forgetter] = []


def of_others(model: type[Model], *fields: str, why: Text) -> None:
    """Say that fields of a table with a key to a person are about somebody else, and about whom."""
    _of_others[model] = (frozenset(fields), why)


def stays(model: type[Model], why: Text) -> None:
    """Say why the rest of a record has to be kept when a person is deleted, such as a ledger by law."""
    _stays[model] = why


def reason_to_stay(model: type[Model]) -> Text:
    """Return that reason; without one it stays because it says nothing of anybody any more."""
    return _stays.get(model, "")


def forgotten_by(forgetter: Forgetter) -> None:
    """Register what forgets copies that are kept aside: staged imports, saved filters."""
    if forgetter not in _forgetters:
        _forgetters.append(forgetter)


def forget_aside(keys: Mapping[type[Model], set[int]], texts: set[str]) -> None:
    """Have all of them forget."""
    for forgetter in _forgetters:
        forgetter(keys, texts)


@dataclass(frozen=True, slots=True)
class Holding:
    """A table with rows of a person, and the look-ups that lead from a row to her."""

    model: type[Model]
    ways: tuple[str, ...]

    def rows(self, person: Any) -> QuerySet[Any]:
        """Return her rows."""
        if not self.ways:
            return self.model._default_manager.filter(pk=person.pk)
        condition = Q()
        for way in self.ways:
            condition |= Q(**{way: person})
        return self.model._default_manager.filter(condition)

    @property
    def fields(self) -> list[Any]:
        """What in a row is about her."""
        return private_fields(self.model)

    @property
    def derived(self) -> bool:
        """Whether the database keeps the rows from those of other tables."""
        return self.model._meta.label_lower in settings.HISTORY_LEFT_OUT


def holdings(root: type[Model]) -> list[Holding]:
    """Return the tables of a person, that of her own record first."""
    ways: dict[type[Model], list[str]] = {root: []}
    newest = [root]
    while newest:
        found: list[type[Model]] = []
        for model in sorted(apps.get_models(), key=lambda each: each._meta.label):
            for key, target in _keys(model):
                if target not in newest or not (target is root or _is_private(model, key)):
                    continue
                if model not in ways:
                    found.append(model)
                own = ways.setdefault(model, [])
                own += [key] if target is root else [f"{key}{LOOKUP_SEP}{way}" for way in ways[target]]
        newest = [each for each in found if each is not root]
    return [Holding(model, tuple(dict.fromkeys(found_ways))) for model, found_ways in ways.items()]


def private_fields(model: type[Model]) -> list[Any]:
    """Return the fields of a table that are about the person it belongs to: classified so, files, no keys."""
    others = _of_others.get(model, (frozenset(), ""))[0]
    levels = classification_of(model)
    return [
        field
        for field in model._meta.concrete_fields
        if not (field.is_relation or field.primary_key or field.generated or field.name in others)
        and (levels.get(field.name) in _PRIVATE or isinstance(field, FileField))
    ]


def whose(model: type[Model]) -> Text:
    """Return about whom the fields are that are left out."""
    return _of_others.get(model, (frozenset(), ""))[1]


def emptied(field: Any, key: Any) -> Any:
    """Return what stands in a field once it is emptied; raises `LookupError` where nothing could.

    A text that a rule of the database asks for is replaced, with the key of its row: two who were deleted may have been
    told apart by it.
    """
    if field.null:
        return None
    if isinstance(field, FileField) or (
        isinstance(field, CharField | TextField) and field.blank and not _is_asked(field)
    ):
        return ""
    if isinstance(field, CharField | TextField) and not field.choices:
        return f"{GONE}{key}"[: field.max_length]
    raise LookupError(f"{field} can be neither missing nor empty")


def filled(model: type[Model]) -> Q:
    """Return the condition that something in a row is still there to be emptied."""
    condition = Q(pk__in=())
    for field in private_fields(model):
        if isinstance(field, BlindIndexField):
            continue
        if field.null:
            condition |= Q(**{f"{field.name}__isnull": False})
        else:
            condition |= ~Q(**{field.name: ""}) & ~Q(**{f"{field.name}__startswith": GONE})
    return condition


def _is_asked(field: Any) -> bool:
    """Return whether a check of its table speaks of a field."""
    checks = (each for each in field.model._meta.constraints if isinstance(each, CheckConstraint))
    return any(field.name in check.condition.referenced_base_fields for check in checks)  # type: ignore[union-attr]


def open_texts(record: Model) -> Iterator[str]:
    """Yield the texts of a row that are about the person, opened."""
    for field in private_fields(record._meta.model):
        value = getattr(record, field.attname)
        if isinstance(field, SealedField):
            yield value.open() if value is not None else ""
        elif isinstance(value, str) and not field.choices and not isinstance(field, InitialsField):
            yield value


def _keys(model: type[Model]) -> Iterator[tuple[str, type[Model]]]:
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey):
            yield field.name, field.related_model


def _is_private(model: type[Model], key: str) -> bool:
    return classification_of(model).get(key) in _PRIVATE
