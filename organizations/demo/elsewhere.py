"""Xiamen's and Anhui's organisations and workers, as far as their policies ask for them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from governance.kit.bulkload import copy
from governance.kit.demo import Progress
from governance.kit.drawing import Draw, last_day, text_of
from governance.regions.demo.anhui import TONGLING
from governance.regions.demo.places import KUNMING, XIAMEN, Places, places_of
from organizations.demo.bodies import Body, Loaded, load_bodies, spans_in
from organizations.demo.communities import Wanted, agencies, community_bodies
from organizations.demo.tianyuan import load_committees, load_trainings
from organizations.demo.workers import Workers, load_community_workers, load_social_workers
from organizations.models import Nature, RegistrationAssessment

_XIAMEN = (("2008-01-01", 0.0), ("2013-12-31", 0.14), ("2014-12-31", 0.6), ("2015-12-31", 1.0))
_SOCIETIES = (("1995-01-01", 0.0), ("2013-12-31", 0.9), ("2015-12-31", 1.0))
_WORKERS = (("2008-01-01", 0.0), ("2013-12-31", 0.6), ("2015-12-31", 1.0))
_AGENCIES = (("2010-01-01", 0.0), ("2014-12-31", 0.8), ("2015-12-31", 1.0))
_TONGLING = (("2012-01-01", 0.0), ("2018-01-01", 0.6), ("2020-12-31", 1.0))


def load_xiamen(progress: Progress) -> None:
    """Load organisations, assessments, social workers."""
    places = places_of(XIAMEN)
    urban, rural = int(places.urban.sum()), int(places.rural.sum())
    wanted = Wanted(len(places.communities) * 8 // 10, round(urban * 5.8), round(rural * 4.4), _XIAMEN, registered=0.3)
    loaded = load_bodies(
        [*community_bodies(places, wanted), *_societies(places, places.part(640)), *agencies(places, 17, _AGENCIES)],
        40_000,
    )
    progress("厦门市的社会组织", load_assessments(places, loaded), 0)
    towns = np.flatnonzero(places.urban)
    load_social_workers(places, Workers(places.part(2_380), places.part(900), _WORKERS, _WORKERS, "厦S"), towns, [])
    progress("厦门市的社会工作者", places.part(2_380), 0)


def load_kunming(progress: Progress) -> None:
    """Load organisations registered with the counties, from which services are purchased."""
    places = places_of(KUNMING)
    loaded = load_bodies([*_societies(places, places.part(420)), *agencies(places, 36, _AGENCIES)], 80_000)
    progress("昆明市的社会组织", len(loaded.keys), 0)


def load_tongling(progress: Progress) -> None:
    """Load organisations and workers of the city of Anhui that keeps registers."""
    places = places_of(TONGLING)
    urban, rural, total = int(places.urban.sum()), int(places.rural.sum()), len(places.communities)
    wanted = Wanted(total * 7 // 10, round(urban * 10.4), round(rural * 4.8), _TONGLING)
    loaded = load_bodies(community_bodies(places, wanted), 60_000)
    progress("铜陵市的社会组织", len(loaded.keys), 0)
    able = np.setdiff1d(np.arange(total), places.lacking("worker", total // 12))
    load_social_workers(places, Workers(total * 2, total // 2, _TONGLING, _TONGLING, "铜S"), able, [])
    persons = load_community_workers(places, Workers(total * 5, total, _TONGLING, _TONGLING, "铜C")).tolist()
    load_trainings(TONGLING, persons, 0.7)
    progress("铜陵市的社区工作者", load_committees(places, persons, 0.78), 0)


def load_assessments(places: Places, loaded: Loaded) -> int:
    """COPY assessments of organisations of communities that may register; nearly all of them are registered."""
    draw, last = Draw(f"assessments {places.root.code}"), last_day()
    able = [at for at, body in enumerate(loaded.bodies) if body.community and not body.until]
    skipped = draw.random.random(len(able)).tolist()

    def rows() -> Iterator[tuple[object, ...]]:
        for chance, at in zip(skipped, able, strict=True):
            body = loaded.bodies[at]
            if (body.registered or chance < 0.03) and body.since <= last:
                registered = text_of(body.since) if body.registered else None
                yield loaded.keys[at], body.home, text_of(body.since), None, registered, "符合登记条件（演示数据）"

    columns = ("organization_id", "region_id", "since", "until", "registered_on", "opinion")
    return copy(RegistrationAssessment, columns, rows())


def _societies(places: Places, count: int) -> Iterator[Body]:
    """Yield societies and service bodies registered with the districts."""
    draw = Draw(f"societies {places.root.code}")
    words = (
        "行业协会",
        "商会",
        "文化促进会",
        "体育协会",
        "教育培训中心",
        "养老服务中心",
        "科普协会",
        "志愿者联合会",
        "学会",
    )
    natures = (Nature.ASSOCIATION.value, Nature.SERVICE_BODY.value)
    for number, (since, until) in enumerate(spans_in(draw.spans(count, _SOCIETIES))):
        home = places.counties[number % len(places.counties)]
        name = f"{home.name}第{number // len(places.counties) + 1}{words[number % len(words)]}"
        yield Body(home.pk, home.code, name, natures["中心" in name], False, "", "", True, since, until)
