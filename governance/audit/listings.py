"""The trail as a list, in the admin only and read only."""

from governance.audit.filtersets import AuditEventFilterSet
from governance.audit.models import AuditEvent
from governance.audit.tables import AuditEventTable
from governance.kit.access import APART
from governance.kit.listing import Listing

AUDIT_EVENTS = Listing(
    "audit_event", AuditEvent, AuditEventFilterSet, AuditEventTable, surfaces=frozenset({"admin"}), access=APART
)
