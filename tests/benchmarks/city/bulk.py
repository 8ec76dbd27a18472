"""How an operator loads a city: triggers off, the indexes and the rules that need one dropped, all of them back at the end.

Foreign keys are triggers too, so they are not asked; checks of a row are. What triggers would have written is written by
`Tables.settle`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import connection
from django.db.models import Model, UniqueConstraint

_SETTINGS = {"session_replication_role": "replica", "maintenance_work_mem": "'256MB'"}


@contextmanager
def triggers_off() -> Iterator[None]:
    """Let no trigger fire for the session."""
    with connection.cursor() as cursor:
        for name, value in _SETTINGS.items():
            cursor.execute(f"SET {name} = {value}")
        try:
            yield
        finally:
            for name in _SETTINGS:
                cursor.execute(f"RESET {name}")


@contextmanager
def indexes_off(models: Iterable[type[Model]]) -> Iterator[None]:
    """Drop the declared indexes of these tables, and what is unique or exclusive there; build them once at the end."""
    chosen = list(models)
    indexes = [(model, index) for model in chosen for index in model._meta.indexes]
    rules = [
        (model, rule)
        for model in chosen
        for rule in model._meta.constraints
        if isinstance(rule, (UniqueConstraint, ExclusionConstraint))
    ]
    with connection.schema_editor() as editor:
        for model, index in indexes:
            editor.remove_index(model, index)
        for model, rule in rules:
            editor.remove_constraint(model, rule)
    yield
    with connection.schema_editor() as editor:
        for model, rule in rules:
            editor.add_constraint(model, rule)
        for model, index in indexes:
            editor.add_index(model, index)
