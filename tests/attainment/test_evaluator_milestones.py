"""Which target is in force, where the path starts and how it runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from governance.attainment.evaluator.rule import Baseline
from tests.attainment import sentences as text
from tests.attainment.sentences import Told, ask, count, due

COMMUNITIES = 11200


def communities(n: int) -> Told:
    return Told(lambda month, milestone: count(n, COMMUNITIES))


@pytest.mark.parametrize(
    ("month", "target"),
    [("2022-07", 70), ("2022-12", 70), ("2023-01", 100), ("2023-12", 100), ("2024-01", 100), ("2027-08", 100)],
)
def test_in_force_is_the_first_milestone_not_yet_due_else_the_last(month: str, target: int) -> None:
    assert text.SERVICE_70_THEN_100.endswith("于2022年末达到70%,于2023年末达到100%")
    milestone = ask(text.service, communities(5000), month).milestone
    assert milestone
    assert milestone.target == target


def test_the_order_in_which_milestones_are_given_does_not_matter() -> None:
    turned = replace(text.service, milestones=text.service.milestones[::-1])
    for month in ("2022-07", "2022-12", "2023-06", "2024-01"):
        assert ask(turned, communities(5000), month) == ask(text.service, communities(5000), month)


def test_in_the_running_month_the_day_decides_which_milestone_is_in_force() -> None:
    june = replace(text.professionals, milestones=(due(40000, "2024-06-15"), due(80000, "2025-12-31")))
    for day, target in ((15, 40000), (16, 80000)):
        milestone = ask(june, Told(m2024_06=50000), "2024-06", date(2024, 6, day)).milestone
        assert milestone
        assert milestone.target == target


def test_a_due_date_inside_a_month_is_judged_at_the_month_end_before() -> None:
    june = replace(text.professionals, milestones=(due(40000, "2024-06-15"),))
    (verdict,) = ask(june, Told(m2024_05=39999, m2024_06=40000), "2024-06").verdicts
    assert (verdict.outcome, verdict.value, verdict.met_later) == ("missed", 39999, text.month("2024-06"))


def test_a_text_without_a_number_has_no_target() -> None:
    assert "一批" in text.SOME_SITES
    answer = ask(text.some_sites, Told(m2024_05=17), "2024-05")
    assert (answer.status, answer.reason, answer.value) == ("no_target", "no_number_in_text", 17)
    assert (answer.milestone, answer.gap, answer.progress, answer.forecast, answer.verdicts) == (
        None, None, None, None, (),
    )  # fmt: skip


@pytest.mark.parametrize(("n", "status"), [(10, "met"), (9, "pending")])
def test_a_target_without_a_date_is_met_or_pending_and_has_no_path_pace_or_verdict(n: int, status: str) -> None:
    assert "全域" in text.STATIONS_EVERYWHERE
    told = Told(m2024_05=count(n, 10))
    answer = ask(text.stations, told, "2024-05")
    assert answer.status == status
    assert answer.milestone == text.stations.milestones[0]
    assert (answer.path, answer.pace, answer.verdicts, answer.baseline) == (None, None, (), None)
    assert (answer.gap, answer.progress) == (10 - n, Fraction(n, 10))
    assert answer.reason == ("met" if status == "met" else "undated")


def test_an_undated_target_comes_after_dated_ones() -> None:
    both = replace(text.stations, milestones=(due(100), due(50, "2023-12-31")))
    told = Told(lambda month, milestone: count(6, 10))
    assert ask(both, told, "2023-12").status == "met"
    after = ask(both, told, "2024-01")
    assert (after.status, after.path, [verdict.outcome for verdict in after.verdicts]) == ("pending", None, ["met"])


def test_after_the_policy_has_ended_the_last_milestone_stays_in_force() -> None:
    answer = ask(text.professionals, Told(m2026_06=79999, m2027_01=80000), "2026-06")
    assert (answer.status, answer.milestone) == ("overdue", text.professionals.milestones[0])
    assert ask(text.professionals, Told(m2027_01=80000), "2027-01").status == "met"


def test_of_many_that_are_past_the_last_stays_in_force() -> None:
    rule = replace(text.service, milestones=tuple(due(n, f"202{n}-06-30") for n in (4, 1, 3, 2)))
    assert ask(rule, communities(1), "2025-01").milestone == due(4, "2024-06-30")


def test_the_baseline_is_the_value_at_the_month_end_before_the_policy_started() -> None:
    assert text.professionals.valid_from == date(2022, 6, 24)
    answer = ask(text.professionals, Told(m2022_05=37000, m2022_06=99999, m2022_07=38000), "2022-07")
    assert answer.baseline == 37000
    assert answer.path == 37000 + Fraction(80000 - 37000, 43) * 2  # 43 months from May 2022 to December 2025


def test_a_stated_baseline_is_taken_and_the_history_is_not_asked_for_it() -> None:
    assert "由70%" in text.UNFAMILIAR_40_OR_LESS
    told = Told(m2020_03=count(50, 100), m2018_09=count(99, 100))
    answer = ask(text.unfamiliar, told, "2020-03")
    assert (answer.baseline, answer.path) == (70, 55)  # half of the way from September 2018 to September 2021
    assert text.month("2018-09") not in {at for at, _ in told.asked}


def test_a_baseline_of_a_stated_day_without_a_number_is_computed_there() -> None:
    rule = replace(text.professionals, baseline=Baseline(date(2020, 12, 15)))
    assert ask(rule, Told(m2020_11=20000, m2023_01=30000), "2023-01").baseline == 20000


def test_the_path_is_straight_between_milestones_and_flat_after_the_last() -> None:
    told = Told(lambda month, milestone: count(0 if month == text.month("2022-05") else 1, COMMUNITIES))
    paths = [ask(text.service, told, month).path for month in ("2022-05", "2022-06", "2022-12", "2023-06", "2024-03")]
    assert paths == [0, 10, 70, 85, 100]


def test_a_baseline_of_zero_is_a_point_and_a_missing_one_is_not() -> None:
    early = "2022-09"
    assert ask(text.service, Told(m2022_05=count(0, 10), m2022_09=count(1, 10)), early).path == 40
    unknown = ask(text.service, Told(m2022_09=count(1, 10)), early)
    assert (unknown.path, unknown.baseline, unknown.status, unknown.reason) == (None, None, "pending", "no_path")
    between = ask(text.service, Told(m2023_06=count(1, 10)), "2023-06")
    assert (between.path, between.status) == (85, "behind")


def test_before_its_first_point_there_is_no_path() -> None:
    answer = ask(text.professionals, Told(m2022_03=100, m2022_05=37000), "2022-03")
    assert (answer.path, answer.status, answer.reason) == (None, "pending", "no_path")
    assert answer.progress == Fraction(100, 80000)  # a baseline of a later month is not known yet


def test_a_milestone_that_is_not_later_than_the_baseline_is_no_point_of_the_path() -> None:
    rule = replace(text.service, baseline=Baseline(date(2022, 12, 31), Fraction(40)))
    assert ask(rule, communities(1), "2023-06").path == 70  # from 40, not from 70
    assert ask(rule, communities(1), "2022-12").path == 40


def test_of_two_milestones_judged_at_one_month_end_the_later_is_the_point() -> None:
    rule = replace(
        text.professionals, milestones=(due(100, "2023-06-30"), due(200, "2023-07-15"), due(300, "2024-06-30"))
    )
    assert ask(rule, Told(m2022_05=0, m2023_12=1), "2023-12").path == 250


def test_the_path_is_exact() -> None:
    rule = replace(text.professionals, milestones=(due(1, "2025-06-30"),))
    path = ask(rule, Told(m2022_05=0, m2022_06=0, m2022_12=Fraction(7, 37)), "2022-12")  # type: ignore[arg-type]
    assert (path.path, path.status) == (Fraction(7, 37), "on_track")
