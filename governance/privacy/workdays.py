"""Working days: Monday to Friday without the days of the setting `PUBLIC_HOLIDAYS`.

Weekends that are worked to make up for a holiday are not counted: the day that is promised may be earlier than the law
asks, never later than it would be without holidays.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings

_SATURDAY = 5


def is_workday(day: date) -> bool:
    """Return whether it is one."""
    return day.weekday() < _SATURDAY and day.isoformat() not in settings.PUBLIC_HOLIDAYS


def after(day: date, number: int) -> date:
    """Return the working day that is the `number`-th after `day`."""
    while number:
        day += timedelta(days=1)
        number -= is_workday(day)
    return day
