"""Where an act comes from and who does it: kept beside the running request for the audit trail."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from ipaddress import ip_address
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from celery import current_task
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject, empty

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Behalf:
    """In whose name somebody writes: a community that cannot do it itself. It holds for what is homed there alone."""

    code: str
    name: str
    path: str

    def __str__(self) -> str:
        return f"{self.name}（{self.code}）"


@dataclass(frozen=True, slots=True)
class Origin:
    """The surface (page, api, admin, job, command) and the network address an act came through, and in whose name."""

    surface: str = "command"
    address: str | None = None
    behalf: Behalf | None = None


@dataclass(frozen=True, slots=True)
class Doing:
    """Who is doing something, and what: the page, endpoint, task or command; asked when something is written."""

    who: Callable[[], Any]
    what: Callable[[], str]


FOR = " for "  # what parts the name of an address from the code of the community in whose name it was asked
_NAME = 60
COMMAND = Origin()  # frozen, so it may be shared
_current: ContextVar[Origin] = ContextVar("origin", default=COMMAND)
_doing: ContextVar[Doing | None] = ContextVar("doing", default=None)
_by: ContextVar[Any] = ContextVar("by", default=None)


def current() -> Origin:
    """Return the origin of the running act."""
    return _current.get()


def doer() -> Any:
    """Return the primary key of who is writing now, or None: who an action names, else who is signed in."""
    doing = _doing.get()
    who = _by.get() or (doing.who() if doing is not None else None)
    if isinstance(who, SimpleLazyObject) and who._wrapped is empty:
        return None  # nobody has asked who it is; asking would cost each request a question
    return getattr(who, "pk", None)


def surface() -> str:
    """Return the surface of what is being done: a task that the beat sends is a job, though nobody started it."""
    return "job" if _current.get() is COMMAND and current_task else _current.get().surface


def doing() -> str:
    """Return what is being done: the name of the address, the task or the command; and in whose name, by its code."""
    said, behalf = _doing.get(), _current.get().behalf
    if said is not None:
        return said.what() if behalf is None else f"{said.what()[:_NAME]}{FOR}{behalf.code}"
    return str(current_task.name) if current_task else _command()


def _command() -> str:
    """Return the command that runs, without its arguments: they may hold anything."""
    program = Path(sys.argv[0]).name if sys.argv else ""
    return f"{program} {sys.argv[1]}" if program == "manage.py" and len(sys.argv) > 1 else program


@contextmanager
def act_from(origin: Origin, doing: Doing | None = None) -> Iterator[None]:
    """Set the origin for a block, and who does what there."""
    token, told = _current.set(origin), _doing.set(doing)
    try:
        yield
    finally:
        _doing.reset(told)
        _current.reset(token)


def named(action: Callable[P, T]) -> Callable[P, T]:
    """Have what an action writes name the one whom it is told by `by=`, whoever is signed in."""

    @wraps(action)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        token = _by.set(kwargs.get("by"))
        try:
            return action(*args, **kwargs)
        finally:
            _by.reset(token)

    return run


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
        doing = Doing(lambda: getattr(request, "user", None), lambda: _page(request))
        behalf = getattr(request, "on_behalf", None) if surface == "page" else None  # where a banner says so
        with act_from(Origin(surface, address_of(request), behalf), doing):
            response: HttpResponse = self.get_response(request)
            return response


def _page(request: HttpRequest) -> str:
    """Return verb and name of the address, never the address itself: it may hold what is looked for."""
    match = request.resolver_match
    return f"{request.method} {match.view_name if match is not None else ''}".strip()
