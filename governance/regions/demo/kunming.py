"""Kunming: alliances, committees, platforms and estates from 2021 on."""

from __future__ import annotations

from datetime import date

import numpy as np

from governance.kit.demo import Progress
from governance.kit.measures.sources import SOURCES
from governance.regions.demo.capabilities import Stated, keep_registers, load_statements
from governance.regions.demo.facilities import Opened, load_facilities
from governance.regions.demo.places import KUNMING, places_of
from governance.regions.demo.tianyuan import load_estates
from governance.regions.models import Facility

_SINCE = (("2020-06-01", 0.0), ("2021-01-07", 0.35), ("2023-12-31", 0.9), ("2025-12-31", 1.0))
_EARLY = (("2019-01-01", 0.0), ("2021-06-30", 1.0))
_PLATFORMS = (
    "party_building",
    "representatives_meeting",
    "deliberation",
    "social_organizations",
    "volunteers",
    "capacity",
    "mediation",
    "funding",
)  # fmt: skip  the ninth is not confirmed
_MECHANISMS = ("responsibility_and_assessment", "organization_support", "government_purchase", "talent_support")
_FUNCTIONS = ("policy_guidance", "registration_help", "premises", "resource_linking", "project_operation", "training")
_PROGRAMMES = ("thousand_talents", "ten_thousand_talents")


def load_kunming(progress: Progress) -> None:
    """Load facilities, estates and statements; every register is kept from 2020 on."""
    places = places_of(KUNMING)
    kept = date(2020, 1, 1)
    keep_registers(places.root, {"capabilities": kept} | dict.fromkeys(SOURCES, kept))
    streets = np.array([at for at, place in enumerate(places.townships) if place.township_kind == "street_office"])
    towns, root = np.flatnonzero(places.urban), [places.root]
    everywhere, one = np.arange(len(places.communities)), np.arange(1)
    counties = np.arange(len(places.counties))
    platform = Facility.Kind.ORG_SERVICE_PLATFORM
    load_facilities(
        places,
        [
            Opened(
                platform,
                places.communities,
                np.setdiff1d(everywhere, places.lacking("platform", len(everywhere) // 4)),
                _SINCE,
            ),
            Opened(platform, places.townships, np.arange(len(places.townships))[::-1][3:], _SINCE),
            Opened(platform, places.counties, counties, _EARLY),
            Opened(platform, root, one, _EARLY),
        ],
    )
    load_statements(
        KUNMING,
        [
            Stated("party_alliance", places.townships, streets[:-4], _SINCE),
            Stated(
                "grand_party_committee",
                places.communities,
                np.setdiff1d(towns, places.lacking("committee", 60, places.urban)),
                _SINCE,
            ),
            Stated("kunming_platform", root, one, _EARLY, _PLATFORMS),
            Stated("km_mechanisms", root, one, _EARLY, _MECHANISMS),
            Stated("incubator_functions", root, one, _EARLY, _FUNCTIONS),
            Stated("incubator_functions", places.counties, counties[::2], _SINCE, _FUNCTIONS[:4]),
            Stated("km_talent_programmes", root, one, _SINCE, _PROGRAMMES),
        ],
    )
    progress("昆明市的设施、能力与小区", load_estates(places, 0.75), 0)
