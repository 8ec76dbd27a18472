"""Who calls the API: a partner system by its token, or a signed-in person by her session."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from oauth2_provider.contrib.rest_framework import OAuth2Authentication
from rest_framework.exceptions import AuthenticationFailed


def _envelope(request: Any) -> HttpRequest:
    """Return a request without what was written into it: a broken query or body does not hinder reading the token."""
    made = HttpRequest()
    made.method, made.path = request.method, request.path
    made.META = {key: value for key, value in request.META.items() if key not in ("QUERY_STRING", "CONTENT_TYPE")}
    return made


class PartnerAuthentication(OAuth2Authentication):
    """A token of client credentials names a client; the client acts through its own account."""

    def authenticate(self, request: Any) -> tuple[Any, Any] | None:
        """Return the client's account and the token; refuse a disabled account."""
        # Nowhere else: a token in an address or a form ends in logs.
        if not request.headers.get("authorization", "").lower().startswith("bearer "):
            return None
        envelope = _envelope(request)
        found = super().authenticate(envelope)
        request.oauth2_error = getattr(envelope, "oauth2_error", {})  # told in the header of the refusal
        if found is None:
            return None
        _user, token = found
        user = token.application.user
        if not user.is_active:
            raise AuthenticationFailed
        return user, token
