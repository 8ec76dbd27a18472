"""Xiamen's names of places, and Kunming's disputes, calls, assessments and experts."""

from __future__ import annotations

import numpy as np

from governance.deliberation.demo.disputes import load_calls, load_disputes
from governance.deliberation.demo.names import Named, load_names
from governance.deliberation.demo.tianyuan import load_experts
from governance.deliberation.models import Designation, UnitAssessment
from governance.kit.bulkload import copy
from governance.kit.demo import Progress
from governance.kit.drawing import NOTE, Array, Draw, last_day, number_of, text_of
from governance.regions.demo.places import KUNMING, XIAMEN, Places, places_of

_BRANDED = (("2012-06-01", 0.0), ("2014-12-31", 0.88), ("2016-12-31", 1.0))
_KIND = Designation.Kind


def load_xiamen(progress: Progress) -> None:
    """Load brands of self-governance, demonstration communities, pilots of posts, brands of service."""
    places = places_of(XIAMEN)
    draw = Draw("names of Xiamen")
    towns = np.flatnonzero(places.urban)
    branded = np.setdiff1d(towns, places.lacking("brand", len(towns) // 12, places.urban))
    brands = Named(
        _KIND.SERVICE_BRAND,
        places.communities,
        branded,
        draw.days(len(branded), _BRANDED),
        "厦门市民政局",
        "社区服务品牌",
    )
    few = [
        (_KIND.SELF_GOVERNANCE_BRAND, (2, 3), "2014-10-01", "自治品牌"),
        (_KIND.DEMOCRATIC_SUPERVISION, (1, 2), "2014-11-01", "民主监督示范社区"),
        (_KIND.SOCIAL_WORK_POST_PILOT, (2, 4), "2015-09-01", "社工岗位试点"),
    ]
    named = [brands]
    for number, (kind, (least, most), day, word) in enumerate(few):
        at = _some_of_each(places, draw, least, most, short_of=number)
        named.append(Named(kind, places.communities, at, np.full(len(at), number_of(day)), "厦门市民政局", word))
    progress("厦门市的品牌与试点", load_names(named), 0)


def load_kunming(progress: Progress) -> None:
    """Load disputes, calls, assessments of units, and the panel of experts."""
    places = places_of(KUNMING)
    load_disputes(places, places.part(4_200), 0.35, "2020-03-01")
    load_calls(places, places.part(900), "2020-06-01")
    load_experts(places, 46, 0)
    progress("昆明市的调解、吹哨与考核", load_assessments(places), 0)


def load_assessments(places: Places) -> int:
    """COPY a yearly assessment of six units of each county."""
    draw, last = Draw(f"assessments {places.root.code}"), last_day()
    units = ("公安分局", "教育体育局", "卫生健康局", "城市管理局", "驻区企业联合会", "人民医院")
    rows = [
        (county.pk, f"{county.name}{unit}", year, int(draw.random.integers(760, 990)) / 10, NOTE, text_of(day))
        for year in range(2020, 2027)
        for county in places.counties
        for unit in units
        if (day := number_of(f"{year}-01-15") + int(draw.random.integers(0, 60))) <= last
    ]
    return copy(UnitAssessment, ("region_id", "unit", "year", "score", "grade", "assessed_on"), rows)


def _some_of_each(places: Places, draw: Draw, least: int, most: int, short_of: int) -> Array:
    """Return positions of a few communities of each county; the county `short_of` has one less than the least."""
    chosen: list[int] = []
    for at in range(len(places.counties)):
        count = least - 1 if at == short_of else int(draw.random.integers(least, most + 1))
        own = np.flatnonzero((places.county_of == at) & ~np.isin(np.arange(len(places.communities)), chosen))
        chosen += draw.random.permutation(own)[:count].tolist()
    return np.array(chosen, dtype=np.int64)
