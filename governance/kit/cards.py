"""Cards of the region page and the workbench; apps register theirs, the page knows none of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Card:
    """A card: where it stands, what it may be seen with, its template and what the template is given.

    `context(user, region)` returns a dictionary, or None where the card has nothing to say. Without a permission it is
    shown to everybody, for it asks itself what it may tell.
    """

    name: str
    place: str  # "region", "region_side", "workbench_top", "workbench", "workbench_side", "admin"
    order: int
    template: str
    context: Callable[[Any, Any], dict[str, Any] | None]
    permission: str = ""


@dataclass(frozen=True, slots=True)
class ListCard:
    """The card of a listing: where it stands, by which field of choices it groups, whether only rows in use count.

    `place` may name several places, parted by blanks.
    """

    place: str
    order: int
    group: str = ""
    alive: bool = False


_cards: dict[str, Card] = {}


def register(card: Card) -> None:
    """Add a card; a name may be used once."""
    if card.name in _cards:
        raise ValueError(f"card {card.name!r} is registered twice")
    _cards[card.name] = card


def cards(place: str, user: Any, region: Any) -> list[dict[str, Any]]:
    """Return the cards of one place for `user` and `region`, in order, with the context of each."""
    shown = []
    for card in sorted(_cards.values(), key=lambda card: card.order):
        if place in card.place.split() and (not card.permission or user.has_perm(card.permission)):
            context = card.context(user, region)
            if context is not None:
                shown.append({"name": card.name, "template": card.template} | context)
    return shown
