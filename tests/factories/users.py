"""Users with posts, and partner systems with tokens."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from oauth2_provider.models import get_access_token_model

from governance.accounts.models import PartnerClient, Post, User
from governance.regions.models import Region

PASSWORD = "A long enough phrase"


def make_user(username: str, region: Region, *roles: str, since: date | None = None, **fields: Any) -> User:
    """Make a user of a region with posts there."""
    user = User.objects.create_user(username, PASSWORD, name=fields.pop("name", username)[:50], region=region, **fields)
    for role in roles:
        Post.objects.create(user=user, role=role, region=region, since=since or date(2020, 1, 1))
    return User.objects.get(pk=user.pk)


def make_partner(region: Region, verbs: list[str], name: str = "partner") -> tuple[PartnerClient, str]:
    """Make a partner system and a token of it."""
    user = make_user(f"{name}-account", region, "partner", kind=User.Kind.PARTNER)
    client = PartnerClient.objects.create(
        name=name, user=user, verbs=verbs, client_type="confidential", authorization_grant_type="client-credentials",
        client_secret="secret of the test",
    )  # fmt: skip
    token = f"token-{name}"
    get_access_token_model().objects.create(
        application=client, token=token, scope=" ".join(verbs), expires=timezone.now() + timedelta(hours=1)
    )
    return client, token
