"""Endpoints of this app that show more than the form."""

from governance.kit.api import ListingViewSet
from governance.regions import listings
from governance.regions.api import serializers


class RegionViewSet(ListingViewSet):
    """Places."""

    listing = listings.REGIONS
    serializer_class = serializers.RegionSerializer


class CapabilityViewSet(ListingViewSet):
    """Statements about capabilities."""

    listing = listings.CAPABILITIES
    serializer_class = serializers.CapabilitySerializer
