"""Places, and what of this app needs more than its fields say."""

from __future__ import annotations

from datetime import date
from typing import Any

from governance.regions.models import Region, RegionCapability, RegionSuccession, RegisterCoverage
from governance.regions.registers import registers
from tests.factories.making import number
from tests.factories.places import make_region


def _register(region: Region, name: str) -> dict[str, Any]:
    taken = set(RegisterCoverage.objects.filter(region=region).values_list("register", flat=True))
    return {"register": next(code for code in registers() if code not in taken), "since": date(2021, 1, 1)}


def _succession(region: Region, name: str) -> RegionSuccession:
    parent = region.parent
    assert parent is not None
    successor = make_region(f"{parent.code[:9]}{500 + next(number) % 400}", name, parent, level=region.level)
    return RegionSuccession.objects.create(predecessor=region, successor=successor, changed_on=date(2024, 1, 1))


def _region(region: Region, name: str) -> Region:
    assert region.parent is not None
    return make_region(f"{region.code[:9]}{400 + next(number) % 500}", name, region.parent)


VALUES = {
    RegionCapability: lambda region, name: {"item_id": "needs_survey"},
    RegisterCoverage: _register,
}
MAKERS = {RegionSuccession: _succession, Region: _region}
