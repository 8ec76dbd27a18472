"""Routes of this app's endpoints."""

from governance.kit.endpoints import endpoints
from governance.people.api.views import PersonViewSet

urlpatterns = endpoints("people", {"person": PersonViewSet})
