"""While two index keys are valid, one number has two checksums, and the unique index knows of one: who writes, waits.

Whoever records a number holds all its checksums until the end of her transaction and looks for each of them. With one
key the database does this alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import connection

_MANY = 7307  # held together by those who record single numbers, alone by those who record many


def several_keys() -> bool:
    """Return whether a number may stand under more than one checksum."""
    return len(settings.INDEX_KEYS) > 1


def hold(indexes: Sequence[bytes]) -> None:
    """Wait until nobody else is writing this number, given by its checksums; inside a transaction."""
    with connection.cursor() as cursor:
        if several_keys():
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_MANY])
        for index in sorted(indexes):  # in the same order by everybody, whichever key she takes first
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(index[:8], "big", signed=True)])


def hold_all() -> None:
    """Wait until nobody else is writing numbers, where two may be one; inside a transaction."""
    if several_keys():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_MANY])
