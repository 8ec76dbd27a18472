"""The endpoint of results: one row for an indicator at a place, as of a day."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from governance.attainment.api.permissions import SeesResults
from governance.attainment.results.plain import as_json
from governance.attainment.results.standings import MOST, TooManyToJudge
from governance.attainment.results.standings_request import STATUSES, standings
from governance.kit.measures.expressions import LEVELS
from governance.kit.pagination import Pages


class VerdictSerializer(serializers.Serializer[Any]):
    """What became of a milestone that was due."""

    due = serializers.DateField()
    target = serializers.CharField()
    outcome = serializers.ChoiceField(choices=["met", "missed", "no_data", "no_denominator"])
    value = serializers.CharField(allow_null=True)
    provisional = serializers.BooleanField()
    met_later_on = serializers.DateField(allow_null=True)


def _exact(**options: Any) -> serializers.CharField:
    return serializers.CharField(allow_null=True, **options)


class AttainmentSerializer(serializers.Serializer[Any]):
    """An indicator at a place. Numbers are exact texts such as `11056` or `552800/5635`; missing is null, never zero."""

    policy = serializers.CharField()
    indicator = serializers.CharField()
    role = serializers.CharField()
    region = serializers.CharField()
    region_name = serializers.CharField()
    as_of = serializers.DateField()
    to_date = serializers.BooleanField()
    numerator = _exact()
    denominator = _exact()
    value = _exact()
    unit = serializers.CharField()
    target = _exact()
    due = serializers.DateField(allow_null=True)
    direction = _exact()
    baseline = _exact()
    path = _exact()
    progress = _exact()
    status = serializers.ChoiceField(choices=STATUSES, allow_null=True)
    reason = serializers.CharField()
    provisional = serializers.BooleanField()
    gap = serializers.IntegerField(allow_null=True)
    shortfall = serializers.IntegerField(allow_null=True)
    unit_target = _exact()
    target_high = _exact()
    above_high = serializers.BooleanField(allow_null=True)
    target_count = serializers.IntegerField(allow_null=True)
    units_total = serializers.IntegerField(allow_null=True)
    units_met = serializers.IntegerField(allow_null=True)
    units_no_data = serializers.IntegerField(allow_null=True)
    pace = _exact()
    forecast_on = serializers.DateField(allow_null=True)
    completeness = serializers.CharField()
    verdicts = VerdictSerializer(many=True)
    reference_line = _exact()
    clause = serializers.CharField()
    responsible = serializers.CharField()


class AttainmentPageSerializer(serializers.Serializer[Any]):
    """A page of results."""

    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = AttainmentSerializer(many=True)


def _named(name: str, text: str, kind: Any = OpenApiTypes.STR, **options: Any) -> OpenApiParameter:
    return OpenApiParameter(name, kind, description=text, **options)


PARAMETERS = [
    _named("policy", "slug of the policy", required=True),
    _named("region", "12-digit code of one place; default: the policy's own"),
    _named("parent", "12-digit code: the places below it, its children unless a level is named"),
    _named("level", "all places of a level below `parent`, else below the policy's own", enum=list(LEVELS)),
    _named("as_of", "the day asked about; default: today", OpenApiTypes.DATE),
    _named("indicator", "slug of an indicator; may be repeated", many=True),
    _named("status", "only rows with this status; may be repeated", enum=list(STATUSES), many=True),
    _named("page", "page of the rows", OpenApiTypes.INT),
    _named("page_size", "rows a page, up to 500", OpenApiTypes.INT),
]


class AttainmentsView(APIView):
    """How far the indicators of a policy are reached at places inside the caller's scope, as of a day."""

    permission_classes = (SeesResults,)

    @extend_schema(operation_id="attainments", parameters=PARAMETERS, responses=AttainmentPageSerializer)
    def get(self, request: Request) -> Response:
        """Return a page of rows, in the order of the places and of the text."""
        pages = Pages()
        beside = [pages.page_query_param, str(pages.page_size_query_param)]
        found = standings(request.query_params, request.user, beside=beside)
        try:
            pairs: Any = found.pairs()
        except TooManyToJudge as error:
            text = _("按状态筛选这一天的结果，一次最多 %(most)s 行。请再选一个上级或几项指标。")
            raise ValidationError({"status": [text % {"most": MOST}]}) from error
        page: Any = pages.paginate_queryset(pairs, request, self) or []
        return pages.get_paginated_response([as_json(row) for row in found.rows(page)])
