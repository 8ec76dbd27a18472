"""Logins, logouts and refused attempts on the trail."""

from __future__ import annotations

from typing import Any

from governance.accounts.guard import was_locked
from governance.accounts.models import User
from governance.kit.events import Event, emit
from governance.kit.scoping import region_path_of


def logged_in(user: Any, **options: Any) -> None:
    """Note a login."""
    emit(Event("accounts.user.login", user, user, region_path_of(user)))


def logged_out(user: Any, **options: Any) -> None:
    """Note a logout; without a user there was nobody to log out."""
    if user is not None:
        emit(Event("accounts.user.logout", user, user, region_path_of(user)))


def refused(credentials: dict[str, Any], **options: Any) -> None:
    """Note a refused attempt with the name that was tried, never the password; homed where that account is.

    What was tried while name or address are locked is counted with the lock: a flood does not fill the trail.
    """
    if was_locked(options.get("request")):
        return
    name = str(credentials.get("username", ""))[:64]
    path = User.objects.filter(username=name).values_list("region__path", flat=True).first()
    emit(Event("accounts.user.login_refused", None, region_path=path or "", after={"username": name}))
