"""What the trail shows."""

from __future__ import annotations

import django_tables2
from django.utils.translation import gettext_lazy as _

from governance.audit.models import AuditEvent, AuditSeal, RowChange
from governance.audit.reading import kind_of
from governance.audit.surfaces import SURFACES
from governance.kit.tables import Table, TimeColumn

_SURFACES = dict(SURFACES)


class SurfaceColumn(django_tables2.Column):
    """The surface in words."""

    def render(self, value: str) -> str:
        """Return its name."""
        return str(_SURFACES.get(value, value))


class AuditEventTable(Table):
    """Columns of the events."""

    at = TimeColumn(linkify=True)
    surface = SurfaceColumn()

    class Meta(Table.Meta):
        model = AuditEvent
        fields = ("at", "actor_name", "surface", "address", "action", "model", "record_name")


class RowChangeTable(Table):
    """Columns of the changes."""

    at = TimeColumn(linkify=True)
    surface = SurfaceColumn(empty_values=(None,))
    actor = django_tables2.Column(accessor="actor__name", order_by="actor", verbose_name=_("操作人"))

    class Meta(Table.Meta):
        model = RowChange
        related = ("actor",)
        fields = ("at", "table_name", "record_id", "operation", "actor", "surface", "address", "action", "session_name")

    def render_table_name(self, value: str) -> str:
        """Return what the records are called."""
        return kind_of(value)

    def value_table_name(self, value: str) -> str:
        """Return the same for files."""
        return kind_of(value)


class AuditSealTable(Table):
    """Columns of the seals."""

    at = TimeColumn(linkify=True)
    last_at = TimeColumn()

    class Meta(Table.Meta):
        model = AuditSeal
        fields = ("at", "events", "changes", "last_at", "digest")
