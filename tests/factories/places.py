"""A small piece of the real tree: one county with two streets of two communities, and a county beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from governance.kit.pinyin import initials
from governance.regions.models import Level, Region


def make_region(
    code: str, name: str, parent: Region | None = None, level: Level | None = None, **fields: Any
) -> Region:
    """Make a place below `parent`; its level is the one below the parent's unless given."""
    levels = list(Level)
    if level is None:
        level = levels[0] if parent is None else levels[levels.index(Level(parent.level)) + 1]
    path = f"{parent.path if parent else ''}{code}/"
    region = Region.objects.create(
        code=code, name=name, level=level, parent=parent, path=path, initials=initials(name), **fields
    )
    return Region.objects.get(pk=region.pk)


@dataclass(frozen=True)
class Tree:
    """The places by the parts they play."""

    province: Region
    prefecture: Region
    county: Region
    street: Region
    next_street: Region
    community: Region
    village: Region
    next_community: Region
    other_county: Region


def make_tree() -> Tree:
    """Make the places."""
    province = make_region("430000000000", "湖南省", partial=True)
    prefecture = make_region("430200000000", "株洲市", province, partial=True)
    county = make_region("430211000000", "天元区", prefecture)
    other_county = make_region("430212000000", "渌口区", prefecture)
    street = make_region("430211002000", "泰山路街道", county)
    next_street = make_region("430211001000", "嵩山路街道", county)
    return Tree(
        province=province,
        prefecture=prefecture,
        county=county,
        street=street,
        next_street=next_street,
        community=make_region("430211002001", "铁西居委会", street),
        village=make_region("430211002201", "湘滨村委会", street),
        next_community=make_region("430211001004", "临江社区", next_street),
        other_county=other_county,
    )
