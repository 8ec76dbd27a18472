"""What a user keeps for herself: nobody else sees it."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Model

from governance.kit.scoping import ScopedQuerySet


class OwnQuerySet(ScopedQuerySet):
    """Rows of one user, wherever her posts are."""

    region_path = "user__region__path"

    def allowed_to(self, user: Any, verb: str) -> Self:
        """Return one's own rows."""
        return self.filter(user_id=user.pk) if getattr(user, "is_authenticated", False) else self.none()

    @classmethod
    def allows(cls, user: Any, verb: str, record: Model) -> bool:
        """Return the same for one of them."""
        return bool(getattr(record, "user_id", None) == user.pk)
