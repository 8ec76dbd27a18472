"""Reading the tree: ancestors, children, and what an incomplete branch means for sums."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from governance.kit.spans import alive_on
from governance.regions.models import Region


def ancestors(region: Region) -> QuerySet[Region]:
    """Return the places above, from the root down. Names of ancestors are public: they are part of an address."""
    return Region.objects.filter(code__in=region.ancestor_codes).order_by("path")


def children(region: Region, user: Any, day: date) -> QuerySet[Region]:
    """Return the places directly below that hold on `day` and that `user` may see, in the order of their codes."""
    found: QuerySet[Region] = Region.objects.visible_to(user).filter(parent=region).filter(alive_on(day))
    return found.annotate(places=Count("children")).order_by("path")


def counts_below(region: Region, user: Any, day: date) -> dict[str, int]:
    """Return how many places of each level lie below; empty levels are left out."""
    below = Region.objects.visible_to(user).under(region).exclude(pk=region.pk).filter(alive_on(day))
    return dict(below.values_list("level").annotate(number=Count("pk")).order_by())


def partial_below(region: Region) -> QuerySet[Region]:
    """Return the places from `region` down whose branch is loaded in part; while there is one, no sum is the whole."""
    return Region.objects.under(region).filter(partial=True).order_by("path")
