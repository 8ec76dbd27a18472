"""Transitions over the API: one endpoint each, `POST …/<id>/<transition>/`, with what it asks as the body."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from governance.kit import records
from governance.kit.listing import Listing
from governance.kit.serializers import NamedChoiceField, SeenField, refuse_unknown
from governance.kit.states import Transition


class MoveSerializer(serializers.Serializer[Any]):
    """The body of a transition; keys that would be passed over are refused."""

    changed_at = SeenField()

    def to_internal_value(self, data: Any) -> Any:
        """Return the answers."""
        values = super().to_internal_value(data)
        refuse_unknown(self, data)
        return values


def _text(field: Any) -> serializers.Field[Any, Any, Any, Any]:
    return serializers.CharField(max_length=field.max_length, required=field.required, allow_blank=not field.required)


def _choice(field: Any) -> serializers.Field[Any, Any, Any, Any]:
    return NamedChoiceField(choices=field.choices, required=field.required)


# What a form field asks, as the API asks it; the first kind that fits.
_KINDS: tuple[tuple[type[forms.Field], Callable[[Any], serializers.Field[Any, Any, Any, Any]]], ...] = (
    (forms.DateField, lambda field: serializers.DateField(required=field.required, allow_null=not field.required)),
    (forms.ChoiceField, _choice),
    (forms.CharField, _text),
)


def _asked(field: forms.Field) -> serializers.Field[Any, Any, Any, Any]:
    for kind, make in _KINDS:
        if isinstance(field, kind):
            made = make(field)
            made.label, made.help_text = str(field.label or ""), str(field.help_text or "")
            return made
    raise TypeError(f"a transition cannot ask over the API with {type(field).__name__}")


def endpoints(listing: Listing) -> dict[str, Callable[..., Response]]:
    """Return the methods of a view set that make the transitions of its listing, by name."""
    return {
        f"move_{each.name}": _endpoint(listing, each) for each in (listing.states.transitions if listing.states else ())
    }


def _endpoint(listing: Listing, transition: Transition) -> Callable[..., Response]:
    asked = {name: _asked(field) for name, field in transition.asks.items()}
    title = f"{listing.model.__name__}{transition.name.title().replace('_', '')}"
    body = type(f"{title}Serializer", (MoveSerializer,), asked)

    def move(view: Any, request: Request, **kwargs: Any) -> Response:
        record = view.get_object()
        given = body(data=request.data)
        given.is_valid(raise_exception=True)
        answers = dict(given.validated_data)
        seen = view.seen(answers.pop("changed_at", None))
        moved = records.move(record, transition.name, by=request.user, seen=seen, **answers)
        return Response(view.get_serializer(moved).data)

    move.__name__ = f"move_{transition.name}"
    move.__doc__ = f"Move a record from {' or '.join(transition.sources)} to {transition.target}."
    route = action(
        detail=True, methods=["post"], url_path=transition.name, url_name=transition.name, transition=transition
    )(move)
    # outermost: the description is kept beside what the route is given, which would otherwise replace it
    described: Callable[..., Response] = extend_schema(request=body, operation_id=f"{listing.name}s_{transition.name}")(
        route
    )
    return described
