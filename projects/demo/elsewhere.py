"""Xiamen's sessions in fields of civil affairs, and Kunming's purchases."""

from __future__ import annotations

import numpy as np

from governance.kit.demo import Progress
from governance.regions.demo.places import KUNMING, XIAMEN, places_of
from projects.demo.projects import load_purchases
from projects.demo.sessions import Sessions, load_sessions

_SESSIONS = (("2013-06-01", 0.0), ("2015-12-31", 0.4), ("2026-12-31", 1.0))


def load_xiamen(progress: Progress) -> None:
    """Load sessions."""
    places = places_of(XIAMEN)
    wanted = Sessions(places.part(1_600), np.arange(len(places.communities)), _SESSIONS, civil_affairs=True)
    progress("厦门市的社会工作活动", load_sessions(places, wanted), 0)


def load_kunming(progress: Progress) -> None:
    """Load purchases with their contracts."""
    places = places_of(KUNMING)
    progress(
        "昆明市的政府购买服务",
        load_purchases(places, [places.root, *places.counties, *places.townships], places.part(700), 0.58),
        0,
    )
