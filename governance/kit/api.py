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

    def __init_subclass__(cls, **options: Any) -> None:
        """Take filters, key, order and verbs from the listing; a verb without an action does not exist."""
        super().__init_subclass__(**options)
        listing = cls.listing
        own = {field.name for field in listing.model._meta.concrete_fields}
        verbs = {"post": listing.add, "put": listing.change, "patch": listing.change, "delete": listing.remove}
        cls.filterset_class = listing.filterset  # type: ignore[attr-defined]
        cls.lookup_field = listing.key
        cls.ordering_fields = [name for name in listing.table.names() if name in own]  # type: ignore[attr-defined]
        cls.http_method_names = ["get", "head", "options", *(verb for verb, action in verbs.items() if action)]

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
