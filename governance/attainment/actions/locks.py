"""Locks in the database that end with the session of whoever holds them: who has died is recognised at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

CHUNK, FINISH = 0x5108, 0x5109  # kinds of work that one process at a time does; the number says on what
_REFRESH = 0x510A  # whoever writes the numbers that are read
_NUMBER = 0x7FFFFFFF  # as much of a key as fits beside the kind
# a server that is busy with a statement of somebody who has died would not notice before its end
_NOTICED = "set_config('client_connection_check_interval', '1s', %s)"
_HELD = """
    SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND classid = %s AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


@contextmanager
def held(kind: int, key: int) -> Iterator[bool]:
    """Hold a lock, across transactions, if nobody does; yields whether that is so."""
    number = number_of(key)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_lock(%s, %s), {_NOTICED}", [kind, number, False])
        free = bool(cursor.fetchone()[0])
    try:
        yield free
    finally:
        if free and connection.is_usable():  # else the session has ended, and the lock with it
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [kind, number])


def holding(kind: int) -> set[int]:
    """Return the numbers that are worked on now."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [kind])
        return {number for (number,) in cursor.fetchall()}


def number_of(key: int) -> int:
    """Return the number under which a key is held."""
    return key & _NUMBER


def try_refresh() -> bool:
    """Take the lock of all who write the numbers that are read, until the transaction ends; False if it is taken."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_xact_lock(%s), {_NOTICED}", [_REFRESH, True])
        return bool(cursor.fetchone()[0])


def wait_for_refresh() -> None:
    """Take the same lock; whoever has it is waited for, as long as `lock_timeout` allows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_REFRESH])
