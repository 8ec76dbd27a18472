"""When the straight line of the last twelve month ends reaches the target."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from governance.attainment.evaluator.forecast import twice_median
from tests.attainment import sentences as text
from tests.attainment.sentences import MISSING, Told, ask, count, due


def line(start: int, step: int, since: str = "2023-01") -> Told:
    return Told(lambda month, milestone: count(start + step * (month - text.month(since))))


def test_a_target_that_is_met_is_forecast_for_the_current_month_without_asking_the_past() -> None:
    told = Told(m2024_03=80000)
    assert ask(text.professionals, told, "2024-03").forecast == text.month("2024-03")
    assert {month for month, _ in told.asked} == {text.month("2024-03"), text.month("2022-05")}


def test_the_line_reaches_the_target_in_its_first_whole_month() -> None:
    assert "8万人" in text.PROFESSIONALS_80000
    # 70,000 in January 2024, 1,000 a month: ten months; one person fewer: eleven
    assert ask(text.professionals, line(58000, 1000), "2024-01").forecast == text.month("2024-11")
    assert ask(text.professionals, line(57999, 1000), "2024-01").forecast == text.month("2024-12")


def test_one_leap_does_not_bend_the_line() -> None:
    leap = Told(
        lambda month, milestone: count(
            1000 + 10 * (month - text.month("2023-01")) + 5000 * (month == text.month("2023-04"))
        )
    )
    rule = replace(text.professionals, milestones=(due(1220, "2025-12-31"),))
    assert ask(rule, leap, "2023-12").forecast == text.month("2024-11")


def test_of_an_even_number_of_slopes_the_mean_of_the_middle_two_counts() -> None:
    # slopes 1, 3, 5 (odd: 3); with a fourth value six of them
    assert twice_median([5, 1, 3]) == 6
    assert twice_median([4, 1, 2, 9]) == 6
    told = Told(m2023_01=0, m2023_02=1, m2023_03=4, m2023_04=10)
    # 1, 2, 10/3, 3, 9/2, 6: the mean of 3 and 10/3 is 19/6; (80 - 10) / (19/6) is 22.1
    rule = replace(text.professionals, milestones=(due(80, "2025-12-31"),))
    assert ask(rule, told, "2023-04").forecast == text.month("2023-04") + 23


def test_only_the_last_twelve_month_ends_count() -> None:
    told = Told(
        lambda month, milestone: count(0 if month < text.month("2023-02") else 100 + month - text.month("2023-02"))
    )
    rule = replace(text.professionals, milestones=(due(200, "2025-12-31"),))
    ask(rule, told, "2024-01")
    window = {month for month, _ in told.asked} - {text.month("2022-05")}
    assert window == set(range(text.month("2023-02"), text.month("2024-01") + 1))


def test_missing_months_are_left_out_and_not_taken_for_zero() -> None:
    told = Told(m2023_06=MISSING, m2023_09=60000, m2024_01=64000)
    assert ask(text.professionals, told, "2024-01").forecast == text.month("2024-01") + 16


def test_zero_is_one_of_the_known_values() -> None:
    assert ask(text.professionals, Told(m2023_12=0, m2024_01=40000), "2024-01").forecast == text.month("2024-02")


def test_one_known_value_makes_no_line() -> None:
    assert ask(text.professionals, Told(m2022_05=10, m2024_01=64000), "2024-01").forecast is None


@pytest.mark.parametrize("step", [0, -5])
def test_a_line_that_lies_flat_or_points_away_reaches_nothing(step: int) -> None:
    assert ask(text.professionals, line(50000, step), "2024-01").forecast is None


def test_fifty_years_ahead_is_the_furthest() -> None:
    rule = replace(text.professionals, milestones=(due(612, "2025-12-31"),))
    assert ask(rule, line(0, 1), "2024-01").forecast == text.month("2024-01") + 600
    further = replace(text.professionals, milestones=(due(613, "2025-12-31"),))
    assert ask(further, line(0, 1), "2024-01").forecast is None


def test_where_lower_is_better_the_line_has_to_fall() -> None:
    falling = Told(lambda month, milestone: count(60 - (month - text.month("2019-12")), 100))
    assert ask(text.unfamiliar, falling, "2020-03").forecast == text.month("2021-08")
    rising = Told(lambda month, milestone: count(50 + month - text.month("2019-12"), 100))
    assert ask(text.unfamiliar, rising, "2020-03").forecast is None


def test_a_denominator_that_changes_changes_the_line() -> None:
    told = Told(m2023_12=count(10, 100), m2024_01=count(10, 80))
    # 10 % and 12.5 %: 9.5 points more at 2.5 a month
    assert ask(text.volunteers, told, "2024-01").forecast == text.month("2024-05")


def test_an_undated_target_has_a_forecast_and_an_overdue_one_too() -> None:
    told = Told(m2024_01=count(6, 10), m2024_02=count(7, 10))
    assert ask(text.stations, told, "2024-02").forecast == text.month("2024-05")
    late = Told(m2026_01=70000, m2026_02=75000)
    assert ask(text.professionals, late, "2026-02").forecast == text.month("2026-03")


def test_the_line_is_exact_where_floating_point_is_not() -> None:
    tenth = Told(m2024_01=Fraction(1, 10), m2024_02=Fraction(2, 10))  # type: ignore[arg-type]
    rule = replace(text.professionals, milestones=(due("0.3", "2025-12-31"),))
    assert ask(rule, tenth, "2024-02").forecast == text.month("2024-03")


def test_without_a_target_the_past_is_not_asked() -> None:
    told = Told(m2024_02=5, m2024_01=4)
    assert ask(text.some_sites, told, "2024-02").forecast is None
    assert told.asked == [(text.month("2024-02"), None)]
