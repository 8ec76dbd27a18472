"""Tells the database, with each statement that may write, who does what and from where: its triggers keep it.

What is told holds until the end of the transaction and travels with the statement itself, so nothing is asked twice.
A connection that tells nothing, `psql` for instance, is told apart by that.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.db import connection as default_connection
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg2.extensions import QuotedString

from governance.kit import origin

SETTING = "governance.doing"
# Statements that write nothing, and some that may not run together with another one.
_SILENT: tuple[str, ...] = (
    "SELECT",
    "SAVEPOINT",
    "RELEASE",
    "ROLLBACK",
    "SET",
    "SHOW",
    "EXPLAIN",
    "VACUUM",
    "ANALYZE",
    "CREATE",
    "DROP",
)
_SILENT += ("ALTER", "COMMENT", "REINDEX", "CLUSTER", "LOCK", "DECLARE", "FETCH", "CLOSE", "BEGIN", "COMMIT", "RESET")


def told() -> str:
    """Return who does what, as the triggers read it."""
    current = origin.current()
    said = {"by": origin.doer(), "surface": origin.surface(), "address": current.address, "action": origin.doing()[:80]}
    return json.dumps({name: value for name, value in said.items() if value})


def listen(connection: BaseDatabaseWrapper, **options: Any) -> None:
    """Have a connection tell; it may be opened again and is asked once."""
    if connection.vendor == "postgresql" and _tell not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, _tell)


def tell_before_copy() -> None:
    """Tell it before a COPY, which is no statement like the others; good for the transaction that is open."""
    with default_connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, told()])


def _tell(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if many or not isinstance(sql, str) or sql.lstrip()[:10].upper().startswith(_SILENT):
        return execute(sql, params, many, context)
    quoted = QuotedString(told())
    quoted.encoding = "utf-8"
    said = f"SELECT set_config('{SETTING}', {quoted.getquoted().decode()}, true); "
    # a statement without parameters is sent as it stands, percent signs and all
    return execute((said if params is None else said.replace("%", "%%")) + sql, params, many, context)
