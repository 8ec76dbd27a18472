"""Pages of this app."""

from governance.audit import listings, views
from governance.kit.routes import pages

app_name = "audit"
urlpatterns = [
    *pages(listings.AUDIT_EVENTS, "events/", detail=views.EventPage),
    *pages(listings.ROW_CHANGES, "changes/", detail=views.RowPage),
    *pages(listings.AUDIT_SEALS, "seals/"),
]
