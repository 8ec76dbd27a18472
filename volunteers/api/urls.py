"""Routes of this app's endpoints."""

from governance.kit.endpoints import endpoints
from volunteers.api.views import PartyReportViewSet

urlpatterns = endpoints("volunteers", {"party_report": PartyReportViewSet})
