"""Endpoints of this app."""

from governance.attainment.api.serializers import ReportedFigureSerializer
from governance.attainment.listings import REPORTED_FIGURES
from governance.kit.api import ListingViewSet


class ReportedFigureViewSet(ListingViewSet):
    """Figures."""

    listing = REPORTED_FIGURES
    serializer_class = ReportedFigureSerializer
