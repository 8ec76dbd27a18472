"""What a duty grants over all lists: the permissions of a role follow from the lists that there are."""

from __future__ import annotations

from functools import lru_cache

from governance.kit import belonging
from governance.kit.access import DUTIES
from governance.kit.listing import LISTINGS, Listing
from governance.kit.scoping import permission


def granted(duty: str) -> frozenset[str]:
    """Return the permissions that a duty grants, such as `regions.change_facility`; nothing for no duty.

    The duty called like a kind of unit is that of whoever speaks for one: what the lists let it do with its own records.
    """
    if duty and duty not in DUTIES and duty not in belonging.kinds():
        raise LookupError(f"there is no duty called {duty!r}")
    return _granted(duty, len(LISTINGS)) if duty else frozenset()


@lru_cache(maxsize=32)
def _granted(duty: str, listings: int) -> frozenset[str]:
    """Return the same; the number of lists tells those computed before all were known from those after."""
    return frozenset(
        permission(listing.model, verb)
        for listing in LISTINGS.values()
        for verb in (listing.access.verbs(duty) if duty in DUTIES else _owned(listing, duty))
    )


def _owned(listing: Listing, kind: str) -> list[str]:
    """Return what a unit of a kind may do with its own records of a list."""
    return [verb for owned in listing.owned if owned.kind == kind for verb in owned.verbs.split()]
