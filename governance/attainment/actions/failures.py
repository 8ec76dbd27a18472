"""How often a refresh has failed since the numbers were right; all workers count together."""

from __future__ import annotations

from django.core.cache import cache

_KEY = "attainment.refresh.failures"
_REMEMBERED = 3600  # seconds after which it is tried again anyway


def failures() -> int:
    """Return how many times in a row."""
    return int(cache.get(_KEY, 0))


def count_failure() -> int:
    """Add one and return how many there are."""
    cache.add(_KEY, 0, _REMEMBERED)
    return int(cache.incr(_KEY))


def forget_failures() -> None:
    """Start from the beginning."""
    cache.delete(_KEY)
