"""Who has a permission and who gives it, for whoever is refused for want of it."""

from __future__ import annotations

from typing import Any

from governance.accounts.holders import Holders
from governance.accounts.roles import ROLES
from governance.kit.refusals import Advice
from governance.regions.models import Region

_NAMED = 3
GIVES = "accounts.add_post"


def advice(user: Any, perm: str, path: str) -> Advice:
    """Return the roles with the permission, and the people nearest to the place who give posts there."""
    roles = tuple(str(role.label) for role in ROLES.values() if role.slug != "partner" and role.grants(perm))
    home = path or getattr(getattr(user, "region", None), "path", "")
    holders = Holders(GIVES)
    near = holders.nearest(home)
    at = next((place for place in sorted(holders.places, key=len, reverse=True) if home.startswith(place)), "")
    names = dict(Region.objects.filter(path__in={path, at} - {""}).values_list("path", "name"))
    people = tuple(str(person) for person in near[:_NAMED])
    return Advice(names.get(path, ""), roles, names.get(at, ""), people)
