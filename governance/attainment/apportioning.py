"""A number of things shared out over places, exactly: by largest remainders (Hamilton), and checked against the whole.

Knows no framework. Ratios are not shared out: each place is asked for the same, or for what makes up the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

_STEPS = (Decimal(1), Decimal("0.01"), Decimal("0.0001"))  # a target has four decimal places


def apportioned(total: Decimal, weights: Sequence[int]) -> list[Decimal]:
    """Return the shares of `total` in proportion to whole, not negative weights; together they are exactly `total`.

    A total of whole things is shared in whole things. What is left over after rounding down goes to the largest
    remainders, of equal ones to the first. Raises `ValueError` where nothing has a weight.
    """
    if not weights or min(weights) < 0 or not sum(weights):
        raise ValueError("there is nothing to share by")
    step = next(step for step in _STEPS if total % step == 0)
    parts, whole = int(total / step), sum(weights)
    exact = [divmod(parts * weight, whole) for weight in weights]
    left = parts - sum(share for share, _rest in exact)
    first = sorted(range(len(weights)), key=lambda at: (-exact[at][1], at))[:left]
    return [(share + (at in first)) * step for at, (share, _rest) in enumerate(exact)]


def together(numbers: Sequence[Decimal], weights: Sequence[int | Fraction] | None) -> Fraction:
    """Return what the numbers make up: their sum, or their mean with the weights of a ratio's denominators."""
    if weights is None:
        return sum((Fraction(number) for number in numbers), Fraction(0))
    whole = sum((Fraction(weight) for weight in weights), Fraction(0))
    if not whole:
        raise ValueError("there is nothing to weigh with")
    return sum((Fraction(n) * Fraction(w) for n, w in zip(numbers, weights, strict=True)), Fraction(0)) / whole
