"""Rows of the trail: an event, a change, which follows from a record, and a seal over nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from governance.audit.models import AuditEvent, AuditSeal, RowChange
from governance.kit.origin import Doing, Origin, act_from
from governance.regions.models import Facility, Region


def make_event(region: Region, name: str) -> Any:
    """Return an event of the place."""
    return AuditEvent.objects.create(
        actor_name=name, surface="page", action="regions.facility.add", region_path=region.path, record_name=name
    )


def make_change(region: Region, name: str) -> Any:
    """Return the change that a new facility leaves, made by an act of this name."""
    with act_from(Origin("command"), Doing(lambda: None, lambda: name)):
        facility = Facility.objects.create(region=region, kind="social_work_room", name=name, since=date(2021, 5, 18))
    return RowChange.objects.get(table_name="regions_facility", record_id=str(facility.pk))


def make_seal(region: Region, name: str) -> Any:
    """Return a seal over nothing, whose digest begins with the name."""
    number = AuditSeal.objects.count()
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    return AuditSeal.objects.create(
        at=moment, from_transaction=0, to_transaction=0, events=0, changes=0, last_at=moment, prints=b"",
        digest=f"{name[:48]}{number}", previous=f"{name[:48]}{number - 1}", signature="",
    )  # fmt: skip


MAKERS = {AuditEvent: make_event, RowChange: make_change, AuditSeal: make_seal}
