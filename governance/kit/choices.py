"""Choices of related records, kept inside a scope."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from governance.kit.homes import is_place
from governance.kit.scoping import Scope


def flat(choices: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
    """Yield the value and the word of every choice, also of those inside groups."""
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from flat(label)
        else:
            yield key, label


def scope_choices(fields: dict[str, Any], user: Any, scope: Scope | None = None, home: str = "") -> None:
    """Narrow every field that offers scoped records to those that `user` may name.

    `home`, and every field that offers places, is narrowed to `scope` where there is one: what a form may write.
    """
    for name, field in fields.items():
        related = getattr(field, "child_relation", field)
        queryset = getattr(related, "queryset", None)
        if queryset is not None and hasattr(queryset, "visible_to"):
            inside = scope is not None and (name == home or is_place(queryset.model))
            related.queryset = queryset.inside(scope) if inside else queryset.nameable_by(user)
