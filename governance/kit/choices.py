"""Choices of related records, kept inside the user's scope."""

from __future__ import annotations

from typing import Any


def scope_choices(fields: dict[str, Any], user: Any) -> None:
    """Narrow every field that offers scoped records to those that `user` may see."""
    for field in fields.values():
        related = getattr(field, "child_relation", field)
        queryset = getattr(related, "queryset", None)
        if queryset is not None and hasattr(queryset, "visible_to"):
            related.queryset = queryset.visible_to(user)
