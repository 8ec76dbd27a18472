"""Xiamen: what its districts, streets and communities had by the years of its policy, 2014 and 2015, and later."""

from __future__ import annotations

from datetime import date

import numpy as np

from governance.kit.bulkload import copy
from governance.kit.demo import Progress
from governance.kit.drawing import Array
from governance.kit.measures.sources import SOURCES
from governance.regions.demo.capabilities import Stated, keep_registers, load_statements
from governance.regions.demo.facilities import Opened, load_facilities
from governance.regions.demo.places import XIAMEN, Places, places_of
from governance.regions.models import Facility

_YEARS = (("2012-06-01", 0.0), ("2013-12-31", 0.35), ("2014-12-31", 0.86), ("2015-12-31", 0.96), ("2018-12-31", 1.0))
_EARLY = (("2011-01-01", 0.0), ("2013-12-31", 0.8), ("2014-12-31", 1.0))
_ONCE = (("2014-03-01", 0.0), ("2014-09-01", 1.0))
_OFF_ISLAND = ("350205000000", "350211000000", "350212000000", "350213000000")
# Items of communities: how many of a hundred have them in the end, and their parts.
_COMMUNITIES = {
    "affairs_admission": (96, ("admission", "signboards", "assessments")),
    "deliberation_systems": (92, ("party_government_meeting", "coordination_meeting", "hearing")),
    "volunteer_record_system": (99, ()),
}
_URBAN = {
    "tripartite_system": (72, ("residents_committee", "property_company", "owners_committee")),
    "four_min_home": (55, ("hearing_room", "survey_team", "deliberation_hall", "service_station")),
    "fifteen_minute_circle": (83, ()),
}
_SCOPED_OF_STREETS = {"one_stop_platform": 94, "info_cloud": 88, "grid_platform": 100}
_SCOPED_OF_COMMUNITIES = {"added_committee_member": 70, "director_assistant_system": 86}


def load_xiamen(progress: Progress) -> None:
    """Load facilities and statements; every register is kept from 2013 on."""
    places = places_of(XIAMEN)
    kept = date(2013, 1, 1)
    keep_registers(places.root, {"capabilities": kept} | dict.fromkeys(SOURCES, kept))
    _facilities(places)
    load_statements(XIAMEN, _stated(places))
    progress("厦门市的设施与能力", 1, 1)


def _facilities(places: Places) -> None:
    kinds, communities, everywhere = Facility.Kind, places.communities, np.arange(len(places.communities))
    towns = np.flatnonzero(places.urban)
    streets = np.array([at for at, place in enumerate(places.townships) if place.township_kind == "street_office"])
    load_facilities(
        places,
        [
            Opened(kinds.SOCIAL_WORK_ROOM, communities, towns[::2], _YEARS),
            Opened(kinds.CULTURE_CENTRE, communities, np.setdiff1d(everywhere, places.lacking("culture", 38)), _YEARS),
            Opened(kinds.FITNESS_FACILITY, communities, everywhere[: len(everywhere) * 6 // 10], _EARLY),
            Opened(kinds.FITNESS_FACILITY, places.counties, np.arange(len(places.counties)), _EARLY),
            Opened(kinds.STREET_SERVICE_CENTRE, places.townships, streets, _YEARS),
            Opened(kinds.TRAINING_BASE, places.counties, np.arange(min(3, len(places.counties))), _YEARS),
        ],
    )
    park = (places.root.pk, kinds.INCUBATOR.value, "厦门市社会组织孵化园", "演示路1号", 3600, 24, "2014-05-20", None)
    copy(Facility, ("region_id", "kind", "name", "address", "floor_area", "capacity", "since", "until"), [park])


def _stated(places: Places) -> list[Stated]:
    communities, total = places.communities, len(places.communities)
    everywhere, towns = np.arange(total), np.flatnonzero(places.urban)
    streets = np.arange(len(places.townships))
    usual = np.array([at for at, place in enumerate(places.townships) if place.township_kind != "other"])
    counties = np.arange(len(places.counties))
    off_island = np.array([at for at, place in enumerate(places.counties) if place.code in _OFF_ISLAND], dtype=int)

    def share(item: str, of: Array, hundredths: int) -> Array:
        lacking = places.lacking(item, round(len(of) * (100 - hundredths) / 100), np.isin(everywhere, of))
        return np.setdiff1d(of, lacking)

    made = [
        Stated(item, communities, share(item, everywhere, percent), _YEARS, parts)
        for item, (percent, parts) in _COMMUNITIES.items()
    ]
    made += [
        Stated(item, communities, share(item, towns, percent), _YEARS, parts)
        for item, (percent, parts) in _URBAN.items()
    ]
    for item, percent in _SCOPED_OF_STREETS.items():
        scope = streets[: len(streets) * 3 // 4]
        made.append(Stated(item, places.townships, scope, _ONCE, subject_to=True))
        made.append(Stated(item, places.townships, scope[: len(scope) * percent // 100], _YEARS))
    for item, percent in _SCOPED_OF_COMMUNITIES.items():
        scope = towns[::3]
        made.append(Stated(item, communities, scope, _ONCE, subject_to=True))
        made.append(Stated(item, communities, scope[: len(scope) * percent // 100], _YEARS))
    return [
        *made,
        Stated("governance_body", places.townships, usual[:-1], _EARLY),
        Stated("gov_society_interaction", places.townships, usual[: len(usual) * 88 // 100], _YEARS),
        Stated("open_nomination", communities, np.flatnonzero(places.rural)[:3], _YEARS),
        Stated("three_level_grid", places.counties, counties, _YEARS),
        Stated("social_work_started", places.counties, off_island, _ONCE),
        Stated("cross_strait_base", [places.root], np.arange(1), _ONCE),
        Stated("cancelled_approvals", [places.root], np.arange(1), _ONCE, ("preparatory_approval", "branch_approval")),
    ]
