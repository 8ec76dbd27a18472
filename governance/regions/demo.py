"""Demonstration data of this app: the real divisions, and made-up facilities and capabilities of Tianyuan.

The places are real; everything that they are said to have is drawn from a fixed seed and stands for nobody.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from governance.kit.demo import DemoStep, Progress, register, register_emptiness
from governance.regions.divisions import import_divisions
from governance.regions.models import (
    CapabilityComponent,
    CapabilityItem,
    Estate,
    Facility,
    Level,
    Region,
    RegionCapability,
    RegisterCoverage,
)

DIVISIONS = Path(__file__).parent / "data" / "divisions_2023.csv.gz"
TIANYUAN = "430211000000"
KEPT, KEPT_SINCE = ("capabilities", "facilities", "estates"), date(2021, 1, 1)
ESTATES = ("家园", "花苑", "新城", "丽景", "雅苑", "名邸", "湘江湾", "锦绣园")
# What nearly every community has comes first; how often an item occurs falls along the list.
COMMUNITY_KINDS = (
    (Facility.Kind.SOCIAL_WORK_ROOM, 0.9),
    (Facility.Kind.VOLUNTEER_STATION, 0.95),
    (Facility.Kind.CULTURE_CENTRE, 0.6),
    (Facility.Kind.FITNESS_FACILITY, 0.8),
)
TOWNSHIP_KINDS = (Facility.Kind.SOCIAL_WORK_STATION, Facility.Kind.STREET_SERVICE_CENTRE)


def load_divisions(progress: Progress) -> None:
    """Load the real divisions of the file that comes with the portal."""
    import_divisions(DIVISIONS, by=None, progress=progress)


def load_tianyuan(progress: Progress) -> None:
    """Draw facilities, estates and capabilities of every place of Tianyuan."""
    draw = Random(TIANYUAN)  # noqa: S311  a fixed seed is the point
    places = list(Region.objects.under(Region.objects.get(code=TIANYUAN)).order_by("path"))
    Facility.objects.bulk_create([facility for place in places for facility in _facilities(place, draw)])
    Estate.objects.bulk_create([estate for place in places for estate in _estates(place, draw)])
    items = list(CapabilityItem.objects.prefetch_related("components"))
    statements = [statement for place in places for statement in _statements(place, items, draw)]
    RegionCapability.objects.bulk_create(statements)
    RegisterCoverage.objects.bulk_create(
        RegisterCoverage(region=places[0], register=register, since=KEPT_SINCE, note="演示数据") for register in KEPT
    )
    progress("天元区", len(places), len(places))


def _short(place: Region) -> str:
    for ending in ("管理处社区", "社区居委会", "居委会", "村委会", "社区"):
        if place.name.endswith(ending):
            return place.name.removesuffix(ending)
    return place.name


def _day(draw: Random, first: int = 2018, last: int = 2025) -> date:
    start = date(first, 1, 1)
    return start + timedelta(days=draw.randrange((date(last, 12, 31) - start).days))


def _facilities(place: Region, draw: Random) -> list[Facility]:
    if place.level == Level.COUNTY:
        kinds = [Facility.Kind.SOCIAL_WORK_CENTRE, Facility.Kind.INCUBATOR, Facility.Kind.TRAINING_BASE]
    elif place.level == Level.TOWNSHIP:
        kinds = list(TOWNSHIP_KINDS)
    else:
        kinds = [kind for kind, share in COMMUNITY_KINDS if draw.random() < share]
    made = []
    for kind in kinds:
        since = _day(draw)
        closed = draw.random() < 0.03
        made.append(
            Facility(
                region=place,
                kind=kind,
                name=f"{_short(place)}{Facility.Kind(kind).label}",
                floor_area=Decimal(draw.randrange(400, 6000)) / 10,
                capacity=draw.choice((20, 30, 40, 60, 80)),
                since=since,
                until=since + timedelta(days=draw.randrange(200, 900)) if closed else None,
            )
        )
    return made


def _estates(place: Region, draw: Random) -> list[Estate]:
    if place.level != Level.COMMUNITY or place.committee_type == "villagers":
        return []
    made = []
    for name in draw.sample(ESTATES, draw.randrange(2, 6)):
        since = _day(draw, 2000, 2018)
        branch = _day(draw, 2019, 2025) if draw.random() < 0.6 else None
        households = draw.randrange(180, 2600) if draw.random() < 0.9 else None
        made.append(
            Estate(
                community=place,
                name=f"{_short(place)}{name}",
                households=households,
                since=since,
                party_branch_from=branch,
            )
        )
    return made


def _statements(place: Region, items: list[CapabilityItem], draw: Random) -> list[RegionCapability]:
    made = []
    for item in items:
        if place.level not in item.levels or "tianyuan-2021" not in item.policies or item.eligible:
            continue
        components: list[CapabilityComponent | None] = list(item.components.all()) or [None]
        for component in components:
            if draw.random() < 0.75:
                since = _day(draw, 2020, 2025)
                until = since + timedelta(days=400) if draw.random() < 0.05 else None
                made.append(
                    RegionCapability(
                        region=place, item=item, component=component, since=since, until=until, note="演示数据"
                    )
                )
    return made


register(DemoStep("区划", 10, load_divisions))
register(DemoStep("天元区的设施、小区与能力", 20, load_tianyuan))
register_emptiness(lambda: not Region.objects.exists())
