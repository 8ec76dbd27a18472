"""Endpoints of this app that are more than a list's own."""

from governance.kit.api import ListingViewSet
from volunteers.api.serializers import PartyReportSerializer
from volunteers.listings import PARTY_REPORTS


class PartyReportViewSet(ListingViewSet):
    """Reports of party members, without who they are."""

    listing = PARTY_REPORTS
    serializer_class = PartyReportSerializer
