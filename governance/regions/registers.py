"""The registers that can be kept: those of the declared sources, all capabilities together, and each item by itself."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from governance.kit.measures.sources import SOURCES
from governance.regions import items

CAPABILITIES = "capabilities"
_CAPABILITIES_LABEL = _("能力台账（全部能力项）")


@lru_cache
def _item_names() -> dict[str, tuple[str, str]]:
    """Name and English name of each item by its slug, as the file has them that the table follows."""
    return {entry["item"]: (entry["name"], entry["name_en"]) for entry in items.read()["items"]}


def item_registers() -> dict[str, str]:
    """Return the register of each item by itself: slug to name; an item that is called as its source shares its register."""
    which = 1 if get_language() == "en" else 0
    return {slug: names[which] for slug, names in _item_names().items() if slug not in SOURCES}


def source_registers() -> dict[str, Any]:
    """Return the registers of the declared sources and of all capabilities together: code to name."""
    declared = {name: source.label for name, source in SOURCES.items() if name != CAPABILITIES}
    return {CAPABILITIES: _CAPABILITIES_LABEL} | declared


def registers() -> dict[str, Any]:
    """Return every register that can be kept: code to name."""
    return item_registers() | source_registers()


def register_name(code: str) -> str:
    """Return a register in words; a code that is declared no longer stands for itself."""
    own = source_registers().get(code)
    return str(own) if own is not None else item_registers().get(code, code)


def register_choices() -> list[tuple[Any, Any]]:
    """Return the registers as a menu: those of records first, then each capability item."""
    return [
        (_("台账"), [(code, str(name)) for code, name in source_registers().items()]),
        (_("单个能力项"), list(item_registers().items())),
    ]


def offered_registers() -> list[tuple[Any, Any]]:
    """Return the same for a form, where one of them is to be chosen."""
    return [("", _("请选择")), *register_choices()]
