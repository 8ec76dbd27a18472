"""Endpoints of this app."""

from governance.attainment.api.serializers import AttainmentRunSerializer, ReportedFigureSerializer
from governance.attainment.listings import ATTAINMENT_RUNS, REPORTED_FIGURES
from governance.kit.api import ListingViewSet


class ReportedFigureViewSet(ListingViewSet):
    """Figures."""

    listing = REPORTED_FIGURES
    serializer_class = ReportedFigureSerializer


class AttainmentRunViewSet(ListingViewSet):
    """Runs: to look at, and with an empty body to start one; 409 while another one is under way."""

    listing = ATTAINMENT_RUNS
    serializer_class = AttainmentRunSerializer
