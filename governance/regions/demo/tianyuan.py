"""Tianyuan: rooms, stations, estates and capabilities of every place, drawn to the figures of its own document."""

from __future__ import annotations

from datetime import date

import numpy as np

from governance.kit.bulkload import copy
from governance.kit.demo import Progress
from governance.kit.drawing import Draw, last_day, written
from governance.kit.measures.sources import SOURCES
from governance.regions.demo.capabilities import Stated, keep_registers, load_statements
from governance.regions.demo.facilities import Opened, load_facilities
from governance.regions.demo.places import TIANYUAN, Places, places_of, short
from governance.regions.models import Estate, Facility

KEPT_SINCE = date(2019, 1, 1)
_EARLY = (("2017-06-01", 0.0), ("2020-06-30", 0.7), ("2021-09-01", 1.0))
_SLOW = (("2019-03-01", 0.0), ("2021-09-06", 0.62), ("2024-12-31", 0.95), ("2025-12-31", 1.0))
_ESTATES = ("家园", "花苑", "新城", "丽景", "雅苑", "名邸", "湘江湾", "锦绣园")
_ONE_PLUS_FOUR = (
    "party_building", "cultivation_and_talent", "publicity_and_resources", "project_development", "evaluation_standards",
)  # fmt: skip


def load_tianyuan(progress: Progress) -> None:
    """Load facilities, estates and statements; every register of the portal is kept here."""
    places = places_of(TIANYUAN)
    kept = {"capabilities": KEPT_SINCE} | dict.fromkeys(SOURCES, KEPT_SINCE)
    keep_registers(places.root, kept)
    everywhere, townships = np.arange(len(places.communities)), np.arange(len(places.townships))
    kinds, communities = Facility.Kind, places.communities
    few = places.lacking("few", places.part(7))
    load_facilities(
        places,
        [
            Opened(kinds.SOCIAL_WORK_ROOM, communities, np.setdiff1d(everywhere, few[:3]), _EARLY, late=few[:1]),
            Opened(kinds.VOLUNTEER_STATION, communities, everywhere, _EARLY),
            Opened(kinds.ORG_SERVICE_PLATFORM, communities, np.setdiff1d(everywhere, few), _SLOW),
            Opened(kinds.CULTURE_CENTRE, communities, everywhere[::2], _EARLY),
            Opened(kinds.FITNESS_FACILITY, communities, np.setdiff1d(everywhere, few), _EARLY),
            Opened(kinds.SOCIAL_WORK_STATION, places.townships, townships, _EARLY),
            Opened(kinds.STREET_SERVICE_CENTRE, places.townships, townships, _EARLY),
            Opened(kinds.ORG_SERVICE_PLATFORM, places.townships, townships, _EARLY),
            Opened(kinds.ORG_SERVICE_PLATFORM, places.counties, np.arange(1), _EARLY),
            Opened(kinds.SOCIAL_WORK_CENTRE, places.counties, np.arange(1), _EARLY),
            Opened(kinds.INCUBATOR, places.counties, np.arange(1), _EARLY),
            Opened(kinds.TRAINING_BASE, places.counties, np.arange(1), _EARLY),
        ],
    )
    load_statements(
        TIANYUAN,
        [
            Stated("one_plus_four", places.counties, np.arange(1), _EARLY, components=_ONE_PLUS_FOUR),
            Stated("fifteen_minute_circle", communities, np.flatnonzero(places.urban), _SLOW),
        ],
    )
    progress("天元区的小区", load_estates(places), 0)


def load_estates(places: Places, branches: float = 0.6) -> int:
    """COPY two to five estates of each urban community, a share of them with a party branch; return how many."""
    draw = Draw(f"estates {places.root.code}")
    towns = np.flatnonzero(places.urban)
    counts = draw.random.integers(2, 6, len(towns))
    at = np.repeat(towns, counts)
    which = np.concatenate([np.arange(count) for count in counts] or [np.arange(0)])
    shift = np.repeat(draw.random.integers(0, len(_ESTATES), len(towns)), counts)
    since = draw.days(len(at), (("2000-01-01", 0.0), ("2018-12-31", 1.0)))
    since = draw.random.permutation(since)
    chance = (branches + 0.35 * (places.care[at] - 0.6)).clip(0.05, 1.0)
    branch = draw.random.permutation(
        draw.days(len(at), (("2019-01-01", 0.0), ("2021-09-01", 0.5), ("2026-12-31", 1.0)))
    )
    branch = np.where((draw.random.random(len(at)) < chance) & (branch <= last_day()), branch, 0)
    households = draw.random.integers(180, 2600, len(at)).tolist()
    told = zip(
        at.tolist(),
        ((which + shift) % len(_ESTATES)).tolist(),
        households,
        written(since),
        written(branch),
        strict=True,
    )
    rows = (
        (places.communities[home].pk, f"{short(places.communities[home].name)}{_ESTATES[name]}", count, begun, party)
        for home, name, count, begun, party in told
    )
    return copy(Estate, ("community_id", "name", "households", "since", "party_branch_from"), rows)
