"""What a signed-in user has to do before anything else, and how a page learns that nobody is signed in any more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _

from governance.accounts import passwords, second_factor

PASSED = "second_factor_passed"  # in the session, once the second proof was given
DOOR = "Portal-Door"  # names, in an answer to a part of a page, the page that has to come first
_ALWAYS = {"accounts:login", "accounts:logout", "accounts:still_here", "accounts:forgotten"}
_PASSWORD, _SECOND_FACTOR = "accounts:password", "accounts:second_factor"
_OPEN = {
    _PASSWORD: {_PASSWORD},
    _SECOND_FACTOR: {_SECOND_FACTOR, "accounts:second_factor_begin", "accounts:second_factor_confirm"},
}


class GateMiddleware:
    """Leads to the password or to the phone first; tells scripts of a page to go to the login, not what it looks like."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        response = self.get_response(request)
        if request.headers.get("HX-Request") != "true" or response.status_code != 302:
            return response
        to = urlsplit(response.headers["Location"])
        doors = {resolve_url(name) for name in ("accounts:login", *_OPEN)}
        return _to_door(request, to.path) if not to.netloc and to.path in doors else response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Let nobody pass who has to do something else first."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if not request.user.is_authenticated or name in _ALWAYS:
            return None
        page, why = _first(request)
        if not page or name in _OPEN[page]:
            return None
        if request.path.startswith("/api/"):
            return JsonResponse({"detail": why}, status=403)
        return redirect(page)


def _first(request: HttpRequest) -> tuple[str, str]:
    """Return the page that has to come first and why; nothing where all is well."""
    user: Any = request.user
    if why := passwords.why_change(user):
        return _PASSWORD, why
    if not request.session.get(PASSED) and second_factor.is_required(user):
        return _SECOND_FACTOR, _("管理员岗位必须启用动态口令。请先在“设置与岗位”里启用。")
    return "", ""


def _to_door(request: HttpRequest, path: str) -> HttpResponse:
    """Return an answer that a script takes as: go there, and come back to the page that asked."""
    came_from = urlsplit(request.headers.get("HX-Current-URL", ""))
    back = f"{came_from.path}?{came_from.query}" if came_from.query else came_from.path
    answer = HttpResponse(status=401)
    answer.headers[DOOR] = f"{path}?{urlencode({REDIRECT_FIELD_NAME: back})}" if back else path
    return answer
