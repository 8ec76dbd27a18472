"""The card that a listing shows on the page of a place: how many there are from here down, and the place's own.

Registers are counted when the page is read, each by one query inside the user's scope: those without groups as far as
lists are counted at all, those with groups to the end, for they are small.
"""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Model, QuerySet
from django.utils import timezone

from governance.kit import counting
from governance.kit.cards import Card, ListCard, register
from governance.kit.homes import home_of, region_path
from governance.kit.keeping import kept_here
from governance.kit.listing import LISTINGS, Listing
from governance.kit.scoping import permission
from governance.kit.spans import alive_on

SHOWN = 12


def follow_listings() -> None:
    """Register the card of every listing that names one; called when all lists are known."""
    for listing in LISTINGS.values():
        if listing.card is not None:
            register(card_of(listing, listing.card))


def card_of(listing: Listing, card: ListCard) -> Card:
    """Return the card of a listing."""
    if card.group and not _words(listing, card.group):
        raise ValueError(f"the card of {listing.name} groups by {card.group}, which has no choices")
    return Card(
        name=f"{listing.app}_{listing.name}",
        place=card.place,
        order=card.order,
        template="kit/card_list.html",
        context=partial(context, listing, card),
        permission=permission(listing.model, "view"),
    )


def context(listing: Listing, card: ListCard, user: Any, region: Any) -> dict[str, Any]:
    """Return what the card of a listing shows at a place."""
    rows = _below(listing, card, user, region)
    groups = _groups(listing, card, rows, region)
    total, here = sum(group["count"] for group in groups), fits(listing, region)
    return {
        "listing": listing,
        "title": listing.model._meta.verbose_name_plural,
        "noun": listing.model._meta.verbose_name,
        "alive": card.alive,
        "groups": groups if card.group else [],
        "total": min(total, counting.MOST),
        "over": total > counting.MOST,
        "own": list(rows.filter(**{home_of(listing.model): region})[:SHOWN]) if here else [],
        "list_url": _list(listing, card, region),
        "add_url": _add(listing, user, region) if here else None,
        "keeping": kept_here(listing, user, region),
    }


def quick_adds(user: Any, region: Any) -> list[dict[str, Any]]:
    """Return noun and address of the form of every register with a card to which `user` may add."""
    return [
        {"noun": listing.model._meta.verbose_name, "url": _here(listing, user, region) or listing.url("add")}
        for listing in LISTINGS.values()
        if listing.card is not None and listing.form is not None and listing.allows(user, "add")
    ]


def _here(listing: Listing, user: Any, region: Any) -> str | None:
    return _add(listing, user, region) if fits(listing, region) else None


def _below(listing: Listing, card: ListCard, user: Any, region: Any) -> QuerySet[Any]:
    """Return the visible rows of the place and of all places below it."""
    path = f"{region_path(listing.model)}__startswith"
    rows = listing.rows(user).filter(**{path: region.path})  # with what a record needs to say what it is called
    return rows.filter(alive_on(timezone.localdate())) if card.alive else rows


def _groups(listing: Listing, card: ListCard, rows: QuerySet[Any], region: Any) -> list[dict[str, Any]]:
    """Return the groups that have rows, in the order of the choices; without a group the number alone."""
    if not card.group:
        return [{"count": rows.order_by()[: counting.MOST + 1].count()}]
    counts = dict(rows.values_list(card.group).annotate(number=Count("pk")).order_by())
    return [
        {"label": word, "count": counts[value], "url": _list(listing, card, region, **{card.group: value})}
        for value, word in _words(listing, card.group)
        if counts.get(value)
    ]


def _words(listing: Listing, name: str) -> list[tuple[Any, Any]]:
    field: Any = listing.model._meta.get_field(name)
    return list(field.flatchoices)


def _list(listing: Listing, card: ListCard, region: Any, **more: Any) -> str:
    """Return the address of the list with the filters that give just these rows."""
    asked = {"region": region.code} | more | ({"alive": "now"} if card.alive else {})
    return f"{listing.url('list')}?{urlencode(asked)}"


def fits(listing: Listing, region: Any) -> bool:
    """Return whether records can be homed at this very place: a key may name the levels that it leads to."""
    home = home_of(listing.model)
    levels = _key(listing.model, home).get_limit_choices_to().get("level__in") if "__" not in home else None
    return levels is None or region.level in levels


def _key(model: type[Model], name: str) -> Any:
    return model._meta.get_field(name)


def _add(listing: Listing, user: Any, region: Any) -> str | None:
    """Return the address of the form with the place filled in, for those who may add a record here."""
    home = home_of(listing.model)
    may_add = user.scope_for(permission(listing.model, "add")).covers(region.path)
    if "__" in home or listing.add is None or listing.form is None or not may_add:
        return None
    return f"{listing.url('add')}?{urlencode({home: region.code})}"
