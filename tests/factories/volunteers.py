"""What the records of this app need more than their fields say."""

from __future__ import annotations

from datetime import date
from typing import Any

from governance.regions.models import Region
from tests.factories.making import number
from tests.factories.places import make_region
from volunteers.models import RecordStart


def _start(region: Region, name: str) -> Any:
    """Each community has one: the one that is there already makes room for the next."""
    for there in RecordStart.objects.filter(community=region):
        other = make_region(f"{region.code[:9]}{500 + next(number) % 400}", name, region.parent)
        RecordStart.objects.filter(pk=there.pk).update(community=other)
    return RecordStart.objects.create(community=region, since=date(2021, 5, 18))


MAKERS = {RecordStart: _start}
