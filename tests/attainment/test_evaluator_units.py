"""Targets that every unit has to reach: at the unit, and above it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from governance.attainment.evaluator.rule import Baseline, Milestone, Reading
from tests.attainment import sentences as text
from tests.attainment.sentences import Told, ask, count, due, units


def test_above_the_unit_the_share_of_units_that_pass_is_held_against_100() -> None:
    assert text.EACH_COMMUNITY_ONE.startswith("每个")
    told = Told(m2022_05=units(2240, 11200), m2024_01=units(7000, 11200, 1000, shortfall=3200))
    answer = ask(text.each_community, told, "2024-01")
    assert (answer.value, answer.baseline) == (Fraction(62_5, 10), 20)
    assert (answer.gap, answer.target_count) == (4200, 11200)
    assert answer.progress == Fraction(425, 800)
    assert answer.provisional


def test_the_units_are_held_against_the_texts_own_number_and_the_answer_names_it() -> None:
    told = Told(m2022_05=units(1, 10), m2024_01=units(7, 10))
    answer = ask(text.each_community, told, "2024-01")
    own = text.each_community.milestones[0]
    assert own.target == 1
    assert answer.milestone is own
    assert {milestone for _, milestone in told.asked} == {own}


def test_units_without_data_fail_add_nothing_to_the_shortfall_and_are_counted() -> None:
    reading = units(8, 10, no_data=2)
    answer = ask(text.each_community, Told(m2022_05=units(8, 10), m2026_01=reading), "2026-01")
    assert (answer.status, answer.value) == ("overdue", 80)
    assert (answer.reading.units_no_data, answer.reading.shortfall) == (2, 0)


def test_there_is_no_data_only_when_no_unit_has_a_value() -> None:
    answer = ask(text.each_community, Told(m2026_01=units(0, 10, no_data=10)), "2026-01")
    assert (answer.status, answer.reason, answer.value) == ("no_data", "no_unit_has_value", None)
    one = ask(text.each_community, Told(m2026_01=units(0, 10, no_data=9, shortfall=1)), "2026-01")
    assert (one.status, one.value) == ("overdue", 0)


def test_the_path_runs_from_the_share_at_the_baseline_to_100_at_the_first_due_date() -> None:
    rule = replace(text.each_community, milestones=(due(1, "2023-05-31"), due(2, "2025-12-31")))
    told = Told(lambda month, milestone: units(4, 10))
    assert ask(rule, told, "2022-11").path == 70  # half of the way from 40
    assert ask(rule, told, "2023-05").path == 100
    assert ask(rule, told, "2024-05").path == 100


def test_the_baseline_is_held_against_the_milestone_in_force_then_and_a_forecast_against_the_one_of_today() -> None:
    first, second = due(1, "2023-05-31"), due(2, "2025-12-31")
    told = Told(lambda month, milestone: units(5, 10))
    ask(replace(text.each_community, milestones=(first, second)), told, "2023-07")
    after = [month for month, milestone in told.asked if milestone is second]
    assert sorted(after) == list(range(text.month("2022-08"), text.month("2023-07") + 1))
    # the baseline, the verdict of the first milestone, and the months in which it might have been met later
    before = [month for month, milestone in told.asked if milestone is first]
    assert sorted(before) == [text.month(each) for each in ("2022-05", "2023-05", "2023-06", "2023-07")]


def test_a_stated_baseline_speaks_of_one_unit_and_is_no_point_of_the_share() -> None:
    rule = replace(text.each_community, baseline=Baseline(date(2022, 5, 31), Fraction(1, 2)))
    assert ask(rule, Told(m2022_05=units(3, 10), m2023_05=units(5, 10)), "2023-05").baseline == 30


@pytest.mark.parametrize(("passing", "status"), [(10, "met"), (9, "overdue")])
def test_every_unit_has_to_pass_and_the_best_cannot_stand_in_for_the_others(passing: int, status: str) -> None:
    assert "每个区应确定1-2个" in text.EACH_DISTRICT_1_TO_2
    answer = ask(text.one_to_two, Told(m2013_12=units(0, 10), m2014_12=units(passing, 10)), "2014-12")
    assert (answer.status, answer.above_high) == (status, None)


def test_the_share_is_wanted_high_even_where_the_units_want_less() -> None:
    rule = replace(text.unfamiliar, stance="above")
    told = Told(m2018_09=units(2, 10), m2020_03=units(5, 10))
    answer = ask(rule, told, "2020-03")
    assert (answer.value, answer.path, answer.status, answer.gap) == (50, 60, "behind", 5)
    assert ask(rule, Told(m2021_09=units(10, 10)), "2021-09").status == "met"


def test_a_unit_is_judged_by_its_own_value_where_its_level_is_judged() -> None:
    answer = ask(text.sites, Told(m2023_12=1), "2023-12")
    assert (answer.value, answer.status, answer.gap) == (1, "overdue", 1)


def test_a_unit_whose_level_is_not_judged_has_a_value_and_passes_or_fails_without_a_status() -> None:
    community = replace(text.each_community, stance="unit", judged=False, factor=Fraction(1))
    for n, line in ((0, "below"), (1, "reached")):
        answer = ask(community, Told(m2023_12=n), "2023-12")
        assert (answer.value, answer.status, answer.reference_line) == (n, "no_target", line)


def test_an_undated_each_unit_target_is_pending_until_all_have_it() -> None:
    assert "各区县" in text.EACH_DISTRICT_PLAN
    told = Told(m2023_11=units(37, 38), m2023_12=units(38, 38))
    answer = ask(text.each_plan, told, "2023-11")
    assert (answer.status, answer.gap, answer.progress, answer.path) == ("pending", 1, Fraction(37, 38), None)
    assert ask(text.each_plan, told, "2023-12").status == "met"


def test_above_a_unit_that_is_not_judged_the_units_are_counted_against_the_texts_number() -> None:
    county = replace(text.each_community, judged=False, milestones=())
    told = Told(m2023_12=units(9, 10))
    answer = ask(county, told, "2023-12")
    assert (answer.value, answer.status, answer.milestone, answer.reference_line) == (90, "no_target", None, "below")
    assert told.asked == [(text.month("2023-12"), county.root_milestones[0])]


def test_a_verdict_and_the_months_after_it_hold_the_units_against_that_very_milestone() -> None:
    easy, hard = due(1, "2022-12-31"), due(3, "2023-12-31")

    def passing(month: int, milestone: Milestone | None) -> Reading:
        return units(10 if milestone is easy and month >= text.month("2023-03") else 4, 10)

    rule = replace(text.each_community, milestones=(easy, hard))
    verdicts = ask(rule, Told(passing), "2024-01").verdicts
    assert [(verdict.milestone, verdict.outcome) for verdict in verdicts] == [(easy, "missed"), (hard, "missed")]
    assert [verdict.met_later for verdict in verdicts] == [text.month("2023-03"), None]


def test_places_that_are_no_units_are_asked_without_a_milestone() -> None:
    told = Told(m2022_05=1, m2023_12=count(2))
    ask(text.professionals, told, "2023-12")
    assert {milestone for _, milestone in told.asked} == {None}
