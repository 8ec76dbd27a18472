"""Two imports take turns, and nobody changes the tree under an import."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import OperationalError, connection

from governance.regions.divisions import load as tables
from governance.regions.models import Region
from tests.regions.divisions import ROWS, load, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def other() -> Iterator[object]:
    """A second session with an open transaction."""
    session = connection.copy()
    session.ensure_connection()
    session.set_autocommit(False)
    try:
        yield session
    finally:
        session.rollback()
        session.close()


@pytest.mark.parametrize(
    "doing",
    [
        f"SELECT pg_advisory_xact_lock({tables._LOCK})",  # another import
        "UPDATE regions_region SET name = name",  # somebody who corrects a name
    ],
)
def test_an_import_waits_for_whoever_writes(tmp_path: Path, other: object, doing: str) -> None:
    with other.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(doing)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '200ms'")
    with pytest.raises(OperationalError, match="lock timeout"):
        load(written(tmp_path, *ROWS))
    assert not Region.objects.exists()
    other.rollback()  # type: ignore[attr-defined]
    with connection.cursor() as cursor:  # autovacuum may hold the table a moment longer, and gives way by itself
        cursor.execute("SET LOCAL lock_timeout = DEFAULT")
    assert load(written(tmp_path, *ROWS)).added == len(ROWS)
