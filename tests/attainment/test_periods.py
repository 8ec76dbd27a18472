"""Months as integers; which month answers for a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.attainment import periods
from governance.attainment.rollup.facts import Days
from governance.attainment.rollup.tree import NEVER
from tests.attainment.sentences import month

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


def test_a_month_is_a_number() -> None:
    assert periods.month_of(date(2025, 12, 31)) == 2025 * 12 + 11
    assert periods.december(2025) == month("2025-12")
    assert periods.as_text(month("2025-02")) == "2025-02"
    assert [periods.month_of_year(month(text)) for text in ("2025-01", "2025-12")] == [1, 12]


def test_february_ends_on_the_29th_in_a_leap_year() -> None:
    assert periods.last_day(month("2024-02")) == date(2024, 2, 29)
    assert periods.last_day(month("2023-02")) == date(2023, 2, 28)


def test_the_last_day_of_a_month_is_answered_by_it_and_any_other_day_by_the_month_before() -> None:
    today = date(2026, 5, 10)
    assert periods.as_of(date(2025, 12, 31), today) == (month("2025-12"), False)
    assert periods.as_of(date(2022, 6, 24), today) == (month("2022-05"), False)


def test_the_running_month_answers_to_date_and_a_later_day_as_today() -> None:
    today = date(2026, 5, 10)
    for day in (date(2026, 5, 1), today, date(2026, 5, 31), date(2030, 1, 1)):
        assert periods.as_of(day, today) == (month("2026-05"), True)
    assert periods.as_of(date(2026, 5, 2), date(2026, 5, 31)) == (month("2026-05"), False)


def test_due_dates_are_held_against_the_last_day_or_today() -> None:
    assert periods.reached(month("2026-04"), date(2026, 5, 10)) == date(2026, 4, 30)
    assert periods.reached(month("2026-05"), date(2026, 5, 10)) == date(2026, 5, 10)


@pytest.mark.parametrize(
    ("window", "until"),
    [("month", "2023-06"), ("ytd", "2024-01"), ("last12", "2024-05"), ("last24", "2025-05"), ("total", None)],
)
def test_an_event_is_counted_until_its_window_leaves_it(window: str, until: str | None) -> None:
    counted = Days.of([(0, month("2023-05"), 100)]).in_window(window)
    assert counted.first.tolist() == [month("2023-05")]
    assert counted.until.tolist() == [month(until) if until else NEVER]


def test_an_answer_speaks_of_the_last_day_of_its_month_or_of_today() -> None:
    today = date(2026, 5, 10)
    assert periods.answered_on(date(2026, 4, 29), today) == date(2026, 3, 31)
    assert periods.answered_on(date(2030, 1, 1), today) == today


@settings(deadline=None)
@given(DAYS)
def test_every_day_lies_in_its_month_and_the_days_of_a_month_are_whole(day: date) -> None:
    own = periods.month_of(day)
    assert periods.first_day(own) <= day <= periods.last_day(own)
    assert periods.first_day(own + 1) == periods.last_day(own) + timedelta(days=1)
    assert periods.last_day(periods.judged_at(day)) <= day < periods.last_day(periods.judged_at(day) + 1)


@settings(deadline=None)
@given(DAYS, DAYS)
def test_the_month_that_answers_has_begun_and_has_ended_unless_it_runs(day: date, today: date) -> None:
    answers, to_date = periods.as_of(day, today)
    assert periods.first_day(answers) <= today
    assert to_date == (periods.last_day(answers) > today)
    assert periods.reached(answers, today) <= today
