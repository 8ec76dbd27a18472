"""What is done to places and to what they have."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from governance.kit import records
from governance.kit.errors import DomainError
from governance.kit.pinyin import initials
from governance.kit.wording import listed
from governance.regions.models import (
    CapabilityComponent,
    CapabilityItem,
    Estate,
    Facility,
    Level,
    Region,
    RegionCapability,
    RegionSuccession,
    RegisterCoverage,
)


def change_region(region: Region, *, by: Any, seen: datetime | None = None, **values: Any) -> Region:
    """Correct a place's name, dates, class or completeness; its code and parent come from imports only."""
    if "name" in values:
        values["initials"] = initials(values["name"])
    return records.change(region, by=by, seen=seen, **values)


def add_succession(*, by: Any, predecessor: Region, successor: Region, changed_on: date) -> RegionSuccession:
    """Record that a place was followed by another; a merger or a split takes several."""
    if predecessor.level != successor.level:
        raise DomainError(
            _("两个地区的级别不同：%(old)s、%(new)s。")
            % {"old": predecessor.get_level_display(), "new": successor.get_level_display()},
            field="successor",
            code="wrong_level",
        )
    return records.add(RegionSuccession(predecessor=predecessor, successor=successor, changed_on=changed_on), by=by)


def remove_succession(succession: RegionSuccession, *, by: Any) -> None:
    """Remove a succession recorded by mistake."""
    records.remove(succession, by=by)


def add_estate(
    *,
    by: Any,
    community: Region,
    name: str,
    households: int | None = None,
    party_branch_from: date | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Estate:
    """Record an estate in a community."""
    _require_level(community, [Level.COMMUNITY], "community")
    estate = Estate(
        community=community,
        name=name,
        households=households,
        party_branch_from=party_branch_from,
        since=since,
        until=until,
    )
    return records.add(estate, by=by)


def change_estate(estate: Estate, *, by: Any, seen: datetime | None = None, **values: Any) -> Estate:
    """Correct an estate or date its end."""
    _require_level(values.get("community", estate.community), [Level.COMMUNITY], "community")
    return records.change(estate, by=by, seen=seen, **values)


def remove_estate(estate: Estate, *, by: Any) -> None:
    """Remove an estate recorded by mistake."""
    records.remove(estate, by=by)


def add_facility(
    *,
    by: Any,
    region: Region,
    kind: str,
    name: str,
    since: date,
    until: date | None = None,
    address: str = "",
    floor_area: Decimal | None = None,
    capacity: int | None = None,
) -> Facility:
    """Record a facility of a region."""
    facility = Facility(
        region=region,
        kind=kind,
        name=name,
        since=since,
        until=until,
        address=address,
        floor_area=floor_area,
        capacity=capacity,
    )
    return records.add(facility, by=by)


def change_facility(facility: Facility, *, by: Any, seen: datetime | None = None, **values: Any) -> Facility:
    """Correct a facility or date its end."""
    return records.change(facility, by=by, seen=seen, **values)


def remove_facility(facility: Facility, *, by: Any) -> None:
    """Remove a facility recorded by mistake."""
    records.remove(facility, by=by)


def add_capability(
    *,
    by: Any,
    region: Region,
    item: CapabilityItem,
    since: date,
    component: CapabilityComponent | None = None,
    statement: str = RegionCapability.Statement.HAS,
    until: date | None = None,
    evidence: Any = "",
    note: str = "",
) -> RegionCapability:
    """State that a region has an item, one component of it, or is subject to it."""
    capability = RegionCapability(
        region=region,
        item=item,
        component=component,
        statement=statement,
        since=since,
        until=until,
        evidence=evidence,
        note=note,
    )
    _require_fitting(capability)
    return records.add(capability, by=by)


def change_capability(
    capability: RegionCapability, *, by: Any, seen: datetime | None = None, **values: Any
) -> RegionCapability:
    """Correct a statement or date its end."""
    wanted = {
        name: values.get(name, getattr(capability, name)) for name in ("region", "item", "component", "statement")
    }
    _require_fitting(RegionCapability(**wanted))
    if values.get("evidence") is False:  # the form's "clear" box
        values["evidence"] = ""
    return records.change(capability, by=by, seen=seen, **values)


def remove_capability(capability: RegionCapability, *, by: Any) -> None:
    """Remove a statement made by mistake."""
    records.remove(capability, by=by)


def add_register_coverage(*, by: Any, region: Region, register: str, since: date, note: str = "") -> RegisterCoverage:
    """State that a register is kept at a place from a day on."""
    return records.add(RegisterCoverage(region=region, register=register, since=since, note=note), by=by)


def change_register_coverage(
    coverage: RegisterCoverage, *, by: Any, seen: datetime | None = None, **values: Any
) -> RegisterCoverage:
    """Correct from when on a register is kept."""
    return records.change(coverage, by=by, seen=seen, **values)


def remove_register_coverage(coverage: RegisterCoverage, *, by: Any) -> None:
    """Take back that a register is kept: what it holds says nothing any more."""
    records.remove(coverage, by=by)


def _require_level(region: Region, levels: list[str], field: str) -> None:
    """Refuse a region of another level and say which ones fit."""
    if region.level not in levels:
        allowed = listed(Level(level).label for level in levels)
        values = {"given": region.get_level_display(), "name": region.name, "allowed": allowed}
        raise DomainError(_("%(name)s是%(given)s，这里只能选：%(allowed)s。") % values, field=field, code="wrong_level")


def _require_fitting(capability: RegionCapability) -> None:
    """Refuse a level, a component or a statement that the item does not have."""
    item, component = capability.item, capability.component
    _require_level(capability.region, item.levels, "region")
    if component is not None and component.item_id != item.pk:
        own = listed(item.components.all()) or _("没有分项")
        raise DomainError(
            _("“%(component)s”不是“%(item)s”的分项，它的分项：%(own)s。")
            % {"component": component, "item": item, "own": own},
            field="component",
            code="wrong_component",
        )
    subject = capability.statement == RegionCapability.Statement.SUBJECT_TO
    if subject and not item.eligible:
        raise DomainError(_("“%(item)s”不需要认定适用范围。") % {"item": item}, field="statement", code="not_eligible")
    if item.rule == CapabilityItem.Rule.COUNT and component is None and not subject:
        raise DomainError(
            _("“%(item)s”按分项登记，请选一个分项。") % {"item": item}, field="component", code="component_needed"
        )
