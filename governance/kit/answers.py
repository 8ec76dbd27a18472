"""What every answer carries."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse


class PrivateAnswers:
    """An answer to somebody who is known is hers alone: neither the browser nor a proxy keeps it."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        known = request.user.is_authenticated  # before the view, which may be the one that signs her out
        response: HttpResponse = self.get_response(request)
        if known or request.user.is_authenticated or "Authorization" in request.headers:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response
