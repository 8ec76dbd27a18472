"""Targets and the two languages of a text, as they stand in a line."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from governance.kit.tables import grouped
from governance.kit.wording import bracketed, listed
from governance.policies.models import Target
from governance.regions.models import Level


def told(record: Any, name: str) -> Any:
    """Return a text in the reader's language: the English one where there is one and she reads English."""
    english = getattr(record, f"{name}_en", "") if get_language() == "en" else ""
    return english or getattr(record, name)


def number(target: Target) -> str:
    """Return `12`, or `12–18` for a range, without the unit."""
    return grouped(target.value) if target.high is None else f"{grouped(target.value)}–{grouped(target.high)}"


def due(target: Target) -> str:
    """Return the day by which a target is to be reached, in words where it has none."""
    if target.yearly == Target.Yearly.EVERY_YEAR:
        return _("每年")
    return str(target.due) if target.due else _("未定期限")


def target_line(target: Target, unit: str) -> str:
    """Return `70%（2022-12-31）`."""
    gap = "" if unit == "%" else " "
    return bracketed(f"{number(target)}{gap}{unit}", due(target))


def levels_line(levels: list[str]) -> str:
    """Return levels in words, in the order of the tree, or a dash."""
    return listed(level.label for level in Level if level.value in levels) or "—"
