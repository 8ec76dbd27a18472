"""The second proof at the login: a code from an app on one's phone (TOTP), or a recovery code from paper.

The arithmetic is that of django-otp. Its tables are not used: they keep secrets and recovery codes in plain text.
"""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import segno
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_otp.oath import TOTP

from governance.accounts.models import Authenticator, RecoveryCode, User
from governance.kit.errors import DomainError
from governance.kit.events import Event, emit
from governance.kit.keyring import index_of, indexes_of
from governance.kit.scoping import region_path_of

STEP, DIGITS, TOLERANCE = 30, 6, 1  # seconds, figures of a code, steps that a clock may be wrong
CODES = 10
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
_PURPOSE = "accounts.recovery_code"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What a phone reads, and what is typed where it cannot read it."""

    picture: str
    secret: str


def is_required(user: User) -> bool:
    """Return whether a user may do nothing without it: one of her roles is an administrator's."""
    return bool(settings.REQUIRE_SECOND_FACTOR and user.is_staff)


def authenticator_of(user: User) -> Authenticator | None:
    """Return the authenticator that a user has confirmed."""
    return Authenticator.objects.filter(user=user, confirmed_at__isnull=False).first()


def begin(user: User) -> None:
    """Make a secret for a phone that is to be enrolled; one that was not confirmed is thrown away."""
    with transaction.atomic():
        Authenticator.objects.filter(user=user, confirmed_at__isnull=True).delete()
        if authenticator_of(user) is not None:
            raise DomainError(_("动态口令已经启用。换手机请先停用原来的。"), code="enrolled")
        Authenticator.objects.create(user=user, secret=base64.b32encode(secrets.token_bytes(20)).decode())


def enrolment_of(user: User, issuer: str) -> Enrolment | None:
    """Return what to show a phone that is being enrolled; once it is confirmed the secret is never shown again."""
    waiting = Authenticator.objects.filter(user=user, confirmed_at__isnull=True).first()
    if waiting is None or waiting.secret is None:
        return None
    secret = waiting.secret.open()
    values = urlencode({"secret": secret, "issuer": issuer, "digits": DIGITS, "period": STEP}, quote_via=quote)
    address = f"otpauth://totp/{quote(f'{issuer}:{user.username}')}?{values}"
    picture = segno.make(address, error="m", micro=False).svg_data_uri(scale=5, border=2, nl=False)
    return Enrolment(picture, " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)))


@transaction.atomic
def confirm(user: User, code: str) -> list[str] | None:
    """Take the phone into use if it makes the right code; return recovery codes, which are shown this once."""
    waiting = Authenticator.objects.select_for_update().filter(user=user, confirmed_at__isnull=True).first()
    step = None if waiting is None else _step(waiting, code)
    if waiting is None or step is None:
        return None
    waiting.confirmed_at, waiting.last_step = timezone.now(), step
    waiting.save(update_fields=["confirmed_at", "last_step"])
    emit(Event("accounts.user.second_factor_enrolled", user, user, region_path_of(user)))
    return _new_codes(user)


@transaction.atomic
def verify(user: User, code: str) -> str:
    """Return what a code was, "app" or "recovery", and use it up; nothing where it is wrong."""
    phone = Authenticator.objects.select_for_update().filter(user=user, confirmed_at__isnull=False).first()
    if phone is None:
        return ""
    step = _step(phone, code)
    if step is not None:
        phone.last_step = step
        phone.save(update_fields=["last_step"])
        return "app"
    found = RecoveryCode.objects.select_for_update().filter(user=user, used_at__isnull=True)
    paper = found.filter(checksum__in=indexes_of(_bound(user, code), _PURPOSE)).first()
    if paper is None:
        return ""
    paper.used_at = timezone.now()
    paper.save(update_fields=["used_at"])
    after = {"left": codes_left(user)}
    emit(Event("accounts.user.recovery_code_used", user, user, region_path_of(user), after=after))
    return "recovery"


def codes_left(user: User) -> int:
    """Return how many recovery codes are still good."""
    return int(RecoveryCode.objects.filter(user=user, used_at__isnull=True).count())


@transaction.atomic
def renew_codes(user: User) -> list[str]:
    """Make new recovery codes; the old ones are void."""
    emit(Event("accounts.user.recovery_codes_renewed", user, user, region_path_of(user)))
    return _new_codes(user)


@transaction.atomic
def take_away(user: User, *, by: Any) -> None:
    """Forget phone and recovery codes: by the user herself, who has just proved it, or by an administrator."""
    gone = Authenticator.objects.filter(user=user).delete()[0]
    RecoveryCode.objects.filter(user=user).delete()
    if not gone:
        raise DomainError(_("这个用户没有启用动态口令。"), code="not_enrolled")
    what = "second_factor_removed" if by is not None and by.pk == user.pk else "second_factor_reset"
    emit(Event(f"accounts.user.{what}", by, user, region_path_of(user)))


def _step(phone: Authenticator, code: str) -> int | None:
    """Return the step of a right code that is newer than the last one used; None for any other."""
    figures = "".join(code.split())
    if phone.secret is None or len(figures) != DIGITS or not (figures.isascii() and figures.isdecimal()):
        return None
    clock = TOTP(base64.b32decode(phone.secret.open()), step=STEP, digits=DIGITS)
    clock.time = timezone.now().timestamp()
    right = clock.verify(int(figures), tolerance=TOLERANCE, min_t=phone.last_step + 1)
    return int(clock.t()) if right else None


def _new_codes(user: User) -> list[str]:
    RecoveryCode.objects.filter(user=user).delete()
    codes = ["".join(secrets.choice(_SIGNS) for _number in range(10)) for _code in range(CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, checksum=index_of(_bound(user, code), _PURPOSE)) for code in codes
    )
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def _bound(user: User, code: str) -> str:
    """Return a code as it is kept: as it was made, however it is typed, and good for this user alone."""
    return f"{user.pk} " + "".join(sign for sign in code.lower() if sign in _SIGNS)
