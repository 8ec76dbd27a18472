"""What is done to places and to what they have."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from governance.kit import records
from governance.kit.errors import DomainError
from governance.kit.pinyin import initials
from governance.kit.wording import listed
from governance.regions.models import CapabilityItem, Level, Region, RegionCapability, RegionSuccession


def change_region(region: Region, *, by: Any, seen: datetime | None = None, **values: Any) -> Region:
    """Correct a place's name, dates, class or completeness; its code and parent come from imports only."""
    if "name" in values:
        values["initials"] = initials(values["name"])
    return records.change(region, by=by, seen=seen, **values)


def same_level(succession: RegionSuccession) -> None:
    """Refuse a succession of places of different levels; a merger or a split takes several of one level."""
    predecessor, successor = succession.predecessor, succession.successor
    if predecessor.level != successor.level:
        raise DomainError(
            _("两个地区的级别不同：%(old)s、%(new)s。")
            % {"old": predecessor.get_level_display(), "new": successor.get_level_display()},
            field="successor",
            code="wrong_level",
        )


def _require_level(region: Region, levels: list[str], field: str) -> None:
    """Refuse a region of another level and say which ones fit."""
    if region.level not in levels:
        allowed = listed(Level(level).label for level in levels)
        values = {"given": region.get_level_display(), "name": region.name, "allowed": allowed}
        raise DomainError(_("%(name)s是%(given)s，这里只能选：%(allowed)s。") % values, field=field, code="wrong_level")


def fitting(capability: RegionCapability) -> None:
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
