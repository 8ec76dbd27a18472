"""A multiple of a baseline count: 慈善组织总数较“十三五末翻一番."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from governance.attainment.evaluator.rule import Baseline, Reading
from tests.attainment import sentences as text
from tests.attainment.sentences import Told, ask, count


def test_value_and_target_are_multiples_and_the_gap_is_a_count() -> None:
    assert "翻一番" in text.CHARITY_DOUBLED
    answer = ask(text.charity, Told(m2023_06=count(120, 81)), "2023-06")
    assert (answer.value, answer.gap, answer.target_count) == (Fraction(120, 81), 42, 162)
    assert answer.milestone
    assert answer.milestone.target == 2


def test_path_and_progress_start_from_one_at_the_baselines_month() -> None:
    told = Told(m2020_12=count(80, 80), m2023_06=count(120, 80), m2020_11=count(1, 80))
    answer = ask(text.charity, told, "2023-06")
    assert (answer.baseline, answer.progress) == (1, Fraction(1, 2))
    assert (answer.path, answer.status) == (Fraction(3, 2), "on_track")  # 30 of 60 months
    assert ask(text.charity, told, "2020-12").path == 1
    assert (ask(text.charity, told, "2020-11").path, ask(text.charity, told, "2020-11").status) == (None, "pending")


def test_the_baseline_is_not_asked_of_the_history_for_it_is_the_denominator() -> None:
    told = Told(lambda month, milestone: count(120, 80))
    ask(text.charity, told, "2023-06")
    assert text.month("2020-12") not in {month for month, _ in told.asked}


@pytest.mark.parametrize(
    ("reading", "reason"),
    [
        (Reading(Fraction(120), None, missing="register_not_kept"), "baseline_missing"),
        (Reading(Fraction(120), None), "baseline_missing"),
        (count(120, 0), "baseline_zero"),
    ],
)
def test_a_missing_or_zero_baseline_is_no_denominator_with_that_reason(reading: Reading, reason: str) -> None:
    answer = ask(text.charity, Told(m2023_06=reading), "2023-06")
    assert (answer.status, answer.reason, answer.value) == ("no_denominator", reason, None)


def test_a_missing_count_is_no_data_whatever_the_baseline() -> None:
    assert ask(text.charity, Told(m2023_06=Reading(None, None, missing="no_source")), "2023-06").status == "no_data"


def test_a_count_entered_as_the_baseline_is_not_taken_for_a_value_of_the_path() -> None:
    entered = replace(text.charity, baseline=Baseline(date(2020, 12, 31), Fraction(81)))
    assert ask(entered, Told(m2023_06=count(120, 81)), "2023-06").baseline == 1


def test_no_change_is_no_progress_and_a_loss_is_negative() -> None:
    assert ask(text.charity, Told(m2023_06=count(80, 80)), "2023-06").progress == 0
    assert ask(text.charity, Told(m2023_06=count(60, 80)), "2023-06").progress == Fraction(-1, 4)


def test_an_undated_multiple_makes_its_progress_from_one() -> None:
    rule = replace(text.charity, milestones=(text.due(2),))
    answer = ask(rule, Told(m2023_06=count(120, 80)), "2023-06")
    assert (answer.status, answer.progress, answer.baseline, answer.path) == ("pending", Fraction(1, 2), None, None)
