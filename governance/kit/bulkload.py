"""Many rows at once: by COPY, and where the database user may, with triggers off and indexes built at the end.

Foreign keys are triggers too, so they are not asked then; checks of a row are. What triggers would have written is to be
written by whoever loads (docs/loading.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import connection
from django.db.models import Model, UniqueConstraint
from django.utils import timezone

from governance.kit.telling import tell_before_copy

_SETTINGS = {"session_replication_role": "replica", "maintenance_work_mem": "'256MB'"}
_SENT = 1 << 18  # characters that are handed to the server at a time
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_NOTHING = r"\N"


def may_switch_triggers_off() -> bool:
    """Return whether the database user is allowed to load without triggers: a superuser is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        return bool(cursor.fetchone()[0])


@contextmanager
def triggers_off() -> Iterator[None]:
    """Let no trigger fire for the session."""
    with connection.cursor() as cursor:
        for name, value in _SETTINGS.items():
            cursor.execute(f"SET {name} = {value}")
    failed = True
    try:
        yield
        failed = False
    finally:
        if not (failed and connection.in_atomic_block):  # else the end of the transaction takes the settings back
            with connection.cursor() as cursor:
                for name in _SETTINGS:
                    cursor.execute(f"RESET {name}")


@contextmanager
def indexes_off(models: Iterable[type[Model]]) -> Iterator[None]:
    """Drop the declared indexes of these tables, and what is unique or exclusive there; build them once at the end."""
    chosen = list(dict.fromkeys(models))
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


class _Lines:
    """Rows as COPY reads them, made while the server takes them in."""

    def __init__(self, rows: Iterable[Iterable[Any]], ending: str) -> None:
        self.rows, self.count, self.left, self.ending = iter(rows), 0, "", f"{ending}\n"

    def read(self, size: int = _SENT) -> str:
        """Return at most `size` characters; an empty text at the end."""
        parts, length = [self.left], len(self.left)
        while length < size:
            row = next(self.rows, None)
            if row is None:
                break
            line = "\t".join([_cell(value) for value in row]) + self.ending
            parts.append(line)
            length += len(line)
            self.count += 1
        text = "".join(parts)
        self.left = text[size:]
        return text[:size]


def copy(model: type[Model], columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> int:
    """COPY rows into columns of a table and return how many; None is nothing.

    What is left out and must not be nothing has its default: a text is empty, `changed_at` is now.
    """
    names = [*columns]
    table = connection.ops.quote_name(model._meta.db_table)
    left_out = dict(_left_out(model, set(names)))
    names += left_out
    lines = _Lines(rows, "".join(f"\t{_cell(value)}" for value in left_out.values()))
    listed = ", ".join(connection.ops.quote_name(name) for name in names)
    tell_before_copy()
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.copy_expert(f"COPY {table} ({listed}) FROM STDIN", lines, _SENT)
    return lines.count


def take_keys(model: type[Model], count: int) -> list[int]:
    """Return so many keys that nobody else is given, in ascending order."""
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(model._meta.db_table)
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
        return [key for (key,) in cursor.fetchall()]


def _left_out(model: type[Model], given: set[str]) -> Iterator[tuple[str, Any]]:
    for field in model._meta.concrete_fields:
        column = str(field.column)
        if column in given or field.null or field.primary_key or field.generated:
            continue
        if column == "changed_at":
            yield column, timezone.now().isoformat()
        elif field.has_default():
            yield column, field.get_default()
        elif field.empty_strings_allowed:
            yield column, ""


def _cell(value: Any) -> str:
    if value is None:
        return _NOTHING
    if value.__class__ is str:
        return value.translate(_ESCAPED) if "\\" in value or "\t" in value or "\n" in value else value
    if value is True:
        return "t"
    if value is False:
        return "f"
    if isinstance(value, bytes):
        return rf"\\x{value.hex()}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
