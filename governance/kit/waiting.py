"""What waits for a person: records in a state whose next move she may make, and whatever else an app knows of.

The moves are those that the lists declare: the primary ones, by which a record goes on. One query for each list with a
life, asked only of those who may make such a move.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Min, Q
from django.utils.functional import Promise

from governance.kit.homes import region_path
from governance.kit.listing import LISTINGS, Listing
from governance.kit.states import Transition


@dataclass(frozen=True, slots=True)
class Line:
    """How many records wait for a move, the list that shows just these, and since when the first one waits."""

    what: Any
    move: Promise | str
    number: int
    url: str
    since: datetime | None = None


Source = Callable[[Any], Iterable[Line]]
_sources: list[Source] = []


def register_source(source: Source) -> None:
    """Add what waits but has no declared life: a function of the user."""
    if source not in _sources:
        _sources.append(source)


def waiting(user: Any) -> list[Line]:
    """Return what waits for a user, list by list."""
    found: list[Line] = []
    for listing in LISTINGS.values():
        if listing.states is not None and "page" in listing.surfaces and listing.allows(user, "view"):
            found += _of(listing, user)
    for source in _sources:
        found += source(user)
    return [line for line in found if line.number]


def _of(listing: Listing, user: Any) -> list[Line]:
    """Return the lines of a list with a life."""
    states: Any = listing.states
    moves = [each for each in states.transitions if each.tone == "primary" and user.has_perm(_asked(listing, each))]
    if not moves:
        return []
    path = region_path(listing.model)
    counts: dict[str, Any] = {}
    for move in moves:
        here = Q(**{f"{states.field}__in": move.sources}) & user.scope_for(_asked(listing, move)).q(path)
        if move.apart:  # what she has submitted herself waits for somebody else
            here &= Q(**{f"{move.apart}__isnull": True}) | ~Q(**{move.apart: user.pk})
        counts |= {
            f"{move.name}_number": Count("pk", filter=here),
            f"{move.name}_since": Min("changed_at", filter=here),
        }
    begun = {f"{states.field}__in": {source for move in moves for source in move.sources}}
    seen: Any = listing.model._default_manager.visible_to(user)  # type: ignore[attr-defined]
    told = seen.filter(**begun).order_by().aggregate(**counts)
    return [
        Line(
            listing.model._meta.verbose_name, move.label, told[f"{move.name}_number"], _list(listing, move),
            told[f"{move.name}_since"],
        )
        for move in moves
    ]  # fmt: skip


def _asked(listing: Listing, move: Transition) -> str:
    return f"{listing.app}.{move.verb}_{listing.model._meta.model_name}"


def _list(listing: Listing, move: Transition) -> str:
    """Return the list of the records in the state; from several states at once all of the list."""
    states: Any = listing.states
    alone = {states.field: move.sources[0]} if len(move.sources) == 1 else {}
    return f"{listing.url('list')}?{urlencode(alone)}".rstrip("?")
