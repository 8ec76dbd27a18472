"""A place to load the demonstration into, and its traces removed: a hundred thousand dead rows would slow every later test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection


@pytest.fixture
def swept(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Vacuum the database once the test's transaction is taken back, which is after fixtures that come later."""
    yield
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
        connection.close()  # and with it plans that were made for other sizes


@pytest.fixture
def folder(swept: None, db: None, tmp_path: Path) -> Path:
    """An empty folder, and a database that is cleaned up behind the test."""
    return tmp_path
