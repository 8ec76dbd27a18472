"""Endpoints of this app."""

from governance.kit.api import ListingViewSet
from governance.policies import listings
from governance.policies.api import serializers


class PolicyViewSet(ListingViewSet):
    """Policies."""

    listing = listings.POLICIES
    serializer_class = serializers.PolicySerializer


class ClauseViewSet(ListingViewSet):
    """Passages of policies."""

    listing = listings.CLAUSES
    serializer_class = serializers.ClauseSerializer


class IndicatorViewSet(ListingViewSet):
    """Indicators."""

    listing = listings.INDICATORS
    serializer_class = serializers.IndicatorSerializer


class TargetViewSet(ListingViewSet):
    """Numbers to reach."""

    listing = listings.TARGETS
    serializer_class = serializers.TargetSerializer


class ReferencePointViewSet(ListingViewSet):
    """Facts that the texts state."""

    listing = listings.REFERENCE_POINTS
    serializer_class = serializers.ReferencePointSerializer
