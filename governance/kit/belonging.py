"""Whose records are: a unit (an organisation, a department) whose own records a post may be limited to.

A post lies below every app that keeps units, so it names its unit by a code alone; the kind follows from the role. The
app that keeps units of a kind registers how one is found, and each of its lists says which records are a unit's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q
from django.db.models.constants import LOOKUP_SEP


@dataclass(frozen=True, slots=True)
class Unit:
    """A kind of unit. `find` gives code and name of the one called so at a place, or says by None that there is none.

    A unit writes only at the place of its post. With `here` it looks at its own records only there as well: names of
    departments are the same everywhere.
    """

    kind: str
    label: Any
    find: Callable[[str, Any], tuple[str, str] | None]
    here: bool = False


@dataclass(frozen=True, slots=True)
class Owned:
    """Which records of a list are a unit's own: those with its code at the look-up `by`; and what it may do with them."""

    kind: str
    by: str
    verbs: str = "view"


@dataclass(frozen=True, slots=True)
class Held:
    """What a post for a unit opens: the unit's own records, and the place where they have to be."""

    kind: str
    code: str
    path: str


_units: dict[str, Unit] = {}
OWNED: dict[type[Model], tuple[Owned, ...]] = {}


def register(unit: Unit) -> None:
    """Add a kind of unit."""
    if _units.setdefault(unit.kind, unit) != unit:
        raise ValueError(f"units of the kind {unit.kind} are registered already")


def unit_of(kind: str) -> Unit:
    """Return a kind of unit."""
    return _units[kind]


def kinds() -> frozenset[str]:
    """Return the kinds of units there are."""
    return frozenset(_units)


def own_q(model: type[Model], held: Iterable[Held], verb: str, region_path: str) -> Q:
    """Return the condition that a record is one's unit's own; an empty one for whoever speaks for no unit."""
    condition = Q()
    for post, owned in _pairs(model, held):
        here = Q(**{f"{region_path}__startswith": post.path}) if _bound(post, verb) else Q()
        condition |= Q(**{owned.by: post.code}) & here
    return condition


def is_own(record: Model, held: Iterable[Held], verb: str, path: Callable[[], str]) -> bool:
    """Return the same for one record, saved or not; `path` tells where it is homed."""
    return any(
        str(_value(record, owned.by)) == post.code and (not _bound(post, verb) or path().startswith(post.path))
        for post, owned in _pairs(record._meta.model, held)
    )


def _bound(post: Held, verb: str) -> bool:
    return verb != "view" or _units[post.kind].here


def _pairs(model: type[Model], held: Iterable[Held]) -> list[tuple[Held, Owned]]:
    return [(post, owned) for post in held for owned in OWNED.get(model, ()) if owned.kind == post.kind]


def _value(record: Any, lookup: str) -> Any:
    for name in lookup.split(LOOKUP_SEP):
        record = getattr(record, name, None)
    return record
