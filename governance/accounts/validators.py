"""What a token may be asked for: never more verbs than its client was granted."""

from __future__ import annotations

from typing import Any

from oauth2_provider.oauth2_validators import OAuth2Validator


class PartnerValidator(OAuth2Validator):
    """Scopes of a token are verbs; a client that asks for none gets all of its own."""

    def get_default_scopes(self, client_id: str, request: Any, *args: Any, **kwargs: Any) -> list[str]:
        """Return the client's verbs."""
        return list(request.client.verbs)

    def validate_scopes(
        self, client_id: str, scopes: list[str], client: Any, request: Any, *args: Any, **kwargs: Any
    ) -> bool:
        """Refuse a verb that the client was not granted."""
        return bool(scopes) and set(scopes) <= set(client.verbs)
