"""The endpoints of an app's listings: what the API shows and takes follows from the form."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import FileField
from django.urls import URLPattern
from rest_framework import serializers
from rest_framework.routers import SimpleRouter

from governance.kit.api import ListingViewSet
from governance.kit.listing import LISTINGS, Listing
from governance.kit.privacy import Classification, classification_of
from governance.kit.serializers import RecordSerializer


def serializer_of(listing: Listing) -> type[RecordSerializer]:
    """Return the serializer of a listing.

    It has the key, the form's fields, what else its page tells (to be read), the state and `changed_at`. What is
    sensitive is left out; of a file it only says whether there is one, as `has_<field>`.
    """
    model = listing.model
    levels = classification_of(model)
    written = [name for name in (listing.form._meta.fields if listing.form else ()) if name != "seen"]
    names = list(dict.fromkeys([*written, *listing.facts]))
    files = [name for name in names if isinstance(model._meta.get_field(name), FileField)]
    shown = [name for name in names if name not in files and levels.get(name) is not Classification.SENSITIVE]
    state = [listing.states.field] if listing.states is not None else []
    end = ["changed_at"] if any(field.name == "changed_at" for field in model._meta.concrete_fields) else []
    key = model._meta.pk.name if listing.key == "pk" else listing.key
    told = {f"has_{name}": serializers.BooleanField(source=name, read_only=True) for name in files}
    meta = {"model": model, "fields": list(dict.fromkeys([key, *shown, *state, *told, *end]))}
    meta["read_only_fields"] = [*state, *(name for name in shown if name not in written)]
    body = told | {"Meta": type("Meta", (), meta), "__doc__": model.__doc__, "__module__": model.__module__}
    return type(f"{model.__name__}Serializer", (RecordSerializer,), body)


def viewset_of(listing: Listing) -> type[ListingViewSet]:
    """Return the endpoint of a listing."""
    body = {"listing": listing, "serializer_class": serializer_of(listing), "__doc__": listing.model.__doc__}
    return type(f"{listing.model.__name__}ViewSet", (ListingViewSet,), body)


def endpoints(app: str, special: Mapping[str, type[ListingViewSet]] | None = None) -> list[URLPattern]:
    """Return the routes of all endpoints of an app; `special` replaces one by the name of its listing."""
    router = SimpleRouter()
    own = dict(special or {})
    for listing in LISTINGS.values():
        if listing.app == app and listing.at is not None and "api" in listing.surfaces:
            viewset = own.pop(listing.name, None) or viewset_of(listing)
            router.register(listing.endpoint, viewset, basename=listing.name)
    if own:
        raise ValueError(f"{app} has no listing with an address called {', '.join(sorted(own))}")
    return router.urls  # type: ignore[return-value]
