"""A database of its own to load the demonstration into.

In the one of the other tests it would leave a hundred thousand dead rows, and plans of foreign keys that were made for
empty tables: each later test would be slower.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from governance.attainment.engine import rebuild


@pytest.fixture
def folder(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[Path]:
    """An empty folder, while the connection leads to a copy of the empty database."""
    tests = str(connection.settings_dict["NAME"])
    own = f"{tests}_demo"
    with django_db_blocker.unblock():
        # a browser that was closed a moment ago can have left a thread of the server with a connection to the template
        alone = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{tests}'"
        _instead(own, alone, f'DROP DATABASE IF EXISTS "{own}"', f'CREATE DATABASE "{own}" TEMPLATE "{tests}"')
        try:
            yield tmp_path
        finally:
            _instead(tests, f'DROP DATABASE "{own}"')


def _instead(name: str, *statements: str) -> None:
    """Leave the database that is used, carry out statements about databases, and use another one from now on."""
    connection.close()
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    connection.settings_dict["NAME"] = name
    for kept in (rebuild._planned, rebuild._all_planned):  # by the number of a run, which another database gives again
        kept.cache_clear()
