"""REST endpoints over a `Listing`: the same rows, filters and actions as the pages."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import mixins, serializers, viewsets
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.filters import OrderingFilter

from governance.kit.choices import scope_choices
from governance.kit.listing import Listing


class RecordSerializer(serializers.ModelSerializer[Any]):
    """A record as partner systems see it; related records can only be named inside the caller's scope."""

    def get_fields(self) -> dict[str, Any]:
        """Return the fields with their choices narrowed."""
        fields = super().get_fields()
        request = self.context.get("request")
        scope_choices(fields, getattr(request, "user", None))
        return fields

    def get_unique_together_constraints(self, model: Any) -> Any:
        """Leave the constraints to the action, which names the field and the rule."""
        return iter(())


class ListingViewSet(
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    mixins.DestroyModelMixin,
    viewsets.GenericViewSet[Any],
):
    """Reads in scope; writes through the listing's actions, and only those that it has."""

    listing: ClassVar[Listing]
    filter_backends = (DjangoFilterBackend, OrderingFilter)

    @property
    def filterset_class(self) -> type:
        """The listing's own filters."""
        return self.listing.filterset

    @property
    def lookup_field(self) -> str:  # type: ignore[override]
        """The field in the address."""
        return self.listing.key

    @property
    def ordering_fields(self) -> list[str]:
        """Columns of the table that are fields of the model."""
        own = {field.name for field in self.listing.model._meta.concrete_fields}
        return [name for name in self.listing.table.names() if name in own]

    @property
    def http_method_names(self) -> list[str]:  # type: ignore[override]
        """Only the verbs that the listing has actions for."""
        offered = {"post": self.listing.add, "put": self.listing.change, "patch": self.listing.change, "delete": self.listing.remove}
        return ["get", "head", "options", *(verb for verb, action in offered.items() if action)]

    def get_queryset(self) -> QuerySet[Any]:
        """Return the rows in scope."""
        if getattr(self, "swagger_fake_view", False):
            return self.listing.model._default_manager.none()
        return self.listing.rows(self.request.user)

    def perform_create(self, serializer: Any) -> None:
        """Add through the action."""
        serializer.instance = self._act("add", (), serializer.validated_data)

    def perform_update(self, serializer: Any) -> None:
        """Change through the action."""
        serializer.instance = self._act("change", (serializer.instance,), serializer.validated_data)

    def perform_destroy(self, instance: Model) -> None:
        """Remove through the action."""
        self._act("delete", (instance,), {})

    def _act(self, verb: str, target: tuple[Any, ...], values: dict[str, Any]) -> Any:
        action = self.listing.action(verb)
        if action is None:
            raise MethodNotAllowed(self.request.method or "")
        return action(*target, by=self.request.user, **values)
