"""Figures of Xiamen, Kunming and Anhui; most of Anhui reports numbers instead of keeping registers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from governance.attainment.models import ReportedFigure
from governance.attainment.sources import marks
from governance.kit.bulkload import copy
from governance.kit.demo import Progress
from governance.kit.drawing import NOTE, Draw, last_day, number_of
from governance.regions.demo.anhui import TONGLING
from governance.regions.demo.places import ANHUI, KUNMING, XIAMEN, Places, places_of
from governance.regions.models import Region

_COLUMNS = ("region_id", "measure", "on", "value", "out_of", "source", "state", "reason")
_XIAMEN_RESIDENTS = {"2013-12-31": 3_730_000, "2014-12-31": 3_810_000, "2015-12-31": 3_860_000, "2020-11-01": 5_163_970}
_TALLIES = {
    XIAMEN: (("tally.xm_policy_system", (("2013-12-31", 3), ("2014-12-31", 7))), ("tally.xm_decoupling", (("2014-12-31", 46), ("2015-12-31", 61))), ("tally.xm_national_pilots", (("2014-06-30", 1),))),
    KUNMING: (("tally.km_platforms_named", (("2021-01-07", 9),)),),
    ANHUI: (
        ("tally.ah_smart_community_demos", (("2018-12-31", 64), ("2020-12-31", 152))),
        ("tally.ah_national_pilots", (("2018-12-31", 6), ("2020-12-31", 11))),
        ("tally.ah_provincial_pilots", (("2018-12-31", 28), ("2020-12-31", 45))),
        ("tally.ah_innovation_awards", (("2018-12-31", 10),)),
        ("tally.ah_three_society_pilots", (("2018-12-31", 30), ("2020-12-31", 62))),
    ),
}  # fmt: skip
_REPORTS = ("2018-12-31", "2020-12-31")


def load_xiamen(progress: Progress) -> None:
    """Load populations, which beyond the census are made up, and tallies."""
    places = places_of(XIAMEN)
    share = places.size / places.size.sum()
    of_counties = np.bincount(places.county_of, weights=share, minlength=len(places.counties))
    rows = [
        (place.pk, "resident_population", day, round(total * part * places.share), None, NOTE, "approved", "")
        for day, total in _XIAMEN_RESIDENTS.items()
        for place, part in zip((places.root, *places.counties), (1.0, *of_counties.tolist()), strict=True)
    ]
    copy(ReportedFigure, _COLUMNS, [*rows, *_tallies(XIAMEN)])
    progress("厦门市的填报数", len(rows), len(rows))


def load_kunming(progress: Progress) -> None:
    """Load tallies."""
    progress("昆明市的填报数", copy(ReportedFigure, _COLUMNS, _tallies(KUNMING)), 0)


def load_anhui(progress: Progress) -> None:
    """Load what communities and counties report, and tallies; then everything is to be computed."""
    places = places_of(ANHUI)
    done = copy(ReportedFigure, _COLUMNS, [*_of_communities(places), *_of_counties(places), *_tallies(ANHUI)])
    marks.mark_everything()  # the first run has left this place out
    progress("安徽省的填报数", done, done)


def _tallies(code: str) -> list[tuple[Any, ...]]:
    root, last = Region.objects.get(code=code), last_day()
    return [
        (root.pk, measure, day, value, None, NOTE, "approved", "")
        for measure, told in _TALLIES[code]
        for day, value in told
        if number_of(day) <= last
    ]


def _of_communities(places: Places) -> Iterator[tuple[Any, ...]]:
    """Yield organisations, social workers and committees of each community outside the city that keeps registers."""
    draw, last, count = Draw("communities of Anhui"), last_day(), len(places.communities)
    mean = np.where(places.urban, 9.9, 5.1) * (0.55 + 0.66 * places.care)
    bodies = draw.random.poisson(mean)
    served = (draw.random.random(count) < 0.78 + 0.2 * places.care).astype(int)
    seats = draw.random.integers(5, 8, count)
    met = draw.random.binomial(seats, np.where(places.rural, 0.779, 0.762))
    reported = [place.pk if TONGLING not in place.path.split("/") else 0 for place in places.communities]
    for number, day in enumerate(_REPORTS):
        if number_of(day) > last:
            continue
        columns = {
            "organizations.community_org": bodies * (7 + 3 * number) // 10,
            "social_workers.in_community": served if number else served * (draw.random.random(count) < 0.55),
        }
        if not number:
            columns |= {"committee_members.in_office": seats, "committee_members.education_met": met}
        for measure, values in columns.items():
            for home, value in zip(reported, values.tolist(), strict=True):
                if home:
                    yield home, measure, day, value, None, NOTE, "approved", ""


def _of_counties(places: Places) -> Iterator[tuple[Any, ...]]:
    """Yield how many community workers each county has, and how many were trained."""
    draw = Draw("counties of Anhui")
    for day in _REPORTS:
        if number_of(day) > last_day():
            continue
        for at, county in enumerate(places.counties):
            if TONGLING in county.path.split("/"):
                continue
            workers = 6 * int((places.county_of == at).sum())
            trained = round(workers * float(draw.random.uniform(0.5, 0.9)))
            yield county.pk, "community_worker_posts.in_post", day, workers, None, NOTE, "approved", ""
            yield county.pk, "trained_community_workers.last12", day, trained, None, NOTE, "approved", ""
