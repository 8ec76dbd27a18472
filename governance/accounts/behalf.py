"""Entering records in the name of a community that has no computer: who may, for how long, and that it is told.

It lasts until it is ended, at the latest until the login is over. What is written meanwhile of that community names it
on the trail, beside the person who wrote it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from governance.accounts.models import User
from governance.kit.events import Event, emit
from governance.kit.origin import Behalf
from governance.kit.refusals import missing
from governance.regions.models import Level, Region

KEY = "on_behalf"
KEEPS = "regions.change_estate"  # a register that every community keeps


def may_act_for(user: User, region: Region) -> bool:
    """Return whether a post at a place above the community keeps its records."""
    return region.level == Level.COMMUNITY and any(
        region.path.startswith(path) and path != region.path for path in user.scope_for(KEEPS).paths
    )


def begin(request: HttpRequest, user: User, region: Region) -> None:
    """Enter in the name of a community from now on; raises `PermissionDenied` for who keeps nothing there."""
    if not may_act_for(user, region):
        raise missing(user, KEEPS, path=region.path)
    end(request, user)
    request.session[KEY] = region.code
    emit(Event("accounts.behalf.begin", user, region, region.path))


def end(request: HttpRequest, user: User) -> Region | None:
    """Enter in one's own name again; return for whom it was."""
    region = Region.objects.filter(code=request.session.pop(KEY, "")).first()
    if region is not None:
        emit(Event("accounts.behalf.end", user, region, region.path))
    return region


def card(user: Any, region: Region) -> dict[str, Any] | None:
    """Return the card of the region page, for who may enter in its name."""
    return {"place": region} if may_act_for(user, region) else None


class BehalfMiddleware:
    """Finds for whom a page writes; asks each time whether that may be still: a post that has ended ends this too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        user: Any = request.user
        if user.is_authenticated and (code := request.session.get(KEY)):
            region = Region.objects.filter(code=code).first()
            if region is not None and may_act_for(user, region):
                request.on_behalf = Behalf(region.code, region.name, region.path)  # type: ignore[attr-defined]
            else:
                del request.session[KEY]
        return self.get_response(request)
