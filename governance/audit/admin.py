"""Admin of this app."""

from django.contrib import admin

from governance.audit.listings import AUDIT_EVENTS, ROW_CHANGES
from governance.audit.models import AuditEvent, RowChange
from governance.kit.admin import ListingAdmin


@admin.register(AuditEvent)
class AuditEventAdmin(ListingAdmin):
    """Events."""

    listing = AUDIT_EVENTS


@admin.register(RowChange)
class RowChangeAdmin(ListingAdmin):
    """The history of rows."""

    listing = ROW_CHANGES
