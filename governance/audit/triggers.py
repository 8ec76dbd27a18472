"""The triggers that write the history of rows, whoever changes them: generated from the models, installed after migrations.

They speak once a statement, of all its rows together (transition tables), so that a COPY of a city costs one INSERT.
What is written while triggers are off (`session_replication_role`, `DISABLE TRIGGER`) is not in the history.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.checks import CheckMessage, Warning
from django.db import connections, transaction
from django.db.backends.utils import truncate_name
from django.utils.translation import gettext

from governance.audit.rowsql import body_of
from governance.audit.tracked import models, tracked

CHANGES = "audit_rowchange"
_PREFIX = "audit_history_"
_LONGEST = 63  # characters of a name in PostgreSQL
_ROWS = {
    "insert": "REFERENCING NEW TABLE AS new_rows",
    "update": "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "delete": "REFERENCING OLD TABLE AS old_rows",
    "truncate": "",
}


@dataclass(frozen=True, slots=True)
class History:
    """The function of a table, and the triggers that call it: one for each kind of statement."""

    table: str
    body: str

    @property
    def name(self) -> str:
        """The name of the function."""
        return truncate_name(f"{_PREFIX}{self.table}", _LONGEST)

    @property
    def sql(self) -> str:
        """What installs it. It writes with the rights of the owner: whoever may change a record may not write here."""
        triggers = "".join(
            f'CREATE TRIGGER "{truncate_name(f"{self.name}_{event}", _LONGEST)}" AFTER {event.upper()}'
            f' ON "{self.table}" {rows} FOR EACH STATEMENT EXECUTE FUNCTION "{self.name}"();\n'
            for event, rows in _ROWS.items()
        )
        return (
            f'CREATE OR REPLACE FUNCTION "{self.name}"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER'
            f" SET search_path = public, pg_temp AS $function$\n{self.body}\n$function$;\n{triggers}"
        )


def wanted(using: str = "default") -> list[History]:
    """Return the functions of all tables that are there with all their columns; none without the table of changes."""
    there = _columns(using)
    if not any(table == CHANGES for table, _column in there):
        return []
    found = []
    for model in models():
        told = tracked(model)
        if {(told.table, column) for column in (*told.columns, *told.silent)} <= there:
            found.append(History(told.table, body_of(told)))
    return found


def amiss(using: str = "default") -> list[str]:
    """Return the names of functions that are missing, old, not called by all their triggers, or wanted no longer."""
    right, present = {each.name: each for each in wanted(using)}, _installed(using)
    wrong = {name for name, each in right.items() if present.get(name) != (each.table, len(_ROWS), each.body)}
    return sorted(wrong | (present.keys() - right.keys()))


def install(using: str = "default", **options: Any) -> list[str]:
    """Make the triggers what they should be and return what was amiss; safe to call at any time."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        wrong = amiss(using)
        _drop(cursor, wrong)
        made = [each.sql for each in wanted(using) if each.name in wrong]
        if made:
            cursor.execute("".join(made))
    return wrong


def set_aside(using: str = "default", plan: Sequence[tuple[Any, bool]] = (), **options: Any) -> None:
    """Remove the triggers before a migration changes tables that they read; `install` brings them back after it."""
    owners = {model._meta.app_label for model in models()} | {"audit"}
    if owners & {migration.app_label for migration, _backwards in plan}:
        with transaction.atomic(using=using), connections[using].cursor() as cursor:
            _drop(cursor, sorted(_installed(using)))


def check(databases: Sequence[str] | None = None, **options: Any) -> list[CheckMessage]:
    """Say what goes unrecorded and how to mend it."""
    found: list[CheckMessage] = []
    for using in databases or ():
        if names := amiss(using):
            said = gettext("下列触发器缺失、过时或多余，变更记录会不全：%(names)s") % {"names": "、".join(names)}
            found.append(Warning(said, hint=gettext("运行 manage.py migrate，触发器会补齐。"), id="audit.W001"))
    return found


def _drop(cursor: Any, names: Sequence[str]) -> None:
    if names:  # with the triggers that call them
        cursor.execute("".join(f'DROP FUNCTION IF EXISTS "{name}"() CASCADE;' for name in names))


def _columns(using: str) -> set[tuple[str, str]]:
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT relname, attname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid"
            " WHERE relkind IN ('r', 'p') AND pg_table_is_visible(pg_class.oid) AND attnum > 0 AND NOT attisdropped"
        )
        return set(cursor.fetchall())


def _installed(using: str) -> dict[str, tuple[str, int, str]]:
    """Return table, number of triggers that are on, and body of each function that is there."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT proname, coalesce(min(relname), ''), count(*) FILTER (WHERE tgenabled IN ('O', 'A')), prosrc"
            " FROM pg_proc LEFT JOIN pg_trigger ON tgfoid = pg_proc.oid LEFT JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE proname LIKE %s AND pg_function_is_visible(pg_proc.oid) GROUP BY pg_proc.oid",
            [_PREFIX.replace("_", r"\_") + "%"],
        )
        return {name: (table, count, source.strip()) for name, table, count, source in cursor.fetchall()}
