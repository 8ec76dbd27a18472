"""Endpoints of persons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from governance.kit.api import ListingViewSet
from governance.people import actions
from governance.people.api.serializers import PersonSerializer, RevealedSerializer, RevealSerializer
from governance.people.listings import PERSONS


@dataclass(frozen=True, slots=True)
class _Reveal:
    """What a person must be granted; a token is asked for `change`, as for every transition."""

    verb: str = "reveal"


class PersonViewSet(ListingViewSet):
    """Persons with a role in the caller's scope; recorded by entering a role."""

    listing = PERSONS
    serializer_class = PersonSerializer

    @extend_schema(request=RevealSerializer, responses=RevealedSerializer, operation_id="persons_reveal")
    @action(detail=True, methods=["post"], url_path="reveal", url_name="reveal", transition=_Reveal())
    def reveal(self, request: Request, **kwargs: Any) -> Response:
        """Return sealed texts for a purpose, which is kept on the trail."""
        person = self.get_object()
        asked = RevealSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        wanted = asked.validated_data
        texts = actions.reveal(person, by=request.user, fields=sorted(wanted["fields"]), purpose=wanted["purpose"])
        return Response(texts)


PersonViewSet.http_method_names = [*PersonViewSet.http_method_names, "post"]
