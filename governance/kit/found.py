"""By what the search box of every page finds the records of a list: a listing says it, `kit.seeking` looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Found:
    """Where a kind stands among those that the box finds, its icon, and what finds its records.

    `name` is the look-up of names, `initials` the field of their initials, `codes` are the fields of codes and numbers.
    `related` are the related records that a line reads, `shows` the fields that tell records from each other, beside the
    natural key and the place.
    """

    order: int
    icon: str
    name: str = "name__contains"
    initials: str = ""
    codes: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()


_searched: list[tuple[Any, Found]] = []


def register(listing: Any, found: Found) -> None:
    """Let the box look through a listing."""
    _searched.append((listing, found))
    _searched.sort(key=lambda each: each[1].order)


def searched() -> list[tuple[Any, Found]]:
    """Return the listings that the box looks through, in their order."""
    return _searched
