"""Routes of this app's endpoints."""

from governance.kit.endpoints import endpoints
from governance.regions.api.views import CapabilityViewSet, RegionViewSet

urlpatterns = endpoints("regions", {"region": RegionViewSet, "capability": CapabilityViewSet})
