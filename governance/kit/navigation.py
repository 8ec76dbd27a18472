"""The left navigation: by the five actors, filled by the apps' `nav` modules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SECTIONS: dict[str, Promise | str] = {"top": "", "actors": _("五社"), "linkage": _("联动"), "data": _("数据")}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the navigation; with `parent` it stands indented below that line."""

    name: str
    section: str
    order: int
    label: Promise | str
    url: str
    icon: str = ""
    permission: str | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Where a list stands: below the entry called `parent`, or as a line of its own in the section of that name.

    Without a label it is called as its records are.
    """

    parent: str
    order: int
    icon: str = ""
    label: Promise | str = ""

    def entry(self, name: str, plural: Promise | str, url: str, permission: str) -> Entry:
        """Return the entry."""
        own = self.parent in SECTIONS
        section, parent = (self.parent, None) if own else ("", self.parent)
        return Entry(name, section, self.order, self.label or plural, url, self.icon, permission, parent)


_entries: dict[str, Entry] = {}


def register(*entries: Entry) -> None:
    """Add entries; a name may be used once."""
    for entry in entries:
        if entry.name in _entries:
            raise ValueError(f"navigation entry {entry.name!r} is registered twice")
        _entries[entry.name] = entry


def has(name: str) -> bool:
    """Return whether there is an entry of this name."""
    return name in _entries


def menu(user: Any, path: str) -> list[dict[str, Any]]:
    """Return the sections that `user` may see, with the entry of the page at `path` marked."""
    entries = [entry for entry in _entries.values() if entry.permission is None or user.has_perm(entry.permission)]
    entries.sort(key=lambda entry: entry.order)
    current = _current(entries, path)

    def line(entry: Entry) -> dict[str, Any]:
        children = [line(child) for child in entries if child.parent == entry.name]
        opened = entry is current or any(child["current"] for child in children)
        shown = {"label": entry.label, "url": reverse(entry.url), "icon": entry.icon}
        return shown | {"current": entry is current, "children": children if opened else []}

    sections = []
    for name, label in SECTIONS.items():
        lines = [line(entry) for entry in entries if entry.section == name and entry.parent is None]
        if lines:
            sections.append({"label": label, "lines": lines})
    return sections


def _current(entries: list[Entry], path: str) -> Entry | None:
    """Return the entry with the longest address that `path` begins with; of two with the same one, the indented line."""
    hits = [
        (len(url), entry)
        for entry in entries
        if path.startswith(url := reverse(entry.url)) and (url != "/" or path == "/")
    ]
    return max(hits, key=lambda hit: (hit[0], hit[1].parent is not None))[1] if hits else None
