"""Units held against a number: which pass, and how many whole things the others lack."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from governance.attainment.rollup.facts import HUNDREDTHS
from governance.attainment.rollup.keys import UnitsPassing
from governance.attainment.rollup.quantity import Quantity
from governance.attainment.rollup.tree import Flags

_SAFE = 2**62


def with_value(unit: Flags, numerator: Quantity, denominator: Quantity) -> Flags:
    """Return which units have a value of their own."""
    found: Flags = unit & ~numerator.missing & ~denominator.missing & (denominator.amount != 0)
    return found


def lacking(held: UnitsPassing, valued: Flags, numerator: Quantity, denominator: Quantity) -> NDArray[Any]:
    """Return the least whole number by which the numerator of each unit misses the target, its denominator fixed.

    Whole numbers, 0 for what is no unit with a value; Python's own integers where 64 bits would not do.
    """
    wanted = held.target.numerator * held.factor.denominator
    had = held.factor.numerator * held.target.denominator
    n, d = numerator.amount, denominator.amount
    largest = max(abs(wanted) * int(np.abs(d).max(initial=0)), had * int(np.abs(n).max(initial=0)))
    if largest >= _SAFE:
        n, d = n.astype(object), d.astype(object)
    short = d * wanted - n * had  # in hundredths of 1/had
    if held.at_most:
        short = -short
    found = np.where(valued, np.maximum(-(-short // (had * HUNDREDTHS)), 0), 0)
    # the sum of all of them fits, in hundredths, too
    fits = Fraction(largest, had) * len(n) < _SAFE
    return found.astype(np.int64 if fits else object)
