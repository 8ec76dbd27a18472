"""Endpoints of this app."""

from governance.desk.api.serializers import JobSerializer
from governance.desk.listings import JOBS
from governance.kit.api import ListingViewSet


class JobViewSet(ListingViewSet):
    """Jobs, to look at."""

    listing = JOBS
    serializer_class = JobSerializer
