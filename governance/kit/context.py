"""What every page is given: navigation, the demo mark, messages that nobody has read, where the manual tells of the page."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from governance.kit import messages, navigation


def portal(request: HttpRequest) -> dict[str, Any]:
    """Return the values of `base.html`; the menu only for a signed-in user."""
    values: dict[str, Any] = {"demo": settings.DEMO, "now": timezone.localtime()}
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        values["menu"] = navigation.menu(user, request.path)
        values["unread"] = partial(messages.unread, user)  # asked by the bar alone
    return values
