"""A phone with an authenticator: it makes the codes of a secret, at any moment."""

from __future__ import annotations

import base64

from django.utils import timezone
from django_otp.oath import TOTP

from governance.accounts import second_factor
from governance.accounts.models import Authenticator, User


def code_of(user: User, later: int = 0) -> str:
    """Return the code that the user's phone shows, `later` seconds from now."""
    secret = Authenticator.objects.get(user=user).secret
    assert secret is not None
    clock = TOTP(base64.b32decode(secret.open()))
    clock.time = timezone.now().timestamp() + later
    return f"{clock.token():06d}"


def enrol(user: User) -> list[str]:
    """Enrol a phone; return the recovery codes. The code that it shows is used up: `later=30` makes the next one."""
    second_factor.begin(user)
    codes = second_factor.confirm(user, code_of(user, -30))
    assert codes is not None
    return codes
