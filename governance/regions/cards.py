"""Cards of this app on the region page and the workbench."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from governance.kit.cards import Card, register
from governance.kit.scoping import Scope
from governance.kit.spans import alive_on, holds
from governance.regions.models import (
    CapabilityItem,
    Estate,
    Level,
    Region,
    RegionCapability,
    RegisterCoverage,
)
from governance.regions.tree import children, counts_below, partial_below

SHOWN = 12


def capabilities(user: Any, region: Region) -> dict[str, Any] | None:
    """Return each item that a policy asks of this region, with the statement in force; none recorded is not "no"."""
    asked = CapabilityItem.objects.filter(levels__contains=[region.level], roots__overlap=region.path.split("/")[:-1])
    items = list(asked.prefetch_related("components"))
    if not items:
        return None
    today = timezone.localdate()
    stated: dict[str, list[RegionCapability]] = defaultdict(list)
    statements = RegionCapability.objects.visible_to(user).filter(region=region).filter(Q(since__lte=today))
    for statement in statements.select_related("component").order_by("since"):
        stated[statement.item_id].append(statement)
    marks = [_mark(item, stated[item.pk]) for item in items]
    return {
        "marks": sorted(marks, key=lambda mark: mark["state"] == "unknown"),
        "has": sum(mark["state"] == "has" for mark in marks),
        "part": sum(mark["state"] == "part" for mark in marks),
        "ended": sum(mark["state"] == "ended" for mark in marks),
        "unknown": sum(mark["state"] == "unknown" for mark in marks),
        "total": len(marks),
        "can_add": _may_add(user, "regioncapability", region),
    }


def _mark(item: CapabilityItem, statements: list[RegionCapability]) -> dict[str, Any]:
    """Return how one item stands: has (since), part (n of m components), ended (on), or unknown."""
    today = timezone.localdate()
    made = [statement for statement in statements if statement.statement == RegionCapability.Statement.HAS]
    alive = [statement for statement in made if holds(statement, today)]
    whole = [statement for statement in alive if statement.component_id is None]
    parts = {statement.component_id for statement in alive if statement.component_id}
    needed = len(item.components.all())
    mark: dict[str, Any] = {"item": item, "parts": len(parts), "needed": needed, "day": None, "state": "unknown"}
    if whole or (needed and len(parts) == needed):
        return mark | {"state": "has", "day": min(statement.since for statement in (whole or alive))}
    if parts:
        return mark | {"state": "part"}
    ended = [statement.until for statement in made if statement.until is not None]
    return mark | {"state": "ended", "day": max(ended)} if ended else mark


def estates(user: Any, region: Region) -> dict[str, Any] | None:
    """Return the number of estates below, and how many have a party branch."""
    today = timezone.localdate()
    found = Estate.objects.visible_to(user).filter(community__path__startswith=region.path).filter(alive_on(today))
    totals = found.aggregate(
        total=Count("pk"), party=Count("pk", filter=Q(party_branch_from__lte=today)), known=Count("households")
    )
    own = list(found.filter(community=region).order_by("name")[:SHOWN]) if region.level == Level.COMMUNITY else []
    return totals | {"own": own, "can_add": region.level == Level.COMMUNITY and _may_add(user, "estate", region)}


def registers(user: Any, region: Region) -> dict[str, Any]:
    """Return which registers are kept at the region and since when, each with the place whose statement decides."""
    scope: Scope = user.scope_for("regions.view_registercoverage")
    kept = [
        {
            "name": row.get_register_display(),
            "since": row.since,
            "url": row.get_absolute_url() if scope.covers(row.region.path) else None,
            "from": row.region if row.region_id != region.pk else None,
        }
        for row in RegisterCoverage.objects.deciding_at(region)
    ]
    return {"kept": kept, "can_add": _may_add(user, "registercoverage", region)}


def my_region(user: Any, region: Region) -> dict[str, Any] | None:
    """Return the children of the user's own region with the number of places below each."""
    scope: Scope = user.scope_for("regions.view_region")
    if not scope.covers(region.path):
        return None
    today = timezone.localdate()
    counts = counts_below(region, user, today)
    return {
        "region": region,
        "children": list(children(region, user, today)[:100]),
        "counts": [
            {"level": level, "label": level.label, "count": counts[level]} for level in Level if counts.get(level)
        ],
        "partial": list(partial_below(region)[:5]),
    }


def _may_add(user: Any, model: str, region: Region) -> bool:
    return bool(user.scope_for(f"regions.add_{model}").covers(region.path))


register(Card("my_region", "workbench", 10, "regions/card_my_region.html", my_region, "regions.view_region"))
register(
    Card("capabilities", "region", 20, "regions/card_capabilities.html", capabilities, "regions.view_regioncapability")
)
register(Card("estates", "region_side", 30, "regions/card_estates.html", estates, "regions.view_estate"))
register(
    Card("registers", "region_side", 40, "regions/card_registers.html", registers, "regions.view_registercoverage")
)
