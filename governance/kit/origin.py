"""Where an act comes from: the address and the surface, kept beside the running request for the audit trail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True, slots=True)
class Origin:
    """The surface (page, api, admin, job, command) and the network address an act came through."""

    surface: str = "command"
    address: str | None = None


COMMAND = Origin()  # frozen, so it may be shared
_current: ContextVar[Origin] = ContextVar("origin", default=COMMAND)


def current() -> Origin:
    """Return the origin of the running act."""
    return _current.get()


@contextmanager
def act_from(origin: Origin) -> Iterator[None]:
    """Set the origin for a block."""
    token = _current.set(origin)
    try:
        yield
    finally:
        _current.reset(token)


def address_of(request: HttpRequest) -> str | None:
    """Return the visitor's address; a forwarded one is believed only behind the configured proxy."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.SECURE_PROXY_SSL_HEADER and forwarded:
        return _address(forwarded.rsplit(",", 1)[-1])  # the last hop is the one our proxy saw
    return _address(request.META.get("REMOTE_ADDR", ""))


def _address(text: str) -> str | None:
    """Return an address as the database takes it; with a port, a zone or anything else about it there is none."""
    try:
        return None if "%" in text else str(ip_address(text.strip()))
    except ValueError:
        return None


class OriginMiddleware:
    """Notes surface and address of each request."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        surface = (
            "api" if request.path.startswith("/api/") else "admin" if request.path.startswith("/admin/") else "page"
        )
        with act_from(Origin(surface, address_of(request))):
            response: HttpResponse = self.get_response(request)
            return response
