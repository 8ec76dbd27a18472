"""What this app tells the rooms around it: who gives rights, what a session keeps, and a partner's token in the API."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from drf_spectacular.contrib.django_oauth_toolkit import DjangoOAuthToolkitScheme

from governance.accounts import behalf
from governance.accounts.advice import advice
from governance.accounts.sessions import note_login
from governance.kit import errors, refusals
from governance.kit.cards import Card, register
from governance.kit.permissions import verbs_asked

refusals.advise(advice)
register(Card("on_behalf", "region_side", 90, "accounts/card_behalf.html", behalf.card))
errors.explain(refusals.of_admin)


class PartnerScheme(DjangoOAuthToolkitScheme):  # type: ignore[no-untyped-call]  # the generator finds it by itself
    """Client credentials; what an endpoint asks for is the verb of its method."""

    target_class = "governance.accounts.authentication.PartnerAuthentication"
    name = "partner"

    def get_security_requirement(self, auto_schema: Any) -> dict[str, list[str]]:
        """Name the verb, as `kit.permissions.RecordPermissions` does."""
        verb, _of_a_person = verbs_asked(auto_schema.view, auto_schema.method)
        return {self.name: [verb or ""]}


user_logged_in.connect(note_login, dispatch_uid="accounts.session")
