"""Rules of a record that are more than its fields and constraints: asked before every write, whatever the surface."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model

# Raises `DomainError(field=)` for a record as it would be stored; asks no query beyond relations that are cached.
Rule = Callable[[Any], None]

RULES: dict[type[Model], Rule] = {}


def obey(record: Model) -> None:
    """Raise what the rule of the record's kind says against it."""
    rule = RULES.get(record._meta.model)
    if rule is not None:
        rule(record)
