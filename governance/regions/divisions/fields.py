"""What the cells of one row may hold."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from governance.kit.wording import listed
from governance.regions.divisions.rows import RANK, Refusal, Row, Why

LONGEST_NAME = 100
_CLASS = re.compile(r"[12][0-9]{2}\Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
# control, format, line and paragraph separators, halves of characters
_UNFIT = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})


def is_code(text: str) -> bool:
    """Return whether this is a division code: 12 digits."""
    return len(text) == 12 and text.isascii() and text.isdigit()


def day_of(text: str) -> date | None:
    """Return the day of an ISO date, nothing for an empty cell; raises `ValueError` for anything else."""
    if not text:
        return None
    if not _DAY.match(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def fault(row: Row) -> Refusal | None:
    """Return what is wrong with a row taken by itself."""
    _file, _line, code, name, level, parent, since, until, urban_rural = row
    if not (len(code) == 12 and code.isascii() and code.isdigit()):
        return Refusal(row, "code", code, Why.CODE)
    if not 1 <= len(name) <= LONGEST_NAME:
        return Refusal(row, "name", name, Why.NAME, str(LONGEST_NAME))
    if not name.isalnum() and not _fit(name):
        return Refusal(row, "name", name, Why.NAME_CHARACTERS)
    if level not in RANK:
        return Refusal(row, "level", level, Why.LEVEL, listed(RANK))
    if parent and not is_code(parent):
        return Refusal(row, "parent_code", parent, Why.PARENT_CODE)
    if parent == "" and level != "province":
        return Refusal(row, "parent_code", "", Why.PARENT_MISSING)
    return _optional_fault(row) if since or until or urban_rural else None


def _fit(name: str) -> bool:
    return "\ufffd" not in name and all(unicodedata.category(character) not in _UNFIT for character in name)


def _optional_fault(row: Row) -> Refusal | None:
    days: list[date | None] = []
    for column in ("since", "until"):
        text: str = getattr(row, column)
        try:
            days.append(day_of(text))
        except ValueError:
            return Refusal(row, column, text, Why.DAY)
    since, until = days
    if since and until and until <= since:
        return Refusal(row, "until", row.until, Why.SPAN, row.since)
    if row.urban_rural_code and not _CLASS.match(row.urban_rural_code):
        return Refusal(row, "urban_rural_code", row.urban_rural_code, Why.CLASS)
    return None
