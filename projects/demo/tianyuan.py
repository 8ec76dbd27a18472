"""Tianyuan: projects and purchases, 17,000 sessions in two years, the three lists, 350 children in care."""

from __future__ import annotations

import numpy as np

from governance.kit.demo import Progress
from governance.regions.demo.places import TIANYUAN, places_of
from projects.demo.lists import load_cases, load_catalogues, load_lists
from projects.demo.projects import load_projects, load_purchases
from projects.demo.sessions import Sessions, load_sessions

_SESSIONS = 55_000
_CURVE = (("2018-06-01", 0.0), ("2019-09-06", 0.05), ("2021-09-06", 0.364), ("2024-06-30", 0.7), ("2026-12-31", 1.0))


def load_tianyuan(progress: Progress) -> None:
    """Load projects and everything that belongs to them."""
    places = places_of(TIANYUAN)
    of_community = load_projects(places, places.part(420))
    load_purchases(places, [places.root, *places.townships], 150)
    load_catalogues(places, "2019-07-01")
    progress("天元区的项目", sum(map(len, of_community.values())), 0)
    everywhere = np.arange(len(places.communities))
    load_sessions(places, Sessions(places.part(_SESSIONS), everywhere, _CURVE, (1, 3)), of_community)
    load_lists(places, 9)
    progress("天元区的活动、清单与个案", load_cases(places, places.part(390), places.part(120), 210_000), 0)
