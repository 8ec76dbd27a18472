"""An organisation as the unit that a post speaks for, found by its credit code or its name at the post's place."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from organizations.models import Organization


def find(text: str, region: Any) -> tuple[str, str] | None:
    """Return key and name of the only organisation called so there or below; None for none and for several."""
    named = Q(name=text.strip()) | Q(uscc=text.strip().upper())
    found = list(Organization.objects.filter(named, region__path__startswith=region.path).values_list("pk", "name")[:2])
    return (str(found[0][0]), found[0][1]) if len(found) == 1 else None
