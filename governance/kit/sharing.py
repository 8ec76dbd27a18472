"""What several cards of one page read alike is read once: kept while the page is put together, and no longer."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")
_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("what the cards of a page share", default=None)


@contextmanager
def sharing() -> Iterator[None]:
    """Keep what is made by `shared` until the end of the block."""
    before = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(before)


def shared(key: Hashable, make: Callable[[], T]) -> T:
    """Return what is kept under a key, made where it is not there yet; outside of `sharing` it is made each time."""
    kept = _kept.get()
    if kept is None:
        return make()
    if key not in kept:
        kept[key] = make()
    found: T = kept[key]
    return found
