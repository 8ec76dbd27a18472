"""What a password must be, for how long it holds, and where one is set."""

from __future__ import annotations

import secrets
import string
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher, check_password, get_hasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.accounts.models import FormerPassword, User
from governance.kit.events import Event, emit
from governance.kit.scoping import region_path_of

# without signs that look like others on paper
_LETTERS = "abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789"

_ROUNDS_AT_RANDOM = 2000


class KindsOfSigns:
    """Small letters, capitals, digits and all other signs: at least `kinds` of the four."""

    def __init__(self, kinds: int = 3) -> None:
        self.kinds = kinds

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse a password of too few kinds."""
        plain = string.ascii_letters + string.digits
        found = [
            any(sign in string.ascii_lowercase for sign in password),
            any(sign in string.ascii_uppercase for sign in password),
            any(sign in string.digits for sign in password),
            any(sign not in plain for sign in password),
        ]
        if sum(found) < self.kinds:
            raise ValidationError(self.get_help_text(), code="password_kinds")

    def get_help_text(self) -> str:
        """Say what is asked for."""
        return _("大写字母、小写字母、数字、其他符号，四种里至少要有 %(kinds)d 种。") % {"kinds": self.kinds}


class NotUsedBefore:
    """Not the password that is in force, nor one of those before it."""

    def __init__(self, last: int = 5) -> None:
        self.last = last

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse a password that was used lately."""
        if user is None or user.pk is None:
            return
        former = user.former_passwords.values_list("password", flat=True)[: self.last - 1]
        if any(check_password(password, used) for used in [user.password, *former]):
            raise ValidationError(self.get_help_text(), code="password_used")

    def get_help_text(self) -> str:
        """Say what is asked for."""
        return _("不能和最近 %(last)d 次用过的密码相同。") % {"last": self.last}


def require_good(password: str, user: User, field: str = "password") -> None:
    """Raise what is wrong with a password, at the field of a form."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValidationError({field: error.messages}) from error


@transaction.atomic
def give_password(user: User, password: str, *, by: Any, must_change: bool) -> None:
    """Put a new password in the place of the old one, whose hash is kept for a while; told on the trail."""
    if user.has_usable_password():
        FormerPassword.objects.create(user=user, password=user.password)
    prepare(user, password, must_change=must_change)
    user.save(update_fields=["password", "password_changed_at", "must_change_password"])
    kept = list(user.former_passwords.values_list("pk", flat=True)[: settings.PASSWORDS_REMEMBERED])
    user.former_passwords.exclude(pk__in=kept).delete()
    after = {"must_change_password": must_change}
    emit(Event("accounts.user.password", by, user, region_path_of(user), after=after))


def prepare(user: User, password: str, *, must_change: bool) -> None:
    """Set the password of an account that is about to be saved."""
    user.set_password(password)
    user.password_changed_at = timezone.now()
    user.must_change_password = must_change


def prepare_at_random(user: User, password: str) -> None:
    """Set a one-time password that was drawn here, for one of many accounts.

    Rounds of hashing make up for what people choose badly. 68 random bits need none, and a sheet of hundreds would take
    minutes; the first login hashes it with all rounds, before it is changed.
    """
    user.password_changed_at, user.must_change_password = timezone.now(), True
    hasher = get_hasher()
    rounds = {"iterations": _ROUNDS_AT_RANDOM} if isinstance(hasher, PBKDF2PasswordHasher) else {}
    user.password = hasher.encode(password, hasher.salt(), **rounds)


def one_time_password() -> str:
    """Return a password to be handed over, easy to read aloud and to type; some 68 bits."""
    signs = [secrets.choice(kind) for kind in _LETTERS]
    signs += [secrets.choice("".join(_LETTERS)) for _number in range(9)]
    secrets.SystemRandom().shuffle(signs)
    text = "".join(signs)
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))


def why_change(user: User) -> str:
    """Return why a user has to choose another password before anything else, or nothing."""
    if user.kind != User.Kind.PERSON:
        return ""
    if user.must_change_password:
        return _("这是管理员设的密码，只用来登录这一次。请先改成只有您自己知道的密码。")
    if settings.PASSWORD_DAYS and timezone.now() - user.password_changed_at > timedelta(days=settings.PASSWORD_DAYS):
        return _("密码已用满 %(days)d 天，请先换一个新密码。") % {"days": settings.PASSWORD_DAYS}
    return ""


def has_lapsed(user: User) -> bool:
    """Return whether the password was given for one login, and nobody has come with it in time."""
    if not (settings.ONE_TIME_PASSWORD_DAYS and user.must_change_password and user.kind == User.Kind.PERSON):
        return False
    return timezone.now() - user.password_changed_at > timedelta(days=settings.ONE_TIME_PASSWORD_DAYS)


def days_left(user: User) -> int | None:
    """Return for how many days the password still holds; None where it does not end."""
    if not settings.PASSWORD_DAYS:
        return None
    return max(0, settings.PASSWORD_DAYS - (timezone.now() - user.password_changed_at).days)
