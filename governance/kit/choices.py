"""Choices of related records, kept inside a scope."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from governance.kit.scoping import Scope


def flat(choices: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
    """Yield the value and the word of every choice, also of those inside groups."""
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from flat(label)
        else:
            yield key, label


def scope_choices(fields: dict[str, Any], user: Any, scope: Scope | None = None) -> None:
    """Narrow every field that offers scoped records to those inside `scope`, or to those that `user` may see."""
    for field in fields.values():
        related = getattr(field, "child_relation", field)
        queryset = getattr(related, "queryset", None)
        if queryset is not None and hasattr(queryset, "visible_to"):
            related.queryset = queryset.visible_to(user) if scope is None else queryset.inside(scope)
