"""What a duty grants over all lists: the permissions of a role follow from the lists that there are."""

from __future__ import annotations

from functools import lru_cache

from governance.kit.access import DUTIES
from governance.kit.listing import LISTINGS
from governance.kit.scoping import permission


def granted(duty: str) -> frozenset[str]:
    """Return the permissions that a duty grants, such as `regions.change_facility`; nothing for no duty."""
    if duty and duty not in DUTIES:
        raise LookupError(f"there is no duty called {duty!r}")
    return _granted(duty, len(LISTINGS)) if duty else frozenset()


@lru_cache(maxsize=32)
def _granted(duty: str, listings: int) -> frozenset[str]:
    """Return the same; the number of lists tells those computed before all were known from those after."""
    return frozenset(
        permission(listing.model, verb) for listing in LISTINGS.values() for verb in listing.access.verbs(duty)
    )
