"""The lock in front of the password: django-axes asks before a password is looked at, and tells what came of it."""

from __future__ import annotations

from typing import Any

from axes.backends import AxesStandaloneBackend
from axes.handlers.base import AbstractAxesHandler, AxesBaseHandler
from django.http import HttpRequest, HttpResponse

from governance.accounts import lockout
from governance.accounts.models import User
from governance.kit.origin import address_of


class Guard(AxesStandaloneBackend):
    """Stands before the backend that checks the password."""

    def authenticate(
        self, request: HttpRequest | None, username: Any = None, password: Any = None, **more: Any
    ) -> None:
        """Refuse what is locked; a call without a request comes from the machine itself."""
        if request is not None:
            super().authenticate(request, username=username, password=password, **more)


class Handler(AxesBaseHandler, AbstractAxesHandler):
    """Counts in our own table, by name and by address separately, each with a limit of its own."""

    def is_allowed(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        """Return whether neither the name nor the address is locked."""
        return not lockout.locked(_doors(request, credentials))

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **options: Any
    ) -> None:
        """Count a refusal."""
        if request is None:
            return
        if was_locked(request):
            lockout.turned_away(_doors(request, credentials))
            return
        name = str(credentials.get("username") or "")
        account = User.objects.select_related("region").filter(username=name).first()
        lockout.failed(_doors(request, credentials), region=account and account.region)

    def user_logged_in(self, sender: Any, request: HttpRequest, user: Any, **options: Any) -> None:
        """Forget the failures of the account."""
        lockout.forget(user.username)

    def user_logged_out(self, sender: Any, request: HttpRequest, user: Any, **options: Any) -> None:
        """Leave the counts alone."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Return nothing to compare: `is_allowed` says it all."""
        return 0


def was_locked(request: Any) -> bool:
    """Return whether an attempt of this request was not looked at."""
    return bool(getattr(request, "axes_locked_out", False))


def too_many(request: HttpRequest, answer: HttpResponse, credentials: Any = None) -> HttpResponse:
    """Return the page that says so, as what it is."""
    answer.status_code = 429
    return answer


def _doors(request: HttpRequest, credentials: dict[str, Any] | None) -> list[lockout.Door]:
    return lockout.doors(str((credentials or {}).get("username") or ""), address_of(request))
