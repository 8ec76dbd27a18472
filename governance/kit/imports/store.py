"""Where imports are kept between upload and confirmation; the desk fills this door, as it does for jobs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol


class Batches(Protocol):
    """What the desk offers to the upload page."""

    def receive(self, listing: Any, file: Any, *, by: Any, keep: Mapping[str, Any] | None = None) -> Any:
        """Keep an uploaded file, check it now or start the check, and return its batch, which has a page."""


_stores: list[Batches] = []


def keep_in(store: Batches) -> None:
    """Register the store."""
    _stores[:] = [store]


def receive(listing: Any, file: Any, *, by: Any, keep: Mapping[str, Any] | None = None) -> Any:
    """Hand an uploaded file to the store; return the batch."""
    return _stores[0].receive(listing, file, by=by, keep=keep)
