"""Endpoints of this app that are more than a list's own."""

from governance.kit.api import ListingViewSet
from projects.api.serializers import ServiceCaseSerializer
from projects.listings import SERVICE_CASES


class ServiceCaseViewSet(ListingViewSet):
    """Cases of social workers, without whose they are."""

    listing = SERVICE_CASES
    serializer_class = ServiceCaseSerializer
