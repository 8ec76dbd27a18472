"""What the records of this app need more than their fields say."""

from __future__ import annotations

from datetime import date
from typing import Any

from governance.regions.models import Region
from tests.factories.making import number
from tests.factories.places import make_region
from volunteers.models import Activity, PartyReport, RecordStart, SpotCheck


def _start(region: Region, name: str) -> Any:
    """Each community has one: the one that is there already makes room for the next."""
    for there in RecordStart.objects.filter(community=region):
        other = make_region(f"{region.code[:9]}{500 + next(number) % 400}", name, region.parent)
        RecordStart.objects.filter(pk=there.pk).update(community=other)
    return RecordStart.objects.create(community=region, since=date(2021, 5, 18))


def _reported(record: PartyReport, surface: str) -> dict[str, Any]:
    """An endpoint takes who reported and from where, and tells nobody."""
    return {"person": record.person_id, "unit_name": record.unit_name} if surface == "api" else {}


PAYLOADS = {PartyReport: _reported}
MAKERS = {RecordStart: _start}
VALUES = {
    Activity: lambda region, name: {"published_on": date(2024, 3, 10)},
    SpotCheck: lambda region, name: {"failed": 0, "concluded_on": date(2024, 3, 10)},
}
