"""The endpoint of results over time: one row for an indicator and a month end."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from governance.attainment.api.permissions import SeesResults
from governance.attainment.results.plain import as_json
from governance.attainment.results.standings_request import STATUSES, history_of


class PointSerializer(serializers.Serializer[Any]):
    """An indicator as of the end of a month; numbers are exact texts, missing is null."""

    indicator = serializers.CharField()
    as_of = serializers.DateField()
    numerator = serializers.CharField(allow_null=True)
    denominator = serializers.CharField(allow_null=True)
    value = serializers.CharField(allow_null=True)
    status = serializers.ChoiceField(choices=STATUSES, allow_null=True)
    provisional = serializers.BooleanField()


PARAMETERS = [
    OpenApiParameter("policy", OpenApiTypes.STR, required=True, description="slug of the policy"),
    OpenApiParameter("region", OpenApiTypes.STR, description="12-digit code of the place; default: the policy's own"),
    OpenApiParameter("indicator", OpenApiTypes.STR, many=True, description="slug of an indicator; may be repeated"),
    OpenApiParameter("as_of", OpenApiTypes.DATE, description="the last day asked about; default: today"),
]


class HistoryView(APIView):
    """How the indicators of a policy stood at a place at each month end since its start."""

    permission_classes = (SeesResults,)

    @extend_schema(operation_id="attainments_history", parameters=PARAMETERS, responses=PointSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Return all points, by indicator and month."""
        return Response([as_json(asdict(point)) for point in history_of(request.query_params, request.user)])
