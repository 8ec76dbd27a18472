"""Routes of this app's endpoints."""

from rest_framework.routers import SimpleRouter

from governance.attainment.api import views

router = SimpleRouter()
router.register("reported_figures", views.ReportedFigureViewSet, basename="reported_figure")
urlpatterns = router.urls
