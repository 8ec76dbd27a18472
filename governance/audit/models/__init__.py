"""The trail: events, the history of rows, the seals over both, and the months that have moved to files."""

from governance.audit.models.archive import AuditArchive
from governance.audit.models.change import RowChange
from governance.audit.models.event import AuditEvent
from governance.audit.models.seal import AuditSeal

__all__ = ["AuditArchive", "AuditEvent", "AuditSeal", "RowChange"]
