"""What a token may be asked for: never more verbs than its client was granted."""

from __future__ import annotations

from typing import Any

from oauth2_provider.oauth2_validators import OAuth2Validator

from governance.kit.events import Event, emit


class PartnerValidator(OAuth2Validator):
    """Scopes of a token are verbs; a client that asks for none gets all of its own."""

    def authenticate_client(self, request: Any, *args: Any, **kwargs: Any) -> bool:
        """Note credentials that were refused, with the name that was tried."""
        known: bool = super().authenticate_client(request, *args, **kwargs)
        if not known:
            emit(Event("accounts.partnerclient.refused", None, after={"client_id": str(request.client_id or "")[:100]}))
        return known

    def save_bearer_token(self, token: Any, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Note each token that is given."""
        saved = super().save_bearer_token(token, request, *args, **kwargs)
        client = request.client
        emit(Event("accounts.partnerclient.token", client.user, client, after={"scope": token.get("scope", "")}))
        return saved

    def get_default_scopes(self, client_id: str, request: Any, *args: Any, **kwargs: Any) -> list[str]:
        """Return the client's verbs."""
        return list(request.client.verbs)

    def validate_scopes(
        self, client_id: str, scopes: list[str], client: Any, request: Any, *args: Any, **kwargs: Any
    ) -> bool:
        """Refuse a verb that the client was not granted."""
        return bool(scopes) and set(scopes) <= set(client.verbs)
