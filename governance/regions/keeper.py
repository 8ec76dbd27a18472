"""The statements from when on registers are kept, as the kit asks for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import Count, Q
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.dateparse import parse_date

from governance.kit import records
from governance.kit.keeping import Kept
from governance.kit.measures.sources import SOURCES
from governance.kit.scoping import Scope
from governance.regions.models import Region, RegisterCoverage

_VIEW, _ADD = "regions.view_registercoverage", "regions.add_registercoverage"


class CoverageKeeper:
    """Reads and writes `RegisterCoverage`."""

    def state(self, register: str, user: Any, region: Region) -> Kept:
        """Return the nearest statement going upwards, and how many places below say otherwise."""
        upwards = Q(region__code__in=[*region.ancestor_codes, region.code])
        below = Q(region__path__startswith=region.path) & ~Q(region__code=region.code)
        row = JSONObject(
            pk="pk", since="since", region="region_id", code="region__code", name="region__name", path="region__path"
        )
        found = RegisterCoverage.objects.filter(upwards | below, register=register).aggregate(
            own=JSONBAgg(row, filter=upwards, order_by="region__path"), below=Count("pk", filter=below)
        )
        query = urlencode({"region": region.code, "register": register})
        statements = reverse("regions:register_coverage_list")
        lists = user.has_perm(_VIEW) and found["below"]
        open_below = {"below": found["below"], "below_url": f"{statements}?{query}" if lists else None}
        if not found["own"]:
            return Kept(register, region, **_offer(register, user, region), **open_below)
        nearest = found["own"][-1]
        place = Region(pk=nearest["region"], code=nearest["code"], name=nearest["name"], path=nearest["path"])
        since = parse_date(nearest["since"])
        return Kept(register, region, since, place, _statement(user, nearest["pk"], place.path), **open_below)

    def states(self, user: Any, region: Region) -> Mapping[str, Kept]:
        """Return what holds of each declared source."""
        nearest = {row.register: row for row in RegisterCoverage.objects.deciding_at(region)}
        return {
            name: Kept(name, region, row.since, row.region, _statement(user, row.pk, row.region.path))
            if (row := nearest.get(name)) is not None
            else Kept(name, region, **_offer(name, user, region))
            for name in SOURCES
        }

    def keep(self, register: str, *, by: Any, region: Region, since: date, note: str = "") -> None:
        """State it anew; a statement of a later day is brought forward, an earlier one is left."""
        stated = RegisterCoverage.objects.filter(region=region, register=register).first()
        if stated is None:
            records.add(RegisterCoverage(region=region, register=register, since=since, note=note), by=by)
        elif stated.since > since:
            records.change(stated, by=by, since=since)


def _statement(user: Any, key: int, path: str) -> str | None:
    """Return the address of a statement, for those who may open it."""
    scope: Scope = user.scope_for(_VIEW)
    return reverse("regions:register_coverage_detail", kwargs={"pk": key}) if scope.covers(path) else None


def _offer(register: str, user: Any, region: Region) -> dict[str, Any]:
    """Return where a statement can be made, for those who may."""
    scope: Scope = user.scope_for(_ADD)
    if not scope.covers(region.path):
        return {}
    query = urlencode({"region": region.code, "register": register})
    page, admin = reverse("regions:register_coverage_add"), reverse("admin:regions_registercoverage_add")
    return {"keep_url": f"{page}?{query}", "admin_url": f"{admin}?{query}"}
