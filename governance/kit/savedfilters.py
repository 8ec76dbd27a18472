"""Filters of a list that a user has kept under a name; the desk keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Protocol

from django.http import QueryDict

from governance.kit.privacy import Classification, classification_of
from governance.kit.seeking import is_secret

if TYPE_CHECKING:
    from governance.kit.listing import Listing

_LONGEST = 1000  # of a query, as it is kept


class Kept(Protocol):
    """A kept filter: its number, its name, and what stands behind the question mark."""

    pk: Any
    name: str
    query: str


class Store(Protocol):
    """What the desk offers."""

    def of(self, listing: Listing, user: Any) -> Iterable[Kept]:
        """Return those of a list that `user` has kept, in the order in which she did."""


_stores: list[Store] = []


def keep_in(store: Store) -> None:
    """Register the store."""
    _stores[:] = [store]


def kept_by(listing: Listing, user: Any) -> list[Kept]:
    """Return what `user` has kept of a list; one query."""
    return list(_stores[0].of(listing, user))


def keepable(listing: Listing, asked: QueryDict) -> str:
    """Return what of an address can be kept: the filters of the list that are set, its order and its columns.

    Sensitive fields and texts that may hold the number of a person are left out, and so is what the list does not know.
    """
    levels = classification_of(listing.model)
    filters = listing.filterset.base_filters
    secret = {name for name, each in filters.items() if levels.get(each.field_name) is Classification.SENSITIVE}
    names = [name for name in listing.filterset.parameters() if name not in secret]
    kept = QueryDict(mutable=True)
    for name in (*names, "sort", "columns"):
        values = [value for value in asked.getlist(name) if value and not is_secret(value)]
        if values:
            kept.setlist(name, values if name == "columns" else values[-1:])
    text = kept.urlencode()
    return text if len(text) <= _LONGEST else ""
