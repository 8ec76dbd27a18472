"""Months as integers, and what a day means in them (docs/attainment.md, parts 1 and 4)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import lru_cache

MONTHS = 12


def month_of(day: date) -> int:
    """Return the month of a day: `year * 12 + month - 1`."""
    return day.year * MONTHS + day.month - 1


def first_day(month: int) -> date:
    """Return the first day of a month."""
    return date(month // MONTHS, month % MONTHS + 1, 1)


@lru_cache(maxsize=4096)  # every evaluation asks, and the months are few
def last_day(month: int) -> date:
    """Return the last day of a month."""
    year, index = divmod(month, MONTHS)
    return date(year, index + 1, monthrange(year, index + 1)[1])


def month_of_year(month: int) -> int:
    """Return 1 for January to 12 for December."""
    return month % MONTHS + 1


def december(year: int) -> int:
    """Return the last month of a year."""
    return year * MONTHS + MONTHS - 1


def as_text(month: int) -> str:
    """Return `2025-12`."""
    return first_day(month).isoformat()[:7]


def judged_at(day: date) -> int:
    """Return the month end that speaks for a day: its own month's on the last day, else the one before."""
    month = month_of(day)
    return month if day == last_day(month) else month - 1


def as_of(day: date, today: date) -> tuple[int, bool]:
    """Return the month that answers for `day`, and whether it is still running (the answer is to date).

    The running month counts as it stands; a later day than today is answered as today.
    """
    running = month_of(today)
    if month_of(day) >= running:
        return running, today != last_day(running)
    return judged_at(day), False


def answered_on(day: date, today: date) -> date:
    """Return the day that an answer for `day` speaks of: a month's last one, or today in the running month."""
    return reached(as_of(day, today)[0], today)


def reached(month: int, today: date) -> date:
    """Return the day that due dates are held against: the month's last one, or today in the running month."""
    return min(last_day(month), today)
