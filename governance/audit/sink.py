"""Keeps every event as a row of the trail."""

from __future__ import annotations

from governance.audit.models import AuditEvent
from governance.kit.events import Event


def keep(event: Event) -> None:
    """Write the row, in the transaction of the act itself."""
    actor = event.by if getattr(event.by, "pk", None) else None
    record = event.record
    AuditEvent.objects.create(
        actor=actor,
        actor_name=f"{actor.name}（{actor.username}）"[:120] if actor else "",
        surface=event.origin.surface,
        address=event.origin.address,
        action=event.action,
        model=record._meta.label_lower if record is not None else "",
        record_id=str(record.pk) if record is not None else "",
        record_name=str(record)[:200] if record is not None else "",
        region_path=event.region_path,
        before=event.before,
        after=event.after,
    )
