"""Who sees a policy: those inside whose places its root lies, and those whose places lie below the root.

A clerk sees what is asked of her street, never the policy of a region elsewhere. Writing follows the ordinary rule.
"""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Model, Q

from governance.kit.scoping import Scope, ScopedQuerySet, permission, region_path_of


def above(scope: Scope) -> set[str]:
    """Return the paths of the scope's roots and of everything above them."""
    paths = set()
    for path in scope.paths:
        codes = path.split("/")[:-1]
        paths |= {"".join(f"{code}/" for code in codes[: end + 1]) for end in range(len(codes))}
    return paths


def in_reach(scope: Scope, lookup: str) -> Q:
    """Return the condition that the path at `lookup` lies inside the scope or above it."""
    return scope.q(lookup) | Q(**{f"{lookup}__in": sorted(above(scope))})


class SeenFromBelow(ScopedQuerySet):
    """Rows that are seen inside the scope and above it."""

    def allowed_to(self, user: Any, verb: str) -> Self:
        """Return the rows on which `user` may do `verb`."""
        if verb != "view" or not getattr(user, "is_authenticated", False):
            return super().allowed_to(user, verb)
        return self.filter(in_reach(user.scope_for(permission(self.model, verb)), self.region_path))

    @classmethod
    def allows(cls, user: Any, verb: str, record: Model) -> bool:
        """Return the same for one record."""
        if super().allows(user, verb, record):
            return True
        scope = user.scope_for(permission(record._meta.model, verb))
        return verb == "view" and region_path_of(record) in above(scope)
