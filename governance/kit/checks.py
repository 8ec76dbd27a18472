"""Mistakes in listings that would show only later, found when the portal starts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error
from django.core.exceptions import FieldDoesNotExist
from django.db.models import ForeignKey, UniqueConstraint

from governance.kit import navigation
from governance.kit.access import DUTIES
from governance.kit.listing import LISTINGS, Listing
from governance.kit.privacy import Classification, classification_of


def listings_are_whole(app_configs: Any = None, **options: Any) -> list[CheckMessage]:
    """Return an error for each option of a listing that leads nowhere."""
    found: list[CheckMessage] = []
    at: dict[str, str] = {}
    for listing in LISTINGS.values():
        wrong = [*_natural(listing), *_related(listing), *_access(listing), *_nav(listing)]
        stands = listing.at is not None and "api" in listing.surfaces
        taken = at.setdefault(listing.endpoint, listing.name) if stands else listing.name
        if taken != listing.name:
            wrong.append(("kit.E011", f"has its endpoint at {listing.endpoint!r}, where {taken} has its own"))
        found += [Error(f"The listing {listing.name} {text}", obj=listing.model, id=code) for code, text in wrong]
    return found


def _natural(listing: Listing) -> Iterator[tuple[str, str]]:
    """A natural key is a set of fields that is unique, and nothing sensitive: it stands in addresses and files."""
    if not listing.natural:
        return
    meta, wanted = listing.model._meta, set(listing.natural)
    unknown = wanted - {field.name for field in meta.concrete_fields}
    if unknown:
        yield "kit.E012", f"names the natural key {sorted(unknown)}, which are no fields"
        return
    alone = len(wanted) == 1 and meta.get_field(listing.natural[0]).unique  # type: ignore[union-attr]
    rules = (set(rule.fields) for rule in meta.constraints if isinstance(rule, UniqueConstraint))
    if not alone and not any(fields and fields <= wanted for fields in rules):
        yield "kit.E013", f"is found by {', '.join(listing.natural)}, which no constraint keeps unique"
    levels = classification_of(listing.model)
    if any(levels.get(name) is Classification.SENSITIVE for name in wanted):
        yield "kit.E014", "is found by a sensitive field"


def _related(listing: Listing) -> Iterator[tuple[str, str]]:
    for name in listing.related or ():
        try:
            field: Any = listing.model._meta.get_field(name)
        except FieldDoesNotExist:
            field = None
        if not isinstance(field, ForeignKey):
            yield "kit.E015", f"names {name!r} in `related`, which is no foreign key"


def _access(listing: Listing) -> Iterator[tuple[str, str]]:
    """Each transition is granted to somebody."""
    moves = {move.verb for move in listing.states.transitions} if listing.states is not None else set()
    granted = {verb for duty in DUTIES for verb in listing.access.verbs(duty)}
    for verb in sorted(moves - granted if granted else ()):
        yield "kit.E017", f"has a transition that asks for {verb!r}, which no duty is granted"


def _nav(listing: Listing) -> Iterator[tuple[str, str]]:
    parent = listing.nav.parent if listing.nav is not None else ""
    if parent and parent not in navigation.SECTIONS and not navigation.has(parent):
        yield "kit.E018", f"stands in the navigation below {parent!r}, which does not exist"
    if listing.nav is not None and "page" not in listing.surfaces:
        yield "kit.E019", "stands in the navigation and has no pages"
