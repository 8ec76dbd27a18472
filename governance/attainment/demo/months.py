"""Months that places have confirmed: the last ones of Chongqing's counties, of Youyang's townships, of Tianyuan's streets.

What nobody could have confirmed by now is left out, so that the clock decides nothing that is drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from governance.accounts.models import User
from governance.attainment.models import ConfirmedMonth
from governance.attainment.periods import first_day, last_day, month_of
from governance.kit import drawing
from governance.kit.bulkload import copy
from governance.kit.demo import Progress
from governance.kit.drawing import EPOCH, NOTE, Draw
from governance.regions.demo.places import CHONGQING, TIANYUAN
from governance.regions.models import Level, Region

YOUYANG, TAISHANLU, SONGSHANLU = "500242000000", "430211002000", "430211001000"
_MONTHS = 3
_COLUMNS = ("region_id", "month", "note", "confirmed_by_id", "confirmed_at", "state", "reason")
# Who says so where it is not the bureau above; these have not come to the last month yet.
_OWN = {CHONGQING: "chongqing", YOUYANG: "youyang", TIANYUAN: "tianyuan", TAISHANLU: "taishanlu"}
_PUNCTUAL = {SONGSHANLU: "songshanlu"}


def load_months(progress: Progress) -> None:
    """Confirm the last months; most places have done so for the last one as well."""
    users = dict(User.objects.values_list("username", "pk"))
    now = timezone.now()
    rows = [row for row in _rows(users) if row[4] <= now]
    progress("月度确认", copy(ConfirmedMonth, _COLUMNS, rows), len(rows))


def _rows(users: dict[str, int]) -> Iterator[tuple[Any, ...]]:
    counties = _below(CHONGQING, Level.COUNTY)
    for bureau, places in (
        ("chongqing", [Region.objects.get(code=CHONGQING), *counties]),
        ("youyang", _below(YOUYANG, Level.TOWNSHIP)),
        ("tianyuan", [Region.objects.get(code=TIANYUAN), *_below(TIANYUAN, Level.TOWNSHIP)]),
    ):
        yield from _of(places, bureau, users)


def _below(code: str, level: Level) -> list[Region]:
    root = Region.objects.get(code=code)
    return list(Region.objects.under(root).filter(level=level, until__isnull=True).order_by("path"))


def _of(places: Iterable[Region], bureau: str, users: dict[str, int]) -> Iterator[tuple[Any, ...]]:
    last = month_of(EPOCH + timedelta(days=drawing.last_day()))
    for place in places:
        draw = Draw(f"confirmed months {place.code}")
        own = _OWN.get(place.code) or _PUNCTUAL.get(place.code)
        prompt = place.code in _PUNCTUAL or (place.code not in _OWN and draw.random.random() < 0.7)
        for month in range(last - _MONTHS + 1, last + 1 if prompt else last):
            if not place.alive_on(last_day(month)):
                continue
            said = _moment(month, int(draw.random.integers(2, 9)), int(draw.random.integers(60 * 8)))
            note = NOTE if own else f"按报送登记（{NOTE}）"
            row = (place.pk, first_day(month), note, users[own or bureau])
            if place.code == SONGSHANLU and month == last - 1:  # once too early
                yield *row, said - timedelta(days=1), "taken_back", "漏登一场协商，补登后重新确认"
            yield *row, said, "standing", ""


def _moment(month: int, day: int, minutes: int) -> datetime:
    """Return a moment of office hours on a day of the month that follows."""
    following: date = first_day(month + 1).replace(day=day)
    return timezone.make_aware(datetime.combine(following, time(9)) + timedelta(minutes=minutes))
