"""Rows about the trail as a whole, which belong to no place."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Model

from governance.kit.scoping import ScopedQuerySet, permission


class WholeQuerySet(ScopedQuerySet):
    """Whoever reads the trail anywhere sees them: they hold counts and checksums, nothing of anybody."""

    def allowed_to(self, user: Any, verb: str) -> Self:
        """Return all rows to whoever has the permission somewhere."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.all() if user.scope_for(permission(self.model, verb)) else self.none()

    @classmethod
    def allows(cls, user: Any, verb: str, record: Model) -> bool:
        """Return whether `user` has the permission somewhere."""
        return bool(user.scope_for(permission(record._meta.model, verb)))
