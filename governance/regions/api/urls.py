"""Routes of this app's endpoints."""

from rest_framework.routers import SimpleRouter

from governance.regions.api import views

router = SimpleRouter()
router.register("regions", views.RegionViewSet, basename="region")
router.register("successions", views.SuccessionViewSet, basename="succession")
router.register("estates", views.EstateViewSet, basename="estate")
router.register("facilities", views.FacilityViewSet, basename="facility")
router.register("capabilities", views.CapabilityViewSet, basename="capability")
router.register("register_coverage", views.RegisterCoverageViewSet, basename="register_coverage")
urlpatterns = router.urls
