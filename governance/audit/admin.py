"""Admin of this app."""

from django.contrib import admin

from governance.audit.listings import AUDIT_EVENTS
from governance.audit.models import AuditEvent
from governance.kit.admin import ListingAdmin


@admin.register(AuditEvent)
class AuditEventAdmin(ListingAdmin):
    """The trail."""

    listing = AUDIT_EVENTS
