"""Routes of this app's endpoints."""

from rest_framework.routers import SimpleRouter

from governance.policies.api import views

router = SimpleRouter()
router.register("policies", views.PolicyViewSet, basename="policy")
router.register("clauses", views.ClauseViewSet, basename="clause")
router.register("indicators", views.IndicatorViewSet, basename="indicator")
router.register("targets", views.TargetViewSet, basename="target")
router.register("reference_points", views.ReferencePointViewSet, basename="reference_point")
urlpatterns = router.urls
