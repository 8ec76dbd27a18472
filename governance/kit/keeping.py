"""Since when a register is kept at a place: what it means there that nothing has been entered.

A register goes by the name of its source. The app that keeps the statements gives the kit a keeper.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from django.utils import timezone
from django.utils.html import format_html

from governance.kit.listing import Listing
from governance.kit.measures.sources import SOURCES


@dataclass(frozen=True, slots=True)
class Kept:
    """What holds at a place. Without `since` nobody keeps the register there, and nothing entered says nothing.

    `decided_at` is the place whose statement holds (the place itself or one above), `url` the statement where it may be
    opened. `keep_url` leads to a new statement where one may be made, `admin_url` to the same in the admin.
    `below` places under this one say otherwise; `below_url` lists them.
    Where several registers count one list's rows, `label` names this one, and `also` are the others.
    """

    register: str
    place: Any
    since: date | None = None
    decided_at: Any = None
    url: str | None = None
    keep_url: str | None = None
    admin_url: str | None = None
    below: int = 0
    below_url: str | None = None
    label: Any = ""
    also: tuple[Kept, ...] = ()

    @property
    def now(self) -> bool:
        """Whether the register is kept today, so that nothing entered is zero."""
        return self.since is not None and self.since <= timezone.localdate()

    @property
    def day(self) -> str:
        """The day from which it is kept, with the statement behind it where that may be opened."""
        return format_html('<a href="{}">{}</a>', self.url, self.since) if self.url else str(self.since)

    @property
    def followed(self) -> Any:
        """The place above whose statement holds here, if it is not the place's own."""
        return self.decided_at if self.decided_at is not None and self.decided_at.pk != self.place.pk else None


class Keeper(Protocol):
    """Reads and writes the statements."""

    def state(self, register: str, user: Any, region: Any) -> Kept:
        """Return what holds of one register at a place, in one query."""

    def states(self, user: Any, region: Any) -> Mapping[str, Kept]:
        """Return what holds of every declared source at a place, in one query."""

    def keep(self, register: str, *, by: Any, region: Any, since: date, note: str = "") -> None:
        """State that the register is kept from `since` on; an earlier statement of the same place stays."""


_keepers: list[Keeper] = []


def keep_with(keeper: Keeper) -> None:
    """Let `keeper` keep the statements; there is one."""
    if _keepers:
        raise ValueError("the registers have a keeper already")
    _keepers.append(keeper)


def keeper() -> Keeper:
    """Return the keeper."""
    return _keepers[0]


def registers_of(listing: Listing) -> tuple[str, ...]:
    """Return the registers that the listing's rows make up: the one named, or each source that counts them."""
    if listing.register:
        return (listing.register,)
    label = listing.model._meta.label
    return tuple(
        name
        for name, source in SOURCES.items()
        if label in {rows.model for rows in (source.intervals, source.events) if rows is not None}
    )


def kept_for(listing: Listing, user: Any, region: Any) -> Kept | None:
    """Return what holds of the listing's register at a place; None for a list that is no register, or without a place.

    Of a place outside the user's posts nothing is said. Each register costs a query.
    """
    registers = registers_of(listing)
    if not registers or region is None or not _inside(user, listing, region):
        return None
    return _together([keeper().state(register, user, region) for register in registers])


def kept_here(listing: Listing, user: Any, region: Any) -> Kept | None:
    """Return the same for a card; the cards of one page ask once for all registers, by the region that they share."""
    registers = registers_of(listing)
    if not registers or not _inside(user, listing, region):
        return None
    if (asked := getattr(region, "_registers_kept", None)) is None or asked[0] != user.pk:
        asked = region._registers_kept = (user.pk, keeper().states(user, region))
    return _together([asked[1][register] for register in registers])


def _together(states: list[Kept]) -> Kept:
    """Return what holds of several registers as one: the first that is not kept, else the first, and the others."""
    if len(states) == 1:
        return states[0]
    named = [replace(kept, label=SOURCES[kept.register].label) for kept in states]
    first = next((kept for kept in named if not kept.now), named[0])
    return replace(first, also=tuple(kept for kept in named if kept is not first))


def _inside(user: Any, listing: Listing, region: Any) -> bool:
    from_here = user.scope_for(f"{listing.app}.view_{listing.model._meta.model_name}")
    return bool(from_here.covers(region.path))
