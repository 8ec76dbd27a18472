"""How long what is personal is kept: each app says it of its own tables in `wiring.py`, in months after a last day.

When the time is over what is personal in a record is emptied, not the record: counts by place and month stay as they are.
A record that only names a person holds her back: she is emptied once all her records are past their time. Lengths can be
set otherwise in the setting `RETENTION_MONTHS`, by the label of the model.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Model
from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Period:
    """Records of a kind are kept so many months after the day in `ended`; without such a day they are kept on."""

    model: type[Model]
    ended: str
    months: int
    why: Text

    @property
    def length(self) -> int:
        """The months that hold here: those of the settings, or those of the declaration."""
        return int(settings.RETENTION_MONTHS.get(self.model._meta.label_lower, self.months))

    def border(self, today: date) -> date:
        """Return the day before which a record must have ended for its time to be over."""
        return months_before(today, self.length)


PERIODS: dict[type[Model], Period] = {}
APART: dict[type[Model], Text] = {}


def keep(model: type[Model], *, ended: str, months: int, why: Text) -> None:
    """Declare how long records are kept, and after which source."""
    if model in PERIODS or model in APART:
        raise ValueError(f"{model._meta.label} has a period already")
    PERIODS[model] = Period(model, ended, months, why)


def apart(model: type[Model], why: Text) -> None:
    """Say why a table has no period here: it is cleared in another way, or holds nothing after the person is emptied."""
    if model in PERIODS or model in APART:
        raise ValueError(f"{model._meta.label} has a period already")
    APART[model] = why


def months_before(day: date, months: int) -> date:
    """Return the day so many months earlier, the last of its month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
