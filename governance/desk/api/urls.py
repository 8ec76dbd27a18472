"""Routes of this app's endpoints."""

from rest_framework.routers import SimpleRouter

from governance.desk.api import views
from governance.kit.endpoints import endpoints

router = SimpleRouter()
router.register("jobs", views.JobViewSet, basename="job")
urlpatterns = [*router.urls, *endpoints("desk")]
