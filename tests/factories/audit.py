"""Events of the trail."""

from __future__ import annotations

from governance.audit.models import AuditEvent
from governance.regions.models import Region


def _audit_event(region: Region, name: str) -> AuditEvent:
    return AuditEvent.objects.create(
        actor_name=name, surface="page", action="regions.facility.add", region_path=region.path, record_name=name
    )


MAKERS = {AuditEvent: _audit_event}
