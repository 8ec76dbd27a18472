"""Endpoints of this app."""

from governance.kit.api import ListingViewSet
from governance.regions import listings
from governance.regions.api import serializers


class RegionViewSet(ListingViewSet):
    """Places."""

    listing = listings.REGIONS
    serializer_class = serializers.RegionSerializer


class SuccessionViewSet(ListingViewSet):
    """Which place followed which."""

    listing = listings.SUCCESSIONS
    serializer_class = serializers.SuccessionSerializer


class EstateViewSet(ListingViewSet):
    """Residential estates."""

    listing = listings.ESTATES
    serializer_class = serializers.EstateSerializer


class FacilityViewSet(ListingViewSet):
    """Facilities."""

    listing = listings.FACILITIES
    serializer_class = serializers.FacilitySerializer


class CapabilityViewSet(ListingViewSet):
    """Statements about capabilities."""

    listing = listings.CAPABILITIES
    serializer_class = serializers.CapabilitySerializer


class RegisterCoverageViewSet(ListingViewSet):
    """From when on registers are kept."""

    listing = listings.REGISTER_COVERAGE
    serializer_class = serializers.RegisterCoverageSerializer
