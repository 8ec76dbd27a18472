"""Chongqing: demonstration sites named by its counties each year, and consultations of communities."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from governance.deliberation.demo.consultations import load_consultations
from governance.deliberation.demo.names import COLUMNS, DEMO
from governance.deliberation.models import Designation
from governance.kit.bulkload import copy
from governance.kit.demo import Progress
from governance.kit.drawing import NOTE, Draw, last_day, number_of, text_of
from governance.regions.demo.places import CHONGQING, Places, places_of, short

# How many sites counties had in a year that did not name two; every other county named two or more.
_SHORT = {
    2023: {"500242000000": 1},
    2024: {"500242000000": 1, "500229000000": 1},
    2025: {"500242000000": 0, "500229000000": 1, "500238000000": 1},
}
_YEARS = range(2022, 2027)
_CONSULTATIONS = 5_200


def load_chongqing(progress: Progress) -> None:
    """Load designations and consultations."""
    places = places_of(CHONGQING)
    progress("“五社联动”示范点", copy(Designation, COLUMNS, _sites(places)), 0)
    at = Draw("consulting").some(0.1 + places.care, places.part(3_400))
    progress("重庆市的协商议事", load_consultations(places, at, places.part(_CONSULTATIONS), 0.74), 0)


def _sites(places: Places) -> Iterator[tuple[Any, ...]]:
    draw, last = Draw("demonstration sites"), last_day()
    taken: set[int] = set()
    for year in _YEARS:
        first = number_of(f"{year}-{'08-01' if year == 2022 else '03-01'}")
        for at, county in enumerate(places.counties):
            own = np.flatnonzero(places.county_of == at)
            count = _SHORT.get(year, {}).get(county.code)
            if count is None:
                count = 2 + int(draw.among(1, 0.68, 0.22, 0.1)[0])
            chosen = [place for place in draw.random.permutation(own)[: count * 6].tolist() if place not in taken][
                :count
            ]
            days = np.sort(draw.random.integers(first, number_of(f"{year}-12-20"), count)).tolist()
            municipal = draw.flags(count, 0.09).tolist()
            for place, day, high in zip(chosen, days, municipal, strict=False):
                taken.add(place)
                if day > last:
                    continue
                home = places.communities[place]
                by = "重庆市民政局" if high else f"{county.name}民政局"
                name = f"{short(home.name)}“五社联动”示范点"
                yield home.pk, DEMO, "municipal" if high else "district", name, by, text_of(day), None, f"{NOTE}{year}"
