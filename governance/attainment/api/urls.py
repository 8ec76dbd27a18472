"""Routes of this app's endpoints."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from governance.attainment.api import views
from governance.attainment.api.attainments import AttainmentsView
from governance.attainment.api.evidence import EvidenceView
from governance.attainment.api.history import HistoryView
from governance.kit.endpoints import endpoints

router = SimpleRouter()
router.register("attainment_runs", views.AttainmentRunViewSet, basename="attainment_run")
urlpatterns = [
    path("attainments/", AttainmentsView.as_view(), name="attainments"),
    path("attainments/history/", HistoryView.as_view(), name="attainment-history"),
    path("attainments/evidence/", EvidenceView.as_view(), name="attainment-evidence"),
    *endpoints("attainment", {"reported_figure": views.ReportedFigureViewSet}),
    *router.urls,
]
