"""Who is signed in, for pages that ask for a login."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from governance.accounts.models import User


def signed_in(request: HttpRequest) -> User:
    """Return the user of a page that asks for a login."""
    return cast(User, request.user)
