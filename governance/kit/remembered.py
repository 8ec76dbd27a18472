"""Pages that many ask for again and again while nothing has changed: the answer is kept for a minute.

An answer is kept for one person and one address, for one state of what it tells of (its stamp). It is found again only
by the same person with the same posts and the same secret against forged requests, in the same language and on the same
day, with as many unread messages: a post that ends, a number that is computed anew or a policy that is changed makes it
unfindable at once.
"""

from __future__ import annotations

import hashlib
import logging
from contextvars import ContextVar
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views import generic
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

# Told by whatever the page being made has read that no stamp knows.
_passing: ContextVar[list[bool] | None] = ContextVar("passing", default=None)


def passing() -> None:
    """Say that the page being made tells of something whose changes no stamp shows: it is not kept."""
    told = _passing.get()
    if told is not None:
        told.append(True)


class RememberedPage(generic.TemplateView):
    """Answers with what was answered before, where `stamp` is the same."""

    def stamp(self) -> str:
        """Return the state of everything that the page tells of, her unread messages in the bar as well; in one question."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer a reader."""
        key = self._key(request)
        kept = _kept(key) if key else None
        if kept is not None:
            return HttpResponse(kept)
        passing: list[bool] = []
        token = _passing.set(passing)
        try:
            answer = super().get(request, *args, **kwargs)
            if isinstance(answer, TemplateResponse):
                answer.render()
                if key and not passing and answer.status_code == HTTPStatus.OK:
                    _keep(key, answer.content)
        finally:
            _passing.reset(token)
        return answer

    def _key(self, request: HttpRequest) -> str | None:
        """Return under which name the answer is kept; None where this one must not be."""
        user: Any = request.user
        secret = request.META.get("CSRF_COOKIE")
        if not settings.PAGES_KEPT_SECONDS or not secret or len(get_messages(request)):
            return None
        parts = (
            user.pk, user.standing, secret, request.get_full_path(), bool(getattr(request, "htmx", False)),
            get_language(), timezone.localdate(), getattr(request, "on_behalf", None), self.stamp(),
        )  # fmt: skip
        return "page:" + hashlib.sha256(repr(parts).encode()).hexdigest()


def _kept(key: str) -> bytes | None:
    """Return what was kept; a page is told without its memory as well, so a cache that is away is no error."""
    try:
        kept: bytes | None = cache.get(key)
    except RedisError:
        logger.warning("the cache does not answer: pages are made anew")
        return None
    return kept


def _keep(key: str, content: bytes) -> None:
    try:
        cache.set(key, content, settings.PAGES_KEPT_SECONDS)
    except RedisError:
        logger.warning("the cache does not answer: a page was not kept")
