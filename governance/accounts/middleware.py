"""The interface language: the user's own setting, Chinese by default, never the browser's header."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


class LanguageMiddleware:
    """Activates the signed-in user's language; API answers are always in the source language."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        language = settings.LANGUAGE_CODE
        if request.user.is_authenticated and not request.path.startswith("/api/"):
            language = request.user.language
        with translation.override(language):
            response: HttpResponse = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response
