"""How a signed-in user is read back for each request."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from governance.accounts.models import User
from governance.accounts.passwords import has_lapsed


class PostBackend(ModelBackend):
    """Checks the password; reads the user together with the region that every page shows. Permissions come from posts."""

    def get_user(self, user_id: Any) -> User | None:
        """Return an active user, or nobody."""
        user = User.objects.select_related("region").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) and not has_lapsed(user) else None
