"""Tianyuan: near 1,000 organisations of communities, 800 of them filed; incubations 10, 30 and 90 a year; workers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from governance.kit.bulkload import copy
from governance.kit.demo import Progress
from governance.kit.drawing import Draw, last_day, number_of, text_of
from governance.regions.demo.places import TIANYUAN, Places, places_of
from governance.regions.models import Facility
from organizations.demo.bodies import FEDERATION, TEAM, Body, Loaded, load_bodies
from organizations.demo.communities import Wanted, agencies, community_bodies
from organizations.demo.facts import charity_bodies, load_parties, load_recognitions
from organizations.demo.naming import TEAMS
from organizations.demo.workers import Workers, load_community_workers, load_social_workers
from organizations.models import Category, CommitteeMember, Incubation, TrainingRecord

_ORGANIZATIONS = (("2015-01-01", 0.0), ("2020-12-31", 0.8), ("2021-09-06", 0.9), ("2025-12-31", 1.0))
_WORKERS = (("2016-01-01", 0.0), ("2021-09-06", 0.8), ("2025-12-31", 1.0))
_XIANGWAN, _IN_XIANGWAN = "430211003019", 22
_WITHOUT_FEDERATION, _WITHOUT_WORKER = 8, 5
# Admitted in each year, where it was not 10, 30 and 90; in the year under way some are still to come.
_TIERS = {"district": 10, "street_hub": 30, "functional": 90}
_SHORT = {(2022, "functional"): 86, (2023, "street_hub"): 28, (2024, "functional"): 93}


def load_tianyuan(progress: Progress) -> None:
    """Load organisations, incubations and workers."""
    places = places_of(TIANYUAN)
    loaded = load_bodies(list(_bodies(places)), 1_000)
    load_recognitions(load_bodies(charity_bodies(places, 4, _ORGANIZATIONS), 900))
    load_parties(TIANYUAN, loaded, 110, 98)
    load_incubations(places, loaded)
    progress("天元区的社会组织", len(loaded.keys), 0)
    at = np.setdiff1d(np.arange(len(places.communities)), places.lacking("worker", places.part(_WITHOUT_WORKER)))
    employers = [key for key, body in zip(loaded.keys, loaded.bodies, strict=True) if not body.community]
    load_social_workers(
        places, Workers(places.part(900), places.part(420), _WORKERS, _WORKERS, "株S", True, 150_000), at, employers
    )
    persons = load_community_workers(
        places, Workers(places.part(820), places.part(260), _WORKERS, _WORKERS, "株C", True, 160_000)
    )
    load_trainings(TIANYUAN, persons.tolist())
    progress("天元区的社会工作者", load_committees(places, persons.tolist()), 0)


def load_incubations(places: Places, loaded: Loaded) -> int:
    """COPY incubations of each year from 2019 on."""
    draw, last = Draw(f"incubations {places.root.code}"), last_day()
    facility = (
        Facility.objects.filter(region=places.root, kind=Facility.Kind.INCUBATOR).values_list("pk", flat=True).first()
    )
    bodies = [(key, body) for key, body in zip(loaded.keys, loaded.bodies, strict=True) if not body.until]

    def rows() -> Iterator[tuple[Any, ...]]:
        for year in range(2019, 2027):
            for tier, wanted in _TIERS.items():
                count = _SHORT.get((year, tier), wanted if year > 2020 else wanted * 3 // 4)
                days = np.sort(
                    draw.random.integers(number_of(f"{year}-01-10"), number_of(f"{year}-12-20"), count)
                ).tolist()
                able = [(key, body) for key, body in bodies if body.since <= days[0]]
                for number, place in enumerate(draw.some(np.ones(len(able)), min(count, len(able))).tolist()):
                    key, body = able[place]
                    day = days[number]
                    if day > last:
                        continue
                    home = places.root.pk if tier == "district" else body.home
                    done = day + int(draw.random.integers(200, 420))
                    mode = ("in_house", "outreach", "online")[number % 3]
                    yield (
                        key, home, tier, mode, text_of(day), text_of(done) if done <= last else None,
                        facility if mode == "in_house" else None,
                    )  # fmt: skip

    columns = ("organization_id", "region_id", "tier", "mode", "admitted_on", "graduated_on", "facility_id")
    return copy(Incubation, columns, rows())


def load_trainings(root: str, persons: list[int], share: float = 0.78) -> int:
    """COPY a yearly training of most of these persons, each finished on a day of its year."""
    draw, last = Draw(f"trainings {root}"), last_day()
    rows = []
    for year in range(2018, 2027):
        took, days = (
            draw.flags(len(persons), share).tolist(),
            draw.moments(len(persons), f"{year}-04-01", f"{year}-10-31").tolist(),
        )
        rows += [
            (person, f"{year}年社区工作者专题培训", "民政局（演示数据）", text_of(day), 24)
            for person, took_part, day in zip(persons, took, days, strict=True)
            if took_part and day <= last
        ]
    return copy(TrainingRecord, ("person_id", "title", "organizer", "finished_on", "hours"), rows)


def load_committees(places: Places, persons: list[int], met: float = 0.76) -> int:
    """COPY five members of the committees of each community, as far as there are persons."""
    draw, last = Draw(f"committees {places.root.code}"), last_day()
    columns = ("person_id", "community_id", "body", "position", "education", "since")
    rows = []
    positions = ("党组织书记、主任", "副书记", "副主任", "委员", "委员")
    for number, person in enumerate(persons[: len(places.communities) * len(positions)]):
        at, place = divmod(number, len(positions))
        home = places.communities[at]
        least = 20 if home.committee_type == "villagers" else 30
        education = least + 10 * int(draw.random.integers(0, 2)) if draw.random.random() < met else least - 10
        since = number_of("2020-12-20") + int(draw.random.integers(0, 40))
        body = ("both", "party", "committee")[min(place, 2)]
        if since <= last:
            rows.append((person, home.pk, body, positions[place], education, text_of(since)))
    return copy(CommitteeMember, columns, rows)


def _bodies(places: Places) -> Iterator[Body]:
    """Yield teams, a federation of most communities, enough teams of 湘湾, and agencies."""
    wanted = Wanted(
        len(places.communities) - places.part(4), places.part(872), places.part(116), _ORGANIZATIONS, registered=0.05
    )
    count = 0
    for body in community_bodies(places, wanted):
        count += body.division == _XIANGWAN
        yield body
    for community in places.communities:
        if community.code == _XIANGWAN:
            since = number_of("2018-05-01")
            for number in range(max(0, _IN_XIANGWAN - count)):
                name, category, service = TEAMS[number]
                title = f"湘湾社区{name.removesuffix('队')}小组"
                yield Body(community.pk, community.code, title, TEAM, True, category, service, False, since + number)
    without = set(places.lacking("federation", places.part(_WITHOUT_FEDERATION)).tolist())
    draw = Draw("federations of Tianyuan")
    days = draw.random.permutation(
        draw.days(len(places.communities), (("2019-03-01", 0.0), ("2021-09-06", 0.8), ("2025-06-30", 1.0)))
    )
    for at, community in enumerate(places.communities):
        if at not in without:
            name = f"{places.names[at]}社区社会组织联合会"
            affairs = Category.COMMUNITY_AFFAIRS.value
            yield Body(
                community.pk, community.code, name, FEDERATION, True, affairs, "social_affairs", True, int(days[at])
            )
    yield from agencies(places, 14, _ORGANIZATIONS)
