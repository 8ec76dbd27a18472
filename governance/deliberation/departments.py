"""Departments are known by their names alone: a post for one opens the tasks and calls that name it."""

from __future__ import annotations

from typing import Any


def find(text: str, region: Any) -> tuple[str, str] | None:
    """Return the name as it stands in the records, without blanks around it."""
    name = text.strip()
    return (name, name) if name else None
