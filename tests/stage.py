"""What many tests look at and none of them keeps: made once, under a transaction that is rolled back after the last.

Each test runs inside a savepoint of it, so it may write what it likes. Records are handed out as copies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import transaction
from django.test import Client

T = TypeVar("T")


@contextmanager
def staged(blocker: Any, make: Callable[[], T]) -> Iterator[T]:
    """Make something in the database that lasts until the end of a fixture; the database stays locked in between."""
    outer = transaction.atomic()
    outer._from_testcase = True  # type: ignore[attr-defined]  # code that insists on the outermost transaction finds it
    with blocker.unblock():
        outer.__enter__()
        try:
            made = make()
        except BaseException:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)
            raise
    try:
        yield made
    finally:
        with blocker.unblock():
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


def same_visitor(client: Client) -> Client:
    """Return a client signed in like this one, with nothing that an earlier test has left in it."""
    again = Client()
    again.handler = client.handler  # it has put its middleware together already
    again.defaults = dict(client.defaults)
    for name, morsel in client.cookies.items():
        again.cookies[name] = morsel.value
    return again
