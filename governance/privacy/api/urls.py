"""Routes of this app's endpoints."""

from governance.kit.endpoints import endpoints

urlpatterns = endpoints("privacy")
