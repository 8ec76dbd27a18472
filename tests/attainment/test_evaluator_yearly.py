"""Targets of every calendar year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from governance.attainment.evaluator.rule import Milestone
from tests.attainment import sentences as text
from tests.attainment.sentences import Told, ask, due, units


def test_the_year_to_date_is_held_against_that_years_number() -> None:
    assert "每年新增不少于2个" in text.TWO_SITES_A_YEAR
    rule = replace(text.sites, milestones=(due(2, "2022-12-31"), due(4, "2023-12-31")))
    assert ask(rule, Told(m2022_12=2), "2022-12").status == "met"
    assert ask(rule, Told(m2023_12=2), "2023-12").status == "overdue"


@pytest.mark.parametrize(
    ("month", "n", "status"),
    [("03", 0, "behind"), ("06", 1, "on_track"), ("07", 1, "behind"), ("11", 1, "behind"), ("11", 2, "met"), ("12", 1, "overdue")],
)  # fmt: skip
def test_the_path_is_a_twelfth_of_the_number_for_every_month(month: str, n: int, status: str) -> None:
    answer = ask(text.sites, Told(**{f"m2023_{month}": n}), f"2023-{month}")
    assert (answer.path, answer.status, answer.baseline) == (Fraction(2 * int(month), 12), status, 0)
    assert answer.progress == Fraction(n, 2)


def test_in_the_running_december_nothing_is_overdue_yet() -> None:
    assert ask(text.sites, Told(m2023_12=1), "2023-12", date(2023, 12, 30)).status == "behind"
    assert ask(text.sites, Told(m2023_12=1), "2023-12", date(2023, 12, 31)).status == "overdue"


def test_above_the_unit_the_units_that_reach_the_years_number_are_counted_against_a_path_of_twelfths() -> None:
    told = Told(m2023_06=units(20, 38), m2023_09=units(20, 38))
    first = ask(text.each_site, told, "2023-06")
    assert (first.path, first.status, first.gap) == (50, "on_track", 18)
    assert ask(text.each_site, told, "2023-09").status == "behind"
    assert first.milestone
    assert (first.milestone.due, first.milestone.target) == (date(2023, 12, 31), 2)
    assert {milestone for _, milestone in told.asked} >= {text.each_site.milestones[1]}


def test_every_year_repeats_the_last_number_with_the_end_of_that_year_as_its_day() -> None:
    assert text.TEN_A_YEAR.startswith("10家")
    for year in (2021, 2022, 2026):
        answer = ask(text.ten_a_year, Told(**{f"m{year}_05": 4}), f"{year}-05")
        assert answer.milestone == due(10, f"{year}-12-31")
        assert (answer.path, answer.status) == (Fraction(50, 12), "behind")
    raised = replace(text.ten_a_year, milestones=(due(10, "2021-12-31"), due(12, "2023-12-31")))
    assert [ask(raised, Told(), f"{year}-05").milestone for year in (2022, 2023, 2024)] == [
        due(10, "2022-12-31"), due(12, "2023-12-31"), due(12, "2024-12-31"),
    ]  # fmt: skip


@pytest.mark.parametrize("rule", [text.sites, replace(text.ten_a_year, judged=True)])
def test_before_the_first_year_there_is_no_target(rule: text.Rule) -> None:
    answer = ask(rule, Told(m2020_06=3), "2020-06")
    assert (answer.status, answer.reason, answer.value) == ("no_target", "before_first_year", 3)
    assert (answer.milestone, answer.path, answer.gap, answer.verdicts) == (None, None, None, ())


def test_before_the_first_year_the_units_are_counted_against_the_first_number() -> None:
    told = Told(m2021_12=units(5, 38))
    answer = ask(text.each_site, told, "2021-12")
    assert (answer.status, answer.value) == ("no_target", Fraction(500, 38))
    assert told.asked == [(text.month("2021-12"), text.each_site.milestones[0])]


def test_a_year_that_the_text_leaves_out_has_no_target_but_its_forerunners_keep_their_verdicts() -> None:
    rule = replace(text.sites, milestones=(due(2, "2022-12-31"), due(2, "2024-12-31")))
    answer = ask(rule, Told(m2022_12=2, m2023_06=5), "2023-06")
    assert (answer.status, answer.reason) == ("no_target", "year_without_target")
    assert [verdict.outcome for verdict in answer.verdicts] == ["met"]


def test_after_the_last_year_the_answer_is_that_of_the_last_december() -> None:
    told = Told(m2025_12=1, m2026_05=7)
    answer = ask(text.sites, told, "2026-05", date(2026, 5, 20))
    assert (answer.month, answer.to_date) == (text.month("2025-12"), False)
    assert (answer.value, answer.status) == (1, "overdue")
    assert text.month("2026-05") not in {month for month, _ in told.asked}
    ended = replace(text.ten_a_year, valid_to=date(2023, 6, 30))
    assert ask(ended, Told(m2023_12=10), "2024-02").month == text.month("2023-12")


def test_after_the_last_year_a_place_that_is_not_judged_shows_the_same_month() -> None:
    beside = replace(text.sites, judged=False, milestones=())
    answer = ask(beside, Told(m2025_12=1, m2026_05=7), "2026-05")
    assert (answer.month, answer.value, answer.status) == (text.month("2025-12"), 1, "no_target")


def test_a_finished_year_keeps_its_verdict_and_is_never_met_late() -> None:
    told = Told(m2022_12=1, m2023_12=2, m2024_02=9)
    answer = ask(text.sites, told, "2024-02")
    assert [(verdict.outcome, verdict.value, verdict.met_later) for verdict in answer.verdicts] == [
        ("missed", 1, None), ("met", 2, None),
    ]  # fmt: skip
    repeated = ask(text.ten_a_year, Told(m2021_12=10, m2023_12=9), "2024-06").verdicts
    assert [(verdict.milestone, verdict.outcome) for verdict in repeated] == [
        (due(10, "2021-12-31"), "met"), (due(10, "2022-12-31"), "no_data"), (due(10, "2023-12-31"), "missed"),
    ]  # fmt: skip


def test_nothing_is_carried_over_from_a_rich_year_to_the_next() -> None:
    assert ask(text.sites, Told(m2022_12=9, m2023_12=0), "2023-12").gap == 2


def test_a_yearly_number_is_due_at_the_end_of_its_year_whatever_day_the_text_names() -> None:
    rule = replace(text.sites, milestones=(due(2, "2023-10-15"),))
    answer = ask(rule, Told(m2023_11=1), "2023-11")
    assert answer.milestone == Milestone(date(2023, 12, 31), Fraction(2))
    assert (answer.status, answer.pace, answer.verdicts) == ("behind", 1, ())


def test_an_undated_yearly_number_begins_with_the_policy() -> None:
    rule = replace(text.ten_a_year, milestones=(due(10),))
    assert ask(rule, Told(m2020_12=1), "2020-12").reason == "before_first_year"
    assert ask(rule, Told(m2021_06=5), "2021-06").status == "on_track"
    raised = replace(rule, milestones=(due(20, "2023-12-31"), due(10)))
    assert [ask(raised, Told(), f"{year}-05").milestone for year in (2022, 2023)] == [
        due(10, "2022-12-31"), due(20, "2023-12-31"),
    ]  # fmt: skip


def test_of_several_numbers_of_one_year_the_latest_holds() -> None:
    rule = replace(text.sites, milestones=(due(3, "2022-12-31"), due(1, "2022-06-30")))
    answer = ask(rule, Told(m2022_12=2), "2022-12").milestone
    assert answer
    assert answer.target == 3


def test_a_forecast_ends_with_the_year() -> None:
    told = Told(m2022_12=9, m2023_01=1, m2023_02=2, m2023_03=3, m2023_11=4)
    assert ask(text.ten_a_year, told, "2023-03").forecast == text.month("2023-10")
    assert ask(text.ten_a_year, Told(m2023_06=4, m2023_07=5), "2023-07").forecast == text.month("2023-12")
    assert ask(text.ten_a_year, Told(m2023_06=3, m2023_07=4), "2023-07").forecast is None
    slow = Told(m2023_05=1, m2023_06=1, m2023_07=2, m2023_08=2)
    assert ask(text.ten_a_year, slow, "2023-08").forecast is None


def test_a_forecast_of_the_year_looks_at_months_of_the_year_only() -> None:
    told = Told(lambda month, milestone: text.count(month % 12))
    ask(text.ten_a_year, told, "2023-03")
    assert {month for month, _ in told.asked} == {
        text.month(each) for each in ("2021-12", "2022-12", "2023-01", "2023-02", "2023-03")
    }
    january = Told(m2023_01=1)
    assert ask(text.ten_a_year, january, "2023-01").forecast is None


def test_in_december_the_past_is_not_asked_for_a_forecast() -> None:
    told = Told(lambda month, milestone: text.count(1))
    assert ask(text.ten_a_year, told, "2021-12").forecast is None
    assert {month for month, _ in told.asked} == {text.month("2021-12")}


def test_a_year_has_its_verdict_from_its_last_day_on() -> None:
    told = Told(m2022_12=2)
    for rule in (text.sites, replace(text.ten_a_year, milestones=(due(2, "2022-12-31"),))):
        assert ask(rule, told, "2022-12", date(2022, 12, 30)).verdicts == ()
        assert [verdict.outcome for verdict in ask(rule, told, "2022-12", date(2022, 12, 31)).verdicts] == ["met"]
