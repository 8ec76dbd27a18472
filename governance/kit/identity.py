"""The citizen identity number (GB 11643-1999): how it is written, its check digit, and what it says of its holder.

The division of the first six digits is not looked up: it is that of the day of issue, long gone for many holders, and
permits of Hong Kong, Macao and Taiwan residents (81 to 83) have none.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

LENGTH = 18
OLDEST = 120  # years
_CHECKS = "10X98765432"
MALE, FEMALE = "male", "female"


@dataclass(frozen=True, slots=True)
class Said:
    """What a number says."""

    born: date
    gender: str


def normalised(text: str) -> str:
    """Return a number as it is stored: narrow digits without blanks, X as a capital."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def check_character(body: str) -> str:
    """Return the 18th character for the first 17 digits (ISO 7064, MOD 11-2)."""
    return _CHECKS[sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(body)) % 11]


def read(number: str) -> Said:
    """Return what a normalised number says; raises `ValidationError` that says what is wrong and never the number."""
    body = number[:-1]
    if len(number) != LENGTH or not (body.isascii() and body.isdigit()):
        raise ValidationError(_("身份证号应为 18 位：17 位数字和 1 位校验码。"), code="identity_form")
    if number[-1] != check_character(body):
        raise ValidationError(_("身份证号的校验码不对，请核对每一位。"), code="identity_check")
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise ValidationError(_("身份证号里的出生日期不存在。"), code="identity_date") from None
    today = timezone.localdate()
    if born > today or today.year - born.year > OLDEST:
        raise ValidationError(_("身份证号里的出生日期不合理。"), code="identity_age")
    return Said(born, MALE if int(number[16]) % 2 else FEMALE)


def refuse(number: str) -> None:
    """Refuse a number that cannot be genuine: a validator of fields."""
    read(number)
