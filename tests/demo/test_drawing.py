"""What is drawn: the same on every day, and nobody's."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pytest

from governance.accounts.demo import CAST
from governance.accounts.roles import ROLES
from governance.kit import identity
from governance.kit.creditcode import is_valid, names_an_organisation
from governance.kit.drawing import Draw, Spans, last_day, number_of, text_of, written
from governance.people import phones
from governance.people.demo.persons import drawn_identity, drawn_phone
from organizations.demo.naming import TEAMS, VILLAGE_TEAMS, credit_code

CURVE = (("2021-01-01", 0.0), ("2022-06-24", 0.3), ("2025-12-31", 1.0))


def test_as_many_are_open_at_the_end_of_a_curve_as_were_asked_for() -> None:
    spans, end = Draw("test").spans(500, CURVE, later=40, ended=60), number_of("2025-12-31")
    there = (spans.since <= end) & ((spans.until == 0) | (spans.until > end))
    assert int(there.sum()) == 500
    assert bool(((spans.until == 0) | (spans.until > spans.since)).all())
    middle = number_of("2022-06-24")
    assert abs(int(((spans.since <= middle) & (spans.until == 0)).sum()) - 150) <= 1


def test_the_same_is_drawn_again_whatever_else_is_drawn() -> None:
    first = Draw("subject").days(100, CURVE)
    Draw("another").days(7, CURVE)
    assert Draw("subject").days(100, CURVE).tolist() == first.tolist()
    assert Draw("another").days(100, CURVE).tolist() != first.tolist()


def test_the_clock_only_decides_what_is_left_out() -> None:
    spans = Spans(np.array([number_of("2024-03-01"), number_of("2025-03-01")]), np.array([number_of("2025-06-01"), 0]))
    early = spans.kept(number_of("2024-12-31"))
    assert early.tolist() == [0]
    assert spans.at(early, number_of("2024-12-31")).until.tolist() == [0]  # its end is still to come
    late = spans.kept(number_of("2025-12-31"))
    assert written(spans.at(late, number_of("2025-12-31")).until) == ["2025-06-01", None]


@pytest.mark.parametrize(
    ("today", "last"),
    [(date(2026, 11, 22), "2026-10-31"), (date(2026, 1, 1), "2025-12-31"), (date(2031, 5, 5), "2026-12-31")],
)
def test_history_reaches_to_the_last_full_month(today: date, last: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("governance.kit.drawing.timezone.localdate", lambda: today)
    assert text_of(last_day()) == last


def test_numbers_are_valid_and_nobodys() -> None:
    numbers = [drawn_identity(number, number % 2 == 0, date(1980, 1, 1)) for number in range(3_000)]
    assert len(set(numbers)) == len(numbers)
    for number in numbers:
        assert number.startswith("999")  # no division has such a code
        assert identity.read(number).gender == (identity.FEMALE if numbers.index(number) % 2 == 0 else identity.MALE)
    assert all(re.match(phones.SHAPE, drawn_phone(number)) for number in (0, 57_000, 220_051))


@pytest.mark.parametrize("nature", ["association", "service_body", "foundation", "social_work_agency"])
def test_credit_codes_are_written_as_real_ones(nature: str) -> None:
    codes = [credit_code(nature, "500103000000", number) for number in (1, 999_999)]
    assert all(is_valid(code) and names_an_organisation(code) for code in codes)


def test_names_are_taken_in_turn() -> None:
    for names in (TEAMS, VILLAGE_TEAMS):
        assert len(names) % 7  # the step with which they are taken
        assert len({name for name, _category, _service in names}) == len(names)


def test_there_is_an_account_for_each_role() -> None:
    assert {person.role for person in CAST} | {"partner"} == set(ROLES)
