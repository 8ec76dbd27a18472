"""Chongqing: facilities and capabilities of 11,270 communities, and from when on its registers are kept."""

from __future__ import annotations

from datetime import date

import numpy as np

from governance.kit.demo import Progress
from governance.kit.drawing import NOTE, Array
from governance.regions.demo.capabilities import Stated, keep_registers, load_statements
from governance.regions.demo.facilities import Opened, load_facilities
from governance.regions.demo.places import CHONGQING, Places, places_of
from governance.regions.models import Facility

# What is lacking at the end of 2025, of 11,270 communities.
WITHOUT_SOCIAL_WORK, WITHOUT_STATION, WITHOUT_ROOM = 214, 68, 514
_ROOMS = (
    ("2018-03-01", 0.0),
    ("2021-01-01", 0.18),
    ("2022-06-24", 0.53),
    ("2022-12-31", 0.73),
    ("2023-12-31", 0.962),
    ("2025-12-31", 1.0),
)
_STATIONS = (("2016-05-01", 0.0), ("2021-01-01", 0.42), ("2022-06-24", 0.6), ("2024-01-01", 0.9), ("2025-12-31", 1.0))
_SINCE_POLICY = (("2022-07-01", 0.0), ("2023-06-30", 0.45), ("2024-12-31", 0.86), ("2025-12-31", 1.0))
_EARLY = (("2021-02-01", 0.0), ("2022-06-24", 0.3), ("2024-06-30", 0.8), ("2025-12-31", 1.0))
_PLANS = (("2022-07-10", 0.0), ("2022-12-31", 0.9), ("2023-05-31", 1.0))
# How many of the places have it at the end of 2025.
_LISTS, _LISTS_WHOLE = ("needs", "resources", "projects"), 8_931
_OF_COMMUNITIES = {"five_society_mechanism": 9_862, "needs_survey": 9_407, "emergency_mechanism": 7_655}
_TOWNSHIPS_PURCHASING, _COUNTIES_PURCHASING = 716, 36
_FOUR = ("collection", "sharing", "handling", "feedback")
_KEPT_SINCE = date(2021, 1, 1)
_KEPT = (
    "capabilities", "facilities", "organizations", "organization_party", "social_workers", "certified_social_workers",
    "community_worker_posts", "certified_community_workers", "community_funds", "designations", "project_sessions",
    "spot_checks", "consultations",
)  # fmt: skip
# A few counties began later, or have only planned it.
_PLANNED = date(2027, 7, 1)
_LATER = {
    "500229000000": {"organizations": date(2023, 7, 1), "organization_party": date(2024, 1, 1)},
    "500242000000": {"consultations": _PLANNED, "project_sessions": date(2024, 3, 1)},
    "500238000000": {"needs_survey": _PLANNED},
    "500240000000": {"consultations": date(2023, 1, 1)},
}


def load_chongqing(progress: Progress) -> None:
    """Load what Chongqing's communities, townships and counties have."""
    places = places_of(CHONGQING)
    share = places.share
    keep(places)
    facilities(places, share)
    progress("重庆市的设施", 1, 2)
    statements(places, share)
    progress("重庆市的能力", 2, 2)


def keep(places: Places) -> None:
    """State from when on registers are kept: charities only since the policy, so their number of 2020 is missing."""
    keep_registers(places.root, dict.fromkeys(_KEPT, _KEPT_SINCE) | {"charity_status": date(2022, 7, 1)})
    for county in places.counties:
        for register, since in _LATER.get(county.code, {}).items():
            said = f"{NOTE}：计划启用" if since == _PLANNED else NOTE
            keep_registers(county, {register: since}, said)


def served(places: Places, share: float) -> tuple[Array, Array]:
    """Return positions of the communities with a room of social work, and of those served without one."""
    everywhere = np.arange(len(places.communities))
    lacking = places.lacking("social work", round(WITHOUT_SOCIAL_WORK * share))
    without_room = places.lacking("room", round(WITHOUT_ROOM * share))
    rooms = np.setdiff1d(everywhere, np.union1d(lacking, without_room))
    return rooms, np.setdiff1d(np.setdiff1d(everywhere, lacking), rooms)


def facilities(places: Places, share: float) -> None:
    """Open rooms, stations and centres."""
    everywhere, communities = np.arange(len(places.communities)), places.communities
    rooms, _others = served(places, share)
    without_station = places.lacking("station", round(WITHOUT_STATION * share))
    townships = np.arange(len(places.townships))
    care_of_townships = places.care_of_counties[places.county_of_township]
    weakest = np.argsort(care_of_townships, kind="stable")
    counties = np.arange(len(places.counties))
    weak_counties = np.argsort(places.care_of_counties, kind="stable")
    kinds = Facility.Kind
    load_facilities(
        places,
        [
            Opened(kinds.SOCIAL_WORK_ROOM, communities, rooms, _ROOMS, order=places.care),
            Opened(
                kinds.VOLUNTEER_STATION, communities, np.setdiff1d(everywhere, without_station), _STATIONS,
                late=without_station[: len(without_station) // 3], order=places.care,
            ),
            Opened(kinds.SOCIAL_WORK_STATION, places.townships, np.setdiff1d(townships, weakest[: round(28 * share)]), _EARLY),
            Opened(kinds.STREET_SERVICE_CENTRE, places.townships, townships[::3], _EARLY),
            Opened(kinds.SOCIAL_WORK_CENTRE, places.counties, np.setdiff1d(counties, weak_counties[:2]), _EARLY),
            Opened(kinds.INCUBATOR, places.counties, counties, _EARLY),
            Opened(kinds.TRAINING_BASE, places.counties, counties[::2], _EARLY),
        ],
    )  # fmt: skip


def statements(places: Places, share: float) -> None:
    """State what communities, townships and counties have."""
    everywhere, communities, total = np.arange(len(places.communities)), places.communities, len(places.communities)
    _rooms, without_room = served(places, share)

    def having(item: str, count: int) -> Array:
        return np.setdiff1d(everywhere, places.lacking(item, total - round(count * share)))

    whole = having("three_lists", _LISTS_WHOLE)
    partly = np.setdiff1d(everywhere, whole)[::2]
    weak_counties = np.argsort(places.care_of_counties, kind="stable")
    counties = np.arange(len(places.counties))
    townships = np.argsort(-places.care_of_counties[places.county_of_township], kind="stable")
    stated = [
        Stated(item, communities, having(item, count), _SINCE_POLICY, order=places.care)
        for item, count in _OF_COMMUNITIES.items()
    ]
    stated += [
        Stated("social_work_service", communities, without_room, _ROOMS, order=places.care),
        Stated("three_lists", communities, whole, _SINCE_POLICY, components=_LISTS, order=places.care),
        Stated("three_lists", communities, partly, _EARLY, components=_LISTS[:1]),
        Stated("purchase_mechanism", places.townships, np.sort(townships[: round(_TOWNSHIPS_PURCHASING * share)]), _EARLY),
        Stated("implementation_plan", places.counties, counties, _PLANS),
        Stated(
            "district_purchase_mechanism", places.counties,
            np.setdiff1d(counties, weak_counties[: max(1, len(counties) - _COUNTIES_PURCHASING)]), _EARLY,
        ),
        Stated("information_mechanism", places.counties, counties[1::2], _SINCE_POLICY, components=_FOUR),
        Stated("information_mechanism", [places.root], np.arange(1), (("2022-09-01", 0.0), ("2022-09-02", 1.0)), components=_FOUR),
    ]  # fmt: skip
    load_statements(places.root.code, stated)
