"""Chongqing: sessions of social work in communities that have a room for it."""

from __future__ import annotations

from governance.kit.demo import Progress
from governance.regions.demo.chongqing import served
from governance.regions.demo.places import CHONGQING, places_of
from projects.demo.sessions import Sessions, load_sessions

_SESSIONS = 9_000
_CURVE = (("2021-02-01", 0.0), ("2022-06-24", 0.16), ("2024-06-30", 0.55), ("2026-12-31", 1.0))


def load_chongqing(progress: Progress) -> None:
    """Load sessions, in communities that are served by their room anyway."""
    places = places_of(CHONGQING)
    rooms, _others = served(places, places.share)
    wanted = Sessions(places.part(_SESSIONS), rooms, _CURVE)
    progress("重庆市的社会工作活动", load_sessions(places, wanted), 0)
