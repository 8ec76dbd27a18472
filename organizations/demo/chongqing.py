"""Chongqing: organisations of its communities and counties, charities, social workers and community workers."""

from __future__ import annotations

import numpy as np

from governance.kit.demo import Progress
from governance.regions.demo.places import CHONGQING, Places, places_of
from organizations.demo.bodies import AGENCY, Body, load_bodies
from organizations.demo.communities import Wanted, agencies, community_bodies
from organizations.demo.facts import charity_bodies, load_parties, load_recognitions
from organizations.demo.workers import Workers, load_community_workers, load_social_workers
from organizations.models import Category, Nature

CHARITABLE, PER_TOWN, PER_VILLAGE = 10_684, 11.6, 6.2
PROFESSIONALS, CERTIFIED, WORKERS, WORKERS_CERTIFIED = 82_640, 27_952, 42_089, 7_071
CHARITIES, AGENCIES, ELIGIBLE, ESTABLISHED = 172, 240, 5_377, 5_204
_ORGANIZATIONS = (
    ("2015-01-01", 0.0),
    ("2021-01-01", 0.5),
    ("2022-06-24", 0.66),
    ("2024-06-30", 0.9),
    ("2025-12-31", 1.0),
)
_RECOGNISED = (("2016-09-01", 0.0), ("2020-12-31", 0.55), ("2022-12-31", 0.83), ("2025-12-31", 1.0))
_PROFESSIONALS = (
    ("2014-01-01", 0.0),
    ("2021-01-01", 0.62),
    ("2022-06-24", 0.72),
    ("2024-12-31", 0.94),
    ("2025-12-31", 1.0),
)
_EXAMINED = (("2012-01-01", 0.0), ("2021-01-01", 0.5), ("2022-06-24", 0.6), ("2024-12-31", 0.88), ("2025-12-31", 1.0))
_HIRED = (("2014-01-01", 0.0), ("2021-01-01", 0.78), ("2022-06-24", 0.84), ("2025-12-31", 1.0))


def load_chongqing(progress: Progress) -> None:
    """Load organisations and workers."""
    places = places_of(CHONGQING)
    share = places.share
    loaded = load_bodies(bodies(places, share), 100_000)
    progress("重庆市的社会组织", len(loaded.keys), 0)
    load_parties(CHONGQING, loaded, round(ELIGIBLE * share), round(ESTABLISHED * share))
    load_recognitions(load_bodies(charity_bodies(places, max(3, round(CHARITIES * share)), _RECOGNISED), 10_000))
    employers = [key for key, body in zip(loaded.keys, loaded.bodies, strict=True) if body.nature == AGENCY]
    everywhere = np.arange(len(places.communities))
    professionals = Workers(round(PROFESSIONALS * share), round(CERTIFIED * share), _PROFESSIONALS, _EXAMINED, "渝S")
    load_social_workers(places, professionals, everywhere, employers)
    progress("重庆市的社会工作者", professionals.count, 0)
    workers = Workers(round(WORKERS * share), round(WORKERS_CERTIFIED * share), _HIRED, _EXAMINED, "渝C")
    load_community_workers(places, workers)
    progress("重庆市的社区工作者", workers.count, 0)


def bodies(places: Places, share: float) -> list[Body]:
    """Return organisations of communities, hubs of townships, agencies of counties."""
    wanted = Wanted(
        round(CHARITABLE * share), round(PER_TOWN * int(places.urban.sum())), round(PER_VILLAGE * int(places.rural.sum())),
        _ORGANIZATIONS,
    )  # fmt: skip
    made = list(community_bodies(places, wanted))
    hubs = (
        Body(
            home.pk, home.code, f"{home.name}社会组织联合会", Nature.FEDERATION.value, True, Category.COMMUNITY_AFFAIRS.value,
            "social_affairs", True, body.since,
        )
        for home, body in zip(places.townships, made[:: max(1, len(made) // max(1, len(places.townships)))], strict=False)
    )  # fmt: skip
    return [*made, *hubs, *agencies(places, max(1, round(AGENCIES * share)), _ORGANIZATIONS)]
