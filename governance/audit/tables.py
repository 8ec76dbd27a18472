"""What the trail shows."""

from governance.audit.models import AuditEvent
from governance.kit.tables import Table, TimeColumn


class AuditEventTable(Table):
    """Columns of the trail."""

    at = TimeColumn()

    class Meta(Table.Meta):
        model = AuditEvent
        fields = ("at", "actor_name", "surface", "address", "action", "model", "record_name")
