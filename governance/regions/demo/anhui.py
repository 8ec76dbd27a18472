"""Anhui: service by one network in 18,334 communities; the registers of its policy are kept in one city only."""

from __future__ import annotations

from datetime import date

import numpy as np

from governance.kit.demo import Progress
from governance.regions.demo.capabilities import Stated, keep_registers, load_statements
from governance.regions.demo.places import ANHUI, places_of
from governance.regions.models import Region

#: the city with records of its own; everywhere else figures are reported
TONGLING = "340700000000"
_SINCE = (("2017-08-01", 0.0), ("2018-12-31", 0.4), ("2020-12-31", 0.85), ("2023-12-31", 1.0))
KEPT = (
    "organizations", "social_workers", "community_worker_posts", "certified_community_workers", "trained_community_workers",
    "committee_members",
)  # fmt: skip


def load_anhui(progress: Progress) -> None:
    """Load statements of communities, and say which registers are kept where."""
    places = places_of(ANHUI)
    keep_registers(places.root, {"capabilities": date(2017, 1, 1)})
    keep_registers(Region.objects.get(code=TONGLING), dict.fromkeys(KEPT, date(2017, 1, 1)))
    total = len(places.communities)
    served = np.setdiff1d(np.arange(total), places.lacking("one network", round(total * 0.28)))
    done = load_statements(
        ANHUI, [Stated("one_network_service", places.communities, served, _SINCE, order=places.care)]
    )
    progress("安徽省的能力", done, done)
