"""Masked fields over the API: `POST …/<id>/reveal/` with what is wanted, the purpose and the occasion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from governance.kit import revealing
from governance.kit.listing import Listing
from governance.kit.serializers import NamedChoiceField, refuse_unknown


@dataclass(frozen=True, slots=True)
class _Reveal:
    """What a person must be granted; a token is asked for `change`, as for every transition."""

    verb: str = revealing.VERB


class _Asked(serializers.Serializer[Any]):
    """What is asked for, and what for; keys that would be passed over are refused."""

    wanted: tuple[tuple[str, str], ...] = ()
    purpose = NamedChoiceField(choices=revealing.Purpose.choices)
    note = serializers.CharField(min_length=revealing.NOTE[0], max_length=revealing.NOTE[1])

    def get_fields(self) -> dict[str, Any]:
        """Add `fields`, which is a name of the framework's own."""
        wanted = serializers.MultipleChoiceField(choices=self.wanted, allow_empty=False)
        return {"fields": wanted, **super().get_fields()}

    def to_internal_value(self, data: Any) -> Any:
        """Return what was asked."""
        values = super().to_internal_value(data)
        refuse_unknown(self, data)
        return values


def endpoint(listing: Listing) -> Callable[..., Response]:
    """Return the method of a view set that reveals."""
    name = listing.model.__name__
    body = type(f"{name}RevealSerializer", (_Asked,), {"wanted": tuple((each, each) for each in listing.reveals)})
    texts = {each: serializers.CharField(required=False) for each in listing.reveals}
    told = type(f"{name}RevealedSerializer", (serializers.Serializer,), texts)

    def reveal(view: Any, request: Request, **kwargs: Any) -> Response:
        record = view.get_object()
        asked = body(data=request.data)
        asked.is_valid(raise_exception=True)
        wanted = asked.validated_data
        return Response(
            revealing.reveal(
                listing, record, by=request.user,
                fields=wanted["fields"], purpose=wanted["purpose"], note=wanted["note"],
            )
        )  # fmt: skip

    reveal.__doc__ = "Return masked fields for a purpose, which is kept on the trail; so many times a day."
    made = action(detail=True, methods=["post"], url_path="reveal", url_name="reveal", transition=_Reveal())(reveal)
    schema = extend_schema(request=body, responses=told, operation_id=f"{listing.endpoint.replace('-', '_')}_reveal")
    return schema(made)
