"""Which tables keep a history of their rows, and what of a row may stand in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db.models import ForeignKey, JSONField, Model
from django.db.models.constants import LOOKUP_SEP

from governance.kit.privacy import Classification, classification_of
from governance.kit.sealed import BlindIndexField, SealedField

NOISE = frozenset({"changed_at", "last_login", "last_step"})  # columns that say nothing by themselves


@dataclass(frozen=True, slots=True)
class Step:
    """From a row to the row that a foreign key of it names: the column, and the table and key it points to."""

    column: str
    table: str
    key: str


@dataclass(frozen=True, slots=True)
class Tracked:
    """A table with a history. `hidden` columns never show a value; those with a blind index show a piece of its checksum.

    `home` leads to the row that holds `path`, the place where the record is homed; without a path it has none.
    """

    table: str
    key: str
    columns: tuple[str, ...]
    hidden: tuple[tuple[str, str], ...]
    silent: tuple[str, ...]
    home: tuple[Step, ...]
    path: str
    holds_json: bool


def models() -> Iterator[type[Model]]:
    """Yield our own models whose rows are facts, tables of pairs included."""
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta
        if (
            meta.managed
            and not meta.proxy
            and _ours(meta.app_config)
            and meta.label_lower not in settings.HISTORY_LEFT_OUT
        ):
            yield model


@cache
def model_of(table: str) -> type[Model] | None:
    """Return the model whose table it is."""
    return next((model for model in models() if model._meta.db_table == table), None)


@cache
def tables() -> dict[str, Any]:
    """Return what the records of each table are called, by the name of the table."""
    return {model._meta.db_table: model._meta.verbose_name for model in models()}


def tracked(model: type[Model]) -> Tracked:
    """Return what the triggers of a model's table have to know."""
    fields: list[Any] = list(model._meta.concrete_fields)
    key: Any = model._meta.pk
    indexes = {field.of: str(field.column) for field in fields if isinstance(field, BlindIndexField)}
    hidden = {str(field.column): indexes.get(field.name, "") for field in fields if is_hidden(model, field)}
    silent = {key.column} | {field.column for field in fields if field.name in NOISE}
    home, path = _home(model)
    return Tracked(
        model._meta.db_table,
        key.column,
        tuple(field.column for field in fields if field.column not in silent),
        tuple(
            sorted((column, index) for column, index in hidden.items() if column not in {*silent, *indexes.values()})
        ),
        tuple(sorted(silent)),
        home,
        path,
        any(isinstance(field, JSONField) for field in fields),
    )


def is_hidden(model: type[Model], field: Any) -> bool:
    """Return whether the values of a field stay out of the history: sealed, sensitive, or classified by nobody."""
    if isinstance(field, SealedField | BlindIndexField):
        return True
    if model._meta.auto_created:
        return False  # a table of pairs holds keys alone
    known = classification_of(model)
    level = known.get(field.name, Classification.INTERNAL if field.primary_key else Classification.SENSITIVE)
    return level is Classification.SENSITIVE


def _ours(config: Any) -> bool:
    return str(config.module.__file__).startswith(str(settings.BASE_DIR)) and "site-packages" not in config.path


def _home(model: type[Model]) -> tuple[tuple[Step, ...], str]:
    """Return the way to the place of a record; none where it goes through anything but foreign keys."""
    way = getattr(model._default_manager.get_queryset(), "region_path", "")
    steps, at = [], model
    *names, last = way.split(LOOKUP_SEP)
    try:
        for name in names:
            field: Any = at._meta.get_field(name)
            if not isinstance(field, ForeignKey):
                return (), ""
            at = field.related_model
            steps.append(Step(str(field.column), at._meta.db_table, str(field.target_field.column)))
        found: Any = at._meta.get_field(last)
    except FieldDoesNotExist:
        return (), ""
    return tuple(steps), str(found.column)
