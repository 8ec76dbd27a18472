"""Verdicts of the milestones that have come, and the line of reference."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from governance.attainment.evaluator.rule import Reading, Verdict
from tests.attainment import sentences as text
from tests.attainment.sentences import MISSING, Told, ask, count, due

first, second = text.service.milestones


def test_every_milestone_that_has_come_has_a_verdict_and_no_other() -> None:
    told = Told(m2022_12=count(70, 100), m2023_11=count(99, 100), m2023_12=count(99, 100))
    assert ask(text.service, told, "2022-11").verdicts == ()
    assert ask(text.service, told, "2023-11").verdicts == (
        Verdict(first, "met", told.readings[text.month("2022-12")].numerator),
    )
    last = ask(text.service, told, "2023-12").verdicts
    assert [(verdict.milestone, verdict.outcome, verdict.value) for verdict in last] == [
        (first, "met", 70), (second, "missed", 99),
    ]  # fmt: skip


def test_in_the_running_month_the_day_decides_whether_a_milestone_has_come() -> None:
    told = Told(m2022_12=count(70, 100))
    assert ask(text.service, told, "2022-12", date(2022, 12, 30)).verdicts == ()
    assert len(ask(text.service, told, "2022-12", date(2022, 12, 31)).verdicts) == 1


def test_a_missed_milestone_shows_in_its_verdict_and_the_status_is_that_of_the_one_in_force() -> None:
    told = Told(m2022_05=count(10, 100), m2022_12=count(69, 100), m2023_02=count(80, 100))
    answer = ask(text.service, told, "2023-02")
    assert (answer.status, answer.milestone) == ("on_track", second)
    assert [verdict.outcome for verdict in answer.verdicts] == ["missed"]


def test_met_later_is_the_first_month_end_at_which_that_milestone_was_met() -> None:
    told = Told(
        m2022_12=count(60, 100), m2023_03=count(70, 100), m2023_04=count(65, 100), m2023_05=count(75, 100),
        m2024_06=count(100, 100),
    )  # fmt: skip
    verdicts = ask(text.service, told, "2024-07").verdicts
    assert [verdict.met_later for verdict in verdicts] == [text.month("2023-03"), text.month("2024-06")]
    assert [verdict.met_later for verdict in ask(text.service, told, "2023-02").verdicts] == [None]


def test_a_milestone_that_was_met_is_not_looked_for_later() -> None:
    told = Told(lambda month, milestone: count(100, 100))
    verdicts = ask(text.service, told, "2025-06").verdicts
    assert [(verdict.outcome, verdict.met_later) for verdict in verdicts] == [("met", None)] * 2
    assert {month for month, _ in told.asked} == {
        text.month(each) for each in ("2022-05", "2022-12", "2023-12", "2025-06")
    }


@pytest.mark.parametrize(
    ("reading", "outcome"),
    [(MISSING, "no_data"), (count(5, 0), "no_denominator"), (Reading(None, applicable=False), "no_data")],
)
def test_without_a_value_on_the_day_the_verdict_says_so_and_it_can_still_be_met_later(
    reading: Reading, outcome: str
) -> None:
    told = Told(m2022_12=reading, m2023_01=count(70, 100))
    (verdict,) = ask(text.service, told, "2023-02").verdicts
    assert verdict == Verdict(first, outcome, None, False, text.month("2023-01"))


def test_a_value_of_zero_is_missed_and_not_no_data() -> None:
    (verdict,) = ask(text.service, Told(m2022_12=count(0, 100)), "2023-02").verdicts
    assert (verdict.outcome, verdict.value) == ("missed", 0)


def test_a_verdict_on_incomplete_data_is_provisional_unless_it_is_a_reached_at_least() -> None:
    for n, provisional in ((69, True), (70, False)):
        told = Told(m2022_12=count(n, 100, "0.5"))
        (verdict,) = ask(text.service, told, "2023-02").verdicts
        assert verdict.provisional is provisional
    at_most = ask(text.unfamiliar, Told(m2021_09=count(30, 100, "0.5"), m2021_10=count(30, 100)), "2021-10")
    assert at_most.verdicts[0].provisional


def test_a_place_without_data_today_keeps_the_verdicts_of_the_past() -> None:
    answer = ask(text.service, Told(m2022_12=count(70, 100)), "2023-02")
    assert (answer.status, [verdict.outcome for verdict in answer.verdicts]) == ("no_data", ["met"])


@pytest.mark.parametrize(("n", "line"), [(22, "reached"), (23, "reached"), (21, "below")])
def test_a_share_without_a_verdict_of_its_own_is_held_beside_the_roots_target(n: int, line: str) -> None:
    assert "达到22%" in text.VOLUNTEERS_22_PERCENT
    county = replace(text.volunteers, judged=False)
    for rule in (county, replace(county, milestones=())):
        answer = ask(rule, Told(m2023_12=count(n, 100)), "2023-12")
        assert (answer.status, answer.reference_line) == ("no_target", line)


def test_the_reference_line_is_the_roots_target_in_force() -> None:
    county = replace(text.service, judged=False, compared=True)
    told = Told(lambda month, milestone: count(80, 100))
    assert [ask(county, told, month).reference_line for month in ("2022-12", "2023-01")] == ["reached", "below"]


def test_where_lower_is_better_the_reference_line_is_reached_from_above() -> None:
    place = replace(text.unfamiliar, judged=False, compared=True)
    assert ask(place, Told(m2021_01=count(40, 100)), "2021-01").reference_line == "reached"
    assert ask(place, Told(m2021_01=count(41, 100)), "2021-01").reference_line == "below"


def test_above_the_units_the_reference_line_is_that_all_pass() -> None:
    county = replace(text.each_community, judged=False)
    assert ask(county, Told(m2023_12=text.units(10, 10)), "2023-12").reference_line == "reached"
    assert ask(county, Told(m2023_12=text.units(9, 10)), "2023-12").reference_line == "below"


def test_a_yearly_reference_line_is_that_of_the_year() -> None:
    place = replace(text.sites, judged=False, compared=True)
    assert ask(place, Told(m2023_12=2), "2023-12").reference_line == "reached"
    assert ask(place, Told(m2021_12=2), "2021-12").reference_line is None


@pytest.mark.parametrize(
    "rule",
    [
        replace(text.professionals, judged=False),  # a count is compared only after allocation
        text.volunteers,  # has a status of its own
        replace(text.some_sites, judged=False, compared=True),  # the text has no number
    ],
)
def test_counts_judged_places_and_texts_without_a_number_have_no_reference_line(rule: text.Rule) -> None:
    assert ask(rule, Told(m2023_12=count(30, 100)), "2023-12").reference_line is None


def test_without_a_value_there_is_nothing_to_compare() -> None:
    assert ask(replace(text.volunteers, judged=False), Told(), "2023-12").reference_line is None


def test_an_undated_milestone_has_no_verdict() -> None:
    rule = replace(text.stations, milestones=(due(50, "2022-12-31"), due(100)))
    told = Told(m2022_12=count(5, 10), m2023_01=count(6, 10))
    assert [verdict.milestone for verdict in ask(rule, told, "2023-01").verdicts] == [rule.milestones[0]]
