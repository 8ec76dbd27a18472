"""Numbers for people: rounded half away from zero, with as many places as it takes to differ from the target."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

_MOST = 4
_DIGITS = 60


def rounded(value: Fraction, places: int) -> Decimal:
    """Return the value with so many decimal places, half away from zero."""
    scaled = value * 10**places
    whole, rest = divmod(abs(scaled.numerator), scaled.denominator)
    whole += 2 * rest >= scaled.denominator
    with localcontext(prec=_DIGITS, rounding=ROUND_HALF_UP):
        return Decimal(whole if scaled >= 0 else -whole).scaleb(-places)


def shown(value: Fraction | None, target: Fraction | None = None, *, places: int = 1) -> str:
    """Return the value as a page shows it: whole numbers plain, others with one place, or with as many as it takes.

    A value just short of its target is not shown as the target: 21.96 of 22, not 22.0.
    """
    if value is None:
        return "—"
    if value.denominator == 1:
        return f"{value.numerator:,}"
    if target is not None and value != target:
        while places < _MOST and rounded(value, places) == rounded(target, places):
            places += 1
    return f"{rounded(value, places):,}"
