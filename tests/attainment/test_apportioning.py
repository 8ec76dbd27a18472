"""Shares of a whole: exact, fair, and always the same."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.attainment.apportioning import apportioned, together

WEIGHTS = st.lists(st.integers(0, 10**8), min_size=1, max_size=40).filter(any)


def test_largest_remainders_get_what_is_left() -> None:
    # 100 over 47, 16, 36 of 99: 47.47, 16.16, 36.36 round down to 99; the one left goes to the remainder .47
    assert apportioned(Decimal(100), [47, 16, 36]) == [48, 16, 36]


def test_of_equal_remainders_the_first_gets_it() -> None:
    assert apportioned(Decimal(10), [1, 1, 1]) == [4, 3, 3]


def test_a_number_with_places_is_shared_in_its_own_steps() -> None:
    assert apportioned(Decimal("0.50"), [1, 1, 1]) == [Decimal("0.17"), Decimal("0.17"), Decimal("0.16")]
    assert apportioned(Decimal("1.0001"), [1, 1]) == [Decimal("0.5001"), Decimal("0.5000")]


@given(st.integers(0, 10**9), WEIGHTS)
def test_shares_make_up_the_whole_and_are_within_one_of_the_exact_one(total: int, weights: list[int]) -> None:
    shares = apportioned(Decimal(total), weights)
    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert abs(Fraction(share) - Fraction(total * weight, sum(weights))) < 1


@pytest.mark.parametrize("weights", [[], [0, 0], [3, -1]])
def test_there_has_to_be_something_to_share_by(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="nothing to share by"):
        apportioned(Decimal(5), weights)


def test_numbers_make_up_a_sum_or_a_weighted_mean() -> None:
    assert together([Decimal(3), Decimal("2.5")], None) == Fraction(11, 2)
    assert together([Decimal(20), Decimal(30)], [3, 1]) == Fraction(45, 2)
    with pytest.raises(ValueError, match="nothing to weigh with"):
        together([Decimal(1)], [0])
