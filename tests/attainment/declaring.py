"""Declarations that hold for one test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from governance.kit.measures.sources import SOURCES, Events, Intervals, declare


@contextmanager
def declaring(*sources: Intervals | Events) -> Iterator[None]:
    """Declare sources, and forget them afterwards."""
    before = dict(SOURCES)
    try:
        for source in sources:
            declare(source)
        yield
    finally:
        SOURCES.clear()
        SOURCES.update(before)
