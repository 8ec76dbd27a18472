"""The endpoint of the records behind a number."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from governance.attainment.api.permissions import SeesResults
from governance.attainment.results.evidence import SIDES
from governance.attainment.results.evidence_request import Answered, answered
from governance.attainment.results.lines import Line, Lines
from governance.attainment.results.plain import as_json
from governance.attainment.wording import reason_in_words
from governance.kit.pagination import Pages

BEHIND_SHOWN = 100


class EvidenceRecordSerializer(serializers.Serializer[Line]):
    """A record behind a number; `amount` is what it adds where a sum is asked for, `value` what is told apart."""

    type = serializers.CharField(help_text="app.model")
    id = serializers.SerializerMethodField()
    label = serializers.CharField()  # type: ignore[assignment]  # the attribute of a field has this name, too
    region = serializers.CharField(help_text="12-digit code of its home")
    region_name = serializers.CharField()
    since = serializers.DateField(allow_null=True)
    until = serializers.DateField(allow_null=True)
    on = serializers.DateField(allow_null=True)
    amount = serializers.SerializerMethodField()
    value = serializers.CharField(allow_null=True)
    url = serializers.SerializerMethodField()
    api_url = serializers.SerializerMethodField()

    def get_id(self, line: Line) -> str:
        """Return the key as a text, whatever it is made of."""
        return str(line.id)

    def get_amount(self, line: Line) -> str | None:
        """Return the exact number as a text."""
        return None if line.amount is None else str(line.amount)

    def get_url(self, line: Line) -> str | None:
        """Return the address of the record's page."""
        return self._absolute(line.url)

    def get_api_url(self, line: Line) -> str | None:
        """Return the address of the record's resource."""
        return self._absolute(line.api_url)

    def _absolute(self, url: str | None) -> str | None:
        return url and self.context["request"].build_absolute_uri(url)


class BehindSerializer(serializers.Serializer[Any]):
    """Where the place is itself what is counted: what that rests on, up to 100 records; they are not counted."""

    total = serializers.IntegerField()
    outside = serializers.IntegerField()
    results = EvidenceRecordSerializer(many=True)


class EvidencePageSerializer(serializers.Serializer[Any]):
    """A number and a page of the records behind it.

    `value`: the exact number of the side, null with a `reason` where it is missing. `total`: all records behind it,
    `outside`: those outside the caller's scope, `count`: those that can be read here. `values`: the listed values that
    occur, where values are counted and not records.
    """

    policy = serializers.CharField()
    indicator = serializers.CharField()
    region = serializers.CharField()
    region_name = serializers.CharField()
    as_of = serializers.DateField()
    to_date = serializers.BooleanField()
    side = serializers.ChoiceField(choices=SIDES)
    counted = serializers.CharField(help_text="what is counted, in words")
    value = serializers.CharField(allow_null=True)
    reason = serializers.CharField()
    values = serializers.ListField(child=serializers.CharField())
    total = serializers.IntegerField()
    outside = serializers.IntegerField()
    behind = BehindSerializer()
    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = EvidenceRecordSerializer(many=True)


def _named(name: str, text: str, *, required: bool = False, **options: Any) -> OpenApiParameter:
    return OpenApiParameter(name, options.pop("type", OpenApiTypes.STR), required=required, description=text, **options)


PARAMETERS = [
    _named("policy", "slug of the policy", required=True),
    _named("indicator", "slug of the indicator", required=True),
    _named("region", "12-digit code of the place", required=True),
    _named("as_of", "the day asked about; default: today", type=OpenApiTypes.DATE),
    _named("side", "default: numerator", enum=list(SIDES)),
    _named("page", "page of the records", type=OpenApiTypes.INT),
    _named("page_size", "records a page, up to 500", type=OpenApiTypes.INT),
]


class EvidenceView(APIView):
    """The records behind the numerator or the denominator of an indicator at a place, as of a day."""

    permission_classes = (SeesResults,)

    @extend_schema(operation_id="attainments_evidence", parameters=PARAMETERS, responses=EvidencePageSerializer)
    def get(self, request: Request) -> Response:
        """Return a page of the records, with how many lie outside the caller's scope."""
        pages = Pages()
        beside = [pages.page_query_param, str(pages.page_size_query_param)]
        found = answered(request.query_params, request.user, beside=beside)
        lines: Any = Lines(found.seen.parts)  # any sequence will do
        page: Any = pages.paginate_queryset(lines, request, self)
        body = _head(found) | {"behind": _behind(found, request), "count": len(lines)}
        body |= {"next": pages.get_next_link(), "previous": pages.get_previous_link()}
        return Response(body | {"results": _serialized(page or [], request)})


def _head(found: Answered) -> dict[str, Any]:
    evidence = found.found.evidence
    return {
        "policy": found.policy.slug,
        "indicator": found.indicator.slug,
        "region": found.region.code,
        "region_name": found.region.name,
        "as_of": found.found.as_of.isoformat(),
        "to_date": found.found.to_date,
        "side": found.found.side,
        "counted": found.found.words,
        "value": as_json(evidence.number()),
        "reason": reason_in_words(evidence.why) if evidence.missing else "",
        "values": evidence.values(),
        "total": found.total,
        "outside": found.outside,
    }


def _behind(found: Answered, request: Request) -> dict[str, Any]:
    lines = Lines(found.seen.behind)
    total = sum(part.size for part in found.found.evidence.behind)
    shown = _serialized(lines[:BEHIND_SHOWN], request)
    return {"total": total, "outside": total - len(lines), "results": shown}


def _serialized(lines: Any, request: Request) -> Any:
    return EvidenceRecordSerializer(lines, many=True, context={"request": request}).data
