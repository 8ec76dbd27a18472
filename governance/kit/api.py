"""REST endpoints over a `Listing`: the same rows, filters and actions as the pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, viewsets
from rest_framework.exceptions import MethodNotAllowed, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from governance.kit import apireveal, records
from governance.kit.apifilters import NamedFilters, NamedOrdering
from governance.kit.apimoves import endpoints
from governance.kit.listing import Listing
from governance.kit.serializers import MomentField, RecordSerializer
from governance.kit.states import Transition
from governance.kit.wording import listed

__all__ = ["ListingViewSet", "RecordSerializer"]

IF_MATCH = OpenApiParameter(
    "If-Match",
    OpenApiTypes.DATETIME,
    OpenApiParameter.HEADER,
    description="The `changed_at` that the caller saw, instead of the one in the body; 409 if it has changed since.",
)


class ListingViewSet(
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    mixins.DestroyModelMixin,
    viewsets.GenericViewSet[Any],
):
    """Reads in scope; writes through the listing's actions, and only those that it has; moves by its transitions."""

    listing: ClassVar[Listing]
    transition: Transition | None = None  # given by the route of a transition
    filter_backends = (NamedFilters, NamedOrdering)

    def __init_subclass__(cls, **options: Any) -> None:
        """Take filters, key, order and verbs from the listing; a verb without an action does not exist."""
        super().__init_subclass__(**options)
        listing = cls.listing
        if "api" not in listing.surfaces:
            raise ValueError(
                f"the listing {listing.name} has no endpoint: it names {', '.join(sorted(listing.surfaces))}"
            )
        own = {field.name for field in listing.model._meta.concrete_fields}
        verbs = {"post": listing.add, "put": listing.change, "patch": listing.change, "delete": listing.remove}
        cls.filterset_class = listing.filterset  # type: ignore[attr-defined]
        cls.lookup_field = listing.key
        cls.ordering_fields = [name for name in listing.table.names() if name in own]  # type: ignore[attr-defined]
        for name, endpoint in endpoints(listing).items():
            setattr(cls, name, endpoint)
        if listing.reveals:
            cls.reveal = apireveal.endpoint(listing)  # type: ignore[attr-defined]
        if listing.states is not None or listing.reveals:
            verbs["post"] = verbs["post"] or records.move  # `create` itself refuses where there is nothing to add
        cls.http_method_names = ["get", "head", "options", *(verb for verb, action in verbs.items() if action)]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse a parameter that would be passed over: an answer to another question is worse than none."""
        super().initial(request, *args, **kwargs)
        allowed = self._parameters() if self.action == "list" else []
        unknown = [name for name in request.query_params if name not in allowed] if self.action else []
        if unknown:
            text = (
                _("没有这个参数。可以用：%(names)s。") % {"names": listed(allowed)}
                if allowed
                else _("这里不能带参数。")
            )
            raise ValidationError({name[:80]: [text] for name in unknown[:20]})

    def _parameters(self) -> list[str]:
        pages: Any = self.paginator
        return [
            *self.listing.filterset.parameters(),
            NamedOrdering.ordering_param,
            pages.page_query_param,
            pages.page_size_query_param,
        ]

    def get_queryset(self) -> QuerySet[Any]:
        """Return the rows in scope."""
        if getattr(self, "swagger_fake_view", False):
            return self.listing.model._default_manager.none()
        return self.listing.rows(self.request.user)

    @extend_schema(parameters=[IF_MATCH])
    def update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change a record."""
        return super().update(request, *args, **kwargs)

    @extend_schema(parameters=[IF_MATCH])
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change some fields of a record."""
        return super().partial_update(request, *args, **kwargs)

    def perform_create(self, serializer: Any) -> None:
        """Add through the action."""
        serializer.instance = self._act("add", (), serializer.validated_data)

    def perform_update(self, serializer: Any) -> None:
        """Change through the action, unless somebody else has changed what the caller saw."""
        values = dict(serializer.validated_data)
        seen = self.seen(values.pop("changed_at", None))
        serializer.instance = self._act(
            "change", (serializer.instance,), values if seen is None else values | {"seen": seen}
        )

    def perform_destroy(self, instance: Model) -> None:
        """Remove through the action."""
        self._act("delete", (instance,), {})

    def seen(self, told: datetime | None) -> datetime | None:
        """Return the moment of the state that the caller saw: as told in the body, or else by `If-Match`."""
        asked = _seen_in(self.request)
        if told is not None and asked is not None and told != asked:
            raise ValidationError({"If-Match": [_("与 changed_at 不一致。")]})
        return asked if told is None else told

    def _act(self, verb: str, target: tuple[Any, ...], values: dict[str, Any]) -> Any:
        action = self.listing.action(verb)
        if action is None:
            raise MethodNotAllowed(self.request.method or "")
        return action(*target, by=self.request.user, **values)


def _seen_in(request: Request) -> datetime | None:
    """Return the moment that `If-Match` names, with or without the quotes of an entity tag; `*` is any."""
    text = request.headers.get("If-Match", "").strip()
    if text in ("", "*"):
        return None
    try:
        return MomentField().run_validation(text.strip('"'))  # type: ignore[no-any-return]
    except ValidationError as error:
        raise ValidationError({"If-Match": error.detail}) from error
