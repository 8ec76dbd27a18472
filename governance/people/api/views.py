"""Endpoints of persons."""

from __future__ import annotations

from governance.kit.api import ListingViewSet
from governance.people.api.serializers import PersonSerializer
from governance.people.listings import PERSONS


class PersonViewSet(ListingViewSet):
    """Persons with a role in the caller's scope; recorded by entering a role."""

    listing = PERSONS
    serializer_class = PersonSerializer
