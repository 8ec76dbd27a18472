"""Where records are homed, as fields: what follows from the path to its region that a model names."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import FieldDoesNotExist
from django.db.models import ForeignKey, Model
from django.db.models.constants import LOOKUP_SEP


def region_path(model: type[Model]) -> str:
    """Return the path to the region's path that the model's rows name, or nothing for rows of no place."""
    return str(getattr(model._default_manager.get_queryset(), "region_path", ""))


def is_place(model: type[Model]) -> bool:
    """Return whether records of this model are themselves the places."""
    return region_path(model) == "path"


def home_of(model: type[Model]) -> str:
    """Return the look-up of the place at which records are homed, such as `region` or `project__region`."""
    return region_path(model).removesuffix("path").removesuffix(LOOKUP_SEP)


def home_field(model: type[Model]) -> ForeignKey[Any, Any] | None:
    """Return the foreign key to a place at the end of the way home; None for places and for rows of no place."""
    field: Any = None
    at: Any = model
    for name in filter(None, home_of(model).split(LOOKUP_SEP)):
        try:
            field = at._meta.get_field(name)
        except FieldDoesNotExist:  # the path is kept as a text, as on the trail
            return None
        at = field.related_model
    return cast("ForeignKey[Any, Any] | None", field) if at is not None and at is not model and is_place(at) else None
