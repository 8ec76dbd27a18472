"""Value and status: every step of the order, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from governance.attainment.evaluator.reasons import Reason
from governance.attainment.evaluator.rule import Reading
from tests.attainment import sentences as text
from tests.attainment.sentences import MISSING, Told, ask, count, due


def test_the_value_is_factor_times_n_over_d_exactly() -> None:
    assert "每万名" in text.WORKERS_18_PER_10000
    workers = text.at_least(10000, text.CHONGQING, due(18, "2025-12-31"))
    answer = ask(workers, Told(m2024_05=count(41111, 22_640_000)), "2024-05")
    assert answer.value == Fraction(41111 * 10000, 22_640_000)
    assert ask(workers, Told(m2024_05=count(9, 5000)), "2024-05").status == "met"  # 18 exactly


def test_money_counted_in_cents_is_valued_in_yuan() -> None:
    budget = text.at_least(1, text.TIANYUAN)
    answer = ask(replace(budget, factor=Fraction(1, 100)), Told(m2024_05=123456), "2024-05")
    assert answer.value == Fraction("1234.56")


def test_a_place_is_judged_by_the_ratio_of_its_sums_not_by_the_mean_of_its_childrens_ratios() -> None:
    small, large = (9, 10), (100, 1000)
    whole = count(small[0] + large[0], small[1] + large[1])
    mean = (Fraction(*small) + Fraction(*large)) / 2 * 100
    value = ask(text.volunteers, Told(m2024_05=whole), "2024-05").value
    assert value == Fraction(10900, 1010)
    assert value < 22 < mean


@pytest.mark.parametrize(
    "code", [Reason.OUTSIDE_ROOT, Reason.NOT_VALID, Reason.BELOW_UNIT, Reason.NO_UNIT, "not_applicable_otherwise"]
)
def test_a_place_that_the_text_does_not_speak_of_is_not_applicable_before_all_else(code: str) -> None:
    outside = Reading(Fraction(90000), applicable=False, missing=code)
    answer = ask(text.professionals, Told(m2023_12=outside, m2022_05=1), "2023-12")
    assert (answer.status, answer.reason, answer.value) == ("not_applicable", code, None)
    assert (answer.milestone, answer.verdicts, answer.provisional) == (None, (), False)
    assert (answer.path, answer.baseline) == (None, None)


def test_a_place_that_the_text_does_not_speak_of_needs_no_code() -> None:
    answer = ask(text.professionals, Told(m2023_12=Reading(None, applicable=False)), "2023-12")
    assert (answer.status, answer.reason) == ("not_applicable", "not_applicable")


def test_a_missing_numerator_is_no_data_with_the_callers_reason_even_without_a_denominator() -> None:
    answer = ask(text.volunteers, Told(m2023_12=Reading(None, None, missing="no_source")), "2023-12")
    assert (answer.status, answer.reason, answer.value, answer.gap) == ("no_data", "no_source", None, None)
    assert ask(text.volunteers, Told(m2023_12=Reading(None)), "2023-12").reason == "numerator_missing"


@pytest.mark.parametrize(
    ("reading", "reason"),
    [
        (Reading(Fraction(5), None, missing="no_figure"), "no_figure"),
        (Reading(Fraction(5), None), "denominator_missing"),
        (count(5, 0), "denominator_zero"),
        (count(0, 0), "denominator_zero"),
    ],
)
def test_a_missing_or_zero_denominator_is_no_denominator(reading: Reading, reason: str) -> None:
    assert "常住人口" in text.VOLUNTEERS_22_PERCENT
    answer = ask(text.volunteers, Told(m2023_12=reading), "2023-12")
    assert (answer.status, answer.reason, answer.value) == ("no_denominator", reason, None)


def test_missing_comes_before_no_target() -> None:
    beside = replace(text.volunteers, milestones=(), judged=False)
    assert ask(beside, Told(m2023_12=MISSING), "2023-12").status == "no_data"
    assert ask(beside, Told(m2023_12=count(1, 0)), "2023-12").status == "no_denominator"


def test_missing_is_not_zero_and_zero_is_a_value() -> None:
    missing = ask(text.professionals, Told(m2022_05=10, m2023_12=MISSING), "2023-12")
    zero = ask(text.professionals, Told(m2022_05=10, m2023_12=0), "2023-12")
    assert (missing.status, missing.value, missing.gap, missing.progress) == ("no_data", None, None, None)
    assert (zero.status, zero.value, zero.gap, zero.progress) == ("behind", 0, 80000, Fraction(-10, 79990))


def test_a_level_that_the_text_does_not_judge_has_a_value_and_no_target() -> None:
    """八万人 is the number of the municipality: a county is never held against it."""
    county = replace(text.professionals, judged=False)
    answer = ask(county, Told(m2022_05=10, m2025_12=90000), "2025-12")
    assert (answer.status, answer.reason, answer.value) == ("no_target", "level_not_judged", 90000)
    assert (answer.milestone, answer.gap, answer.path, answer.progress, answer.verdicts) == (
        None, None, None, None, (),
    )  # fmt: skip
    assert replace(county, milestones=()).root_milestones
    assert ask(replace(county, milestones=()), Told(m2025_12=1), "2025-12").reason == "level_not_judged"


def test_an_allocated_target_replaces_the_texts_at_its_place() -> None:
    county = replace(text.professionals, milestones=(due(2000, "2024-12-31"), due(2500, "2025-12-31")))
    answer = ask(county, Told(m2022_05=900, m2024_12=1999), "2024-12")
    assert (answer.status, answer.gap, answer.milestone) == ("overdue", 1, county.milestones[0])


def test_a_target_of_the_future_that_is_reached_is_met() -> None:
    answer = ask(text.professionals, Told(m2023_05=80000), "2023-05")
    assert (answer.status, answer.reason, answer.gap) == ("met", "met", 0)


@pytest.mark.parametrize(
    ("value", "status"), [(59000, "on_track"), (59001, "on_track"), (58999, "behind"), (0, "behind")]
)
def test_before_the_due_date_the_path_decides(value: int, status: str) -> None:
    """From 37,000 in May 2022 by 1,000 a month to 80,000 in December 2025."""
    answer = ask(text.professionals, Told(m2022_05=37000, m2024_03=value), "2024-03")
    assert (answer.path, answer.status) == (59000, status)
    assert answer.reason == ("on_path" if status == "on_track" else "below_path")


def test_at_most_is_on_track_at_or_below_the_path() -> None:
    assert text.UNFAMILIAR_40_OR_LESS.endswith("40%以下")
    for n, status in ((55, "on_track"), (54, "on_track"), (56, "behind"), (40, "met"), (39, "met"), (41, "on_track")):
        answer = ask(text.unfamiliar, Told(m2020_03=count(n, 100)), "2020-03")
        assert (answer.path, answer.status) == (55, status)


def test_from_the_due_dates_month_end_on_a_target_that_is_not_reached_is_overdue() -> None:
    told = Told(m2022_05=0, m2025_11=79999, m2025_12=79999, m2026_01=79999)
    assert ask(text.professionals, told, "2025-11").status == "on_track"
    for month in ("2025-12", "2026-01"):
        answer = ask(text.professionals, told, month)
        assert (answer.status, answer.reason) == ("overdue", "past_due")


def test_in_the_running_month_the_target_is_overdue_on_its_last_day_only() -> None:
    told = Told(m2022_05=0, m2025_12=79999)
    before, last = (ask(text.professionals, told, "2025-12", date(2025, 12, day)) for day in (30, 31))
    assert (before.status, before.path, before.to_date) == ("behind", 80000, True)
    assert (last.status, last.to_date) == ("overdue", False)
    assert (before.verdicts, [verdict.outcome for verdict in last.verdicts]) == ((), ["missed"])


def test_a_due_date_inside_the_running_month_is_overdue_only_when_the_month_has_ended() -> None:
    june = replace(text.professionals, milestones=(due(80000, "2024-06-15"),))
    told = Told(m2022_05=0, m2024_05=1, m2024_06=1)
    assert ask(june, told, "2024-06", date(2024, 6, 20)).status == "behind"
    assert ask(june, told, "2024-06", date(2024, 6, 30)).status == "overdue"
    assert ask(june, told, "2024-06").status == "overdue"


@pytest.mark.parametrize(
    ("n", "status", "high"), [(499, "behind", False), (500, "met", False), (800, "met", False), (801, "met", True)]
)
def test_of_a_range_the_low_bound_decides_and_above_the_high_bound_is_information(
    n: int, status: str, high: bool
) -> None:
    assert "5—8个" in text.FIVE_TO_EIGHT
    answer = ask(text.five_to_eight, Told(m2013_12=count(500, 100), m2015_06=count(n, 100)), "2015-06")
    assert (answer.status, answer.above_high) == (status, high)


def test_an_undated_range_is_pending_below_its_low_bound() -> None:
    assert "3000-5000" in text.PARK_3000_TO_5000
    answer = ask(text.park, Told(m2014_06=Fraction("2999.5")), "2014-06")  # type: ignore[arg-type]
    assert (answer.status, answer.gap, answer.target_count) == ("pending", 1, 3000)


def test_a_reference_fact_has_a_value_and_no_status() -> None:
    assert "2500余名" in text.PARTY_MEMBERS_2500
    answer = ask(text.party_members, Told(m2021_08=count(2480, 1, "0.5")), "2021-08")
    assert (answer.status, answer.reason, answer.value, answer.provisional) == (None, "reference_fact", 2480, True)
    missing = ask(text.party_members, Told(m2021_08=MISSING), "2021-08")
    assert (missing.status, missing.reason) == (None, "register_not_kept")


def test_a_fact_is_asked_nothing_even_where_a_number_stands_beside_it() -> None:
    fact = replace(text.unfamiliar, role="reference", compared=True)
    for rule in (fact, replace(fact, judged=False)):
        answer = ask(rule, Told(m2021_10=count(30, 100)), "2021-10")
        assert (answer.status, answer.reason, answer.value) == (None, "reference_fact", 30)
        assert (answer.milestone, answer.path, answer.gap, answer.verdicts, answer.reference_line) == (
            None, None, None, (), None,
        )  # fmt: skip


@pytest.mark.parametrize("judged", [True, False])
def test_a_number_without_a_direction_asks_nothing(judged: bool) -> None:
    rule = replace(text.volunteers, direction="", judged=judged)
    answer = ask(rule, Told(m2025_12=count(30, 100)), "2025-12")
    assert (answer.status, answer.milestone, answer.verdicts, answer.reference_line) == ("no_target", None, (), None)


@pytest.mark.parametrize("yearly", ["listed", "every_year"])
def test_a_yearly_sentence_without_a_number_has_no_target(yearly: str) -> None:
    rule = replace(text.some_sites, yearly=yearly)
    answer = ask(rule, Told(m2027_05=3), "2027-05")
    assert (answer.month, answer.status, answer.reason) == (text.month("2027-05"), "no_target", "no_number_in_text")
    assert answer.verdicts == ()


def test_a_place_without_a_value_still_has_the_path_that_it_should_be_on() -> None:
    for reading in (MISSING, count(5, 0)):
        answer = ask(text.service, Told(m2022_05=count(0, 10), m2022_09=reading), "2022-09")
        assert (answer.path, answer.baseline, answer.milestone) == (40, 0, text.service.milestones[0])
        assert (answer.progress, answer.gap, answer.target_count, answer.pace, answer.forecast) == (None,) * 5


def test_only_a_range_has_a_high_bound() -> None:
    rule = replace(text.five_to_eight, direction="at_least")
    assert ask(rule, Told(m2015_06=count(900, 100)), "2015-06").above_high is None
    above = replace(text.five_to_eight, stance="above")
    assert ask(above, Told(m2015_06=text.units(9, 10)), "2015-06").above_high is None
    beside = replace(text.five_to_eight, judged=False)
    assert ask(beside, Told(m2015_06=count(900, 100)), "2015-06").above_high is None
    open_ended = replace(text.five_to_eight, milestones=(due(5, "2015-12-31"),))
    assert ask(open_ended, Told(m2015_06=count(900, 100)), "2015-06").above_high is None


@pytest.mark.parametrize(
    ("rule", "n", "provisional"),
    [
        (text.volunteers, 22, False),  # a reached at_least: more data can only add
        (text.volunteers, 21, True),
        (text.unfamiliar, 40, True),  # a reached at_most could still be lost
        (text.unfamiliar, 80, True),
        (text.five_to_eight, 500, False),
        (text.five_to_eight, 499, True),
        (text.some_sites, 5, True),
    ],
)
def test_with_incomplete_data_all_but_a_reached_at_least_is_provisional(
    rule: text.Rule, n: int, provisional: bool
) -> None:
    assert ask(rule, Told(m2023_12=count(n, 100, "0.99")), "2023-12").provisional is provisional
    assert ask(rule, Told(m2023_12=count(n, 100)), "2023-12").provisional is False


def test_every_reason_is_a_code_of_its_own() -> None:
    assert len({reason.value for reason in Reason}) == len(Reason.__members__)
    assert all(reason.value == reason.value.lower() and " " not in reason.value for reason in Reason)
