"""Classification of every field of every model, after the Personal Information Protection Law (art. 51)."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from django.db.models import Model


class Classification(StrEnum):
    """How freely a field may be shown."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


_classified: dict[type[Model], dict[str, Classification]] = {}


_M = TypeVar("_M", bound=type[Model])


def classified(*, public: str = "", internal: str = "", personal: str = "", sensitive: str = "") -> Callable[[_M], _M]:
    """Classify the fields of a model by name, separated by blanks; a test lists those that are left out."""
    by_level = {
        Classification.PUBLIC: public,
        Classification.INTERNAL: internal,
        Classification.PERSONAL: personal,
        Classification.SENSITIVE: sensitive,
    }

    def mark(model: _M) -> _M:
        _classified[model] = {name: level for level, names in by_level.items() for name in names.split()}
        return model

    return mark


def classification_of(model: type[Model]) -> dict[str, Classification]:
    """Return the classification of a model's fields by name; empty for a model that has none."""
    return _classified.get(model, {})
