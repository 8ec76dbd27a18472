"""Progress, gap, the count to reach, and pace."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from governance.attainment.evaluator.rule import Baseline, Rule
from tests.attainment import sentences as text
from tests.attainment.sentences import Told, ask, count


def test_progress_is_the_share_of_the_way_from_the_baseline() -> None:
    answer = ask(text.professionals, Told(m2022_05=37000, m2024_03=58500), "2024-03")
    assert answer.progress == Fraction(1, 2)


@pytest.mark.parametrize(("n", "progress"), [(80000, 1), (123000, 2), (37000, 0), (15500, Fraction(-1, 2))])
def test_progress_is_not_capped_on_either_side(n: int, progress: Fraction) -> None:
    assert ask(text.professionals, Told(m2022_05=37000, m2024_03=n), "2024-03").progress == progress


@pytest.mark.parametrize(
    ("n", "progress"), [(70, 0), (55, Fraction(1, 2)), (40, 1), (25, Fraction(3, 2)), (85, Fraction(-1, 2))]
)
def test_where_lower_is_better_progress_grows_as_the_value_falls(n: int, progress: Fraction) -> None:
    assert "轉變為40%以下" in text.UNFAMILIAR_40_OR_LESS
    assert ask(text.unfamiliar, Told(m2020_03=count(n, 100)), "2020-03").progress == progress


def test_progress_from_an_unknown_baseline_starts_at_zero() -> None:
    answer = ask(text.professionals, Told(m2024_03=20000), "2024-03")
    assert (answer.progress, answer.baseline) == (Fraction(1, 4), None)
    range_ = ask(text.five_to_eight, Told(m2014_06=count(400, 100)), "2014-06")
    assert range_.progress == Fraction(4, 5)


@pytest.mark.parametrize(("n", "progress"), [(40, 1), (0, 1), (41, None)])
def test_where_lower_is_better_an_unknown_baseline_leaves_progress_open_until_it_is_met(
    n: int, progress: int | None
) -> None:
    rule = replace(text.unfamiliar, baseline=None)
    assert ask(rule, Told(m2020_03=count(n, 100)), "2020-03").progress == progress


@pytest.mark.parametrize(("n", "progress"), [(80000, 1), (90001, 1), (79999, 0)])
def test_where_the_baseline_already_satisfies_the_target_progress_is_all_or_nothing(n: int, progress: int) -> None:
    for start in (80000, 95000):
        assert ask(text.professionals, Told(m2022_05=start, m2024_03=n), "2024-03").progress == progress


@pytest.mark.parametrize(
    ("rule", "reading", "gap", "target_count"),
    [
        (text.professionals, count(79999), 1, 80000),
        (text.professionals, count(80001), 0, 80000),
        (text.volunteers, count(6_000_000, 32_054_159), 1_051_915, 7_051_915),  # 22 % are 7,051,914.98
        (text.urban_average, count(35, 3), 1, 36),
        (text.unfamiliar, count(81, 199), 2, 79),  # 40 % are 79.6
        (text.unfamiliar, count(79, 199), 0, 79),
        (text.five_to_eight, count(0, 7), 35, 35),
        (text.park, count("2999.25"), 1, 3000),
    ],
)
def test_the_gap_is_the_least_whole_number_by_which_the_numerator_must_change(
    rule: Rule, reading: text.Reading, gap: int, target_count: int
) -> None:
    answer = ask(rule, Told(m2021_06=reading), "2021-06")
    assert (answer.gap, answer.target_count) == (gap, target_count)


def test_more_than_was_asked_is_no_negative_gap() -> None:
    assert ask(text.professionals, Told(m2024_03=90000), "2024-03").gap == 0
    assert ask(text.unfamiliar, Told(m2020_03=count(1, 100)), "2020-03").gap == 0


def test_pace_is_the_gap_over_the_months_that_are_left() -> None:
    answer = ask(text.professionals, Told(m2022_05=0, m2025_02=79000), "2025-02")
    assert (answer.gap, answer.pace) == (1000, 100)
    assert ask(text.professionals, Told(m2025_11=79000), "2025-11").pace == 1000


@pytest.mark.parametrize(("month", "n"), [("2025-12", 79000), ("2026-05", 79000), ("2025-02", 80000)])
def test_there_is_no_pace_without_a_month_left_or_when_nothing_is_missing(month: str, n: int) -> None:
    assert ask(text.professionals, Told(**{"m" + month.replace("-", "_"): n}), month).pace is None


def test_a_due_date_inside_a_month_counts_that_month_for_the_pace() -> None:
    june = replace(text.professionals, milestones=(text.due(80000, "2024-06-15"),))
    assert ask(june, Told(m2024_05=79000), "2024-05").pace == 1000


def test_a_stated_baseline_of_zero_is_a_baseline() -> None:
    rule = replace(text.unfamiliar, direction="at_least", baseline=Baseline(date(2018, 9, 30), Fraction(0)))
    answer = ask(rule, Told(m2018_09=count(39, 100), m2020_03=count(20, 100)), "2020-03")
    assert (answer.baseline, answer.progress, answer.path) == (0, Fraction(1, 2), 20)
