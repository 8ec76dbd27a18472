"""Figures that are reported: volunteers of Chongqing by county, and what only documents tell of Tianyuan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np

from governance.attainment.demo.census import census
from governance.attainment.models import ReportedFigure
from governance.kit.bulkload import copy
from governance.kit.demo import Progress
from governance.kit.drawing import NOTE, Draw, last_day, number_of, text_of
from governance.regions.demo.places import CHONGQING, TIANYUAN, Places, places_of
from governance.regions.models import Region

_COLUMNS = ("region_id", "measure", "on", "value", "out_of", "source", "state", "reason")
_FIRST_MONTH, _MONTHS = (2020, 12), 73
_SHARE, _DENOMINATOR = 0.2262, 31_914_300  # of residents at the end of 2025, and of how many
_GROWTH = (
    ("2020-12-31", 0.69),
    ("2022-06-30", 0.81),
    ("2022-12-31", 0.87),
    ("2024-12-31", 0.965),
    ("2025-12-31", 1.0),
    ("2026-12-31", 1.03),
)
_XIANGWAN, _GRIDS = "430211003019", ("micro_governed_grids", "grids")
_TIANYUAN = (  # code, and the value on days; pairs are of so many who were asked
    ("tally.ty_policy_documents", (("2020-12-31", 29), ("2021-09-06", 37), ("2024-06-30", 41))),
    ("tally.ty_departments", (("2021-01-15", 23),)),
    ("tally.ty_chat_groups", (("2020-12-31", 1706), ("2021-09-06", 2123), ("2023-06-30", 2388))),
    ("tally.ty_promoted_secretaries", (("2021-09-06", 6), ("2024-12-31", 9))),
    ("survey.unfamiliar_neighbours", (("2018-06-30", 840, 1200), ("2021-08-31", 468, 1200), ("2024-08-31", 402, 1200))),
    ("survey.participation", (("2018-06-30", 120, 1200), ("2021-08-31", 732, 1200), ("2024-08-31", 794, 1200))),
)  # fmt: skip


def load_volunteers(progress: Progress) -> None:
    """Report the verified volunteers of each county of Chongqing on the last day of each month."""
    rows = list(_volunteers(places_of(CHONGQING)))
    copy(ReportedFigure, _COLUMNS, rows)
    progress("重庆市各区县的志愿者人数", len(rows), len(rows))


def load_tianyuan(progress: Progress) -> None:
    """Report what the document of Tianyuan tells, and a little of what came after it."""
    root, last = Region.objects.get(code=TIANYUAN), last_day()
    rows = [
        (root.pk, code, day, value, *(out_of or (None,)), NOTE, "approved", "")
        for code, told in _TIANYUAN
        for day, value, *out_of in told
        if number_of(day) <= last
    ]
    xiangwan = Region.objects.get(code=_XIANGWAN)
    rows += [(xiangwan.pk, f"tally.ty_{code}", "2020-12-31", 21, None, NOTE, "approved", "") for code in _GRIDS]
    progress("天元区的填报数", copy(ReportedFigure, _COLUMNS, rows), len(rows))


def _volunteers(places: Places) -> Iterator[tuple[Any, ...]]:
    residents = census()
    people = np.array([residents.get(county.code, 0) for county in places.counties], dtype=np.float64)
    draw = Draw("volunteers of counties")
    share = 0.19 + 0.05 * places.care_of_counties + draw.random.normal(0, 0.008, len(people))
    wanted = _SHARE * _DENOMINATOR * people.sum() / sum(residents.values())  # a smaller tree has its part
    final = share * people * (wanted / (share * people).sum())
    days = [_last_of(number) for number in range(_MONTHS)]
    known, shares = [number_of(day) for day, _share in _GROWTH], [share for _day, share in _GROWTH]
    pace = draw.random.uniform(0.85, 1.25, len(people))  # how much of the growth comes early
    reached = np.zeros(len(people))
    for day in days:
        if day > last_day():
            return
        grown = final * np.interp(day, known, shares) ** pace
        reached = np.maximum(reached, np.floor(grown))
        on = text_of(day)
        for county, count in zip(places.counties, reached.astype(int).tolist(), strict=True):
            yield county.pk, "volunteers.verified", on, count, None, f"{NOTE}：区县月报", "approved", ""


def _last_of(number: int) -> int:
    year, month = divmod(_FIRST_MONTH[0] * 12 + _FIRST_MONTH[1] - 1 + number + 1, 12)
    return number_of(date(year, month + 1, 1)) - 1
