"""What a token may be asked for: never more verbs than its client was granted."""

from __future__ import annotations

import base64
from typing import Any
from urllib.parse import unquote_plus

from oauth2_provider.oauth2_validators import OAuth2Validator

from governance.accounts import lockout
from governance.accounts.models import PartnerClient
from governance.kit import origin
from governance.kit.events import Event, emit


class PartnerValidator(OAuth2Validator):
    """Scopes of a token are verbs; a client that asks for none gets all of its own."""

    def authenticate_client(self, request: Any, *args: Any, **kwargs: Any) -> bool:
        """Note credentials that were refused, with the name that was tried; too many are not looked at for a while."""
        name = self._named(request)
        tried = lockout.doors_of_client(name, origin.current().address)
        if lockout.locked(tried):
            lockout.turned_away(tried)
            return False
        known: bool = super().authenticate_client(request, *args, **kwargs)
        if not known:
            client = PartnerClient.objects.select_related("user__region").filter(client_id=name).first()
            lockout.failed(tried, region=client and client.user.region)
            emit(Event("accounts.partnerclient.refused", None, after={"client_id": name[:100]}))
        return known

    def _named(self, request: Any) -> str:
        """Return the client that a request names, in its body or in its header."""
        if request.client_id:
            return str(request.client_id)
        try:
            header = base64.b64decode(self._extract_basic_auth(request) or "", validate=True).decode()
        except ValueError:  # the header is no credentials
            return ""
        return unquote_plus(header.split(":", 1)[0])

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
