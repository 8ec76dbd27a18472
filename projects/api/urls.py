"""Routes of this app's endpoints."""

from governance.kit.endpoints import endpoints
from projects.api.views import ServiceCaseViewSet

urlpatterns = endpoints("projects", {"service_case": ServiceCaseViewSet})
