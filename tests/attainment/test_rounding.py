"""Numbers for people: rounded half away from zero, never onto a target that they do not reach."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.attainment.rounding import rounded, shown


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, "-3"),
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-1, 8), 2, "-0.13"),
        (Fraction(1, 3), 4, "0.3333"),
        (Fraction(0), 1, "0.0"),
    ],
)
def test_half_goes_away_from_zero(value: Fraction, places: int, expected: str) -> None:
    assert rounded(value, places) == Decimal(expected)


@given(st.fractions(), st.integers(0, 6))
def test_no_other_number_of_so_many_places_is_nearer(value: Fraction, places: int) -> None:
    assert abs(Fraction(rounded(value, places)) - value) * 2 <= Fraction(1, 10**places)


@pytest.mark.parametrize(
    ("value", "target", "expected"),
    [
        (None, None, "—"),
        (Fraction(0), None, "0"),
        (Fraction(1234567), None, "1,234,567"),
        (Fraction(2196, 100), Fraction(22), "21.96"),
        (Fraction(21999, 1000), Fraction(22), "21.999"),
        (Fraction(2199999999, 100000000), Fraction(22), "22.0000"),
        (Fraction(125, 10), Fraction(12), "12.5"),
        (Fraction(1105600, 11270), Fraction(100), "98.1"),
    ],
)
def test_a_value_just_short_of_its_target_is_not_shown_as_the_target(
    value: Fraction | None, target: Fraction | None, expected: str
) -> None:
    assert shown(value, target) == expected
