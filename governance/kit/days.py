"""Days as they are written in files and commands."""

from __future__ import annotations

import re
from datetime import date

_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

#: No policy and no record is older. An earlier day is a slip of the pen, such as 0205 for 2025, and between it and today
#: lie thousands of months that would all be counted.
EARLIEST = date(1949, 10, 1)
#: What is later means “for ever”, which is written as no day at all, or is a slip as well.
LATEST = date(2100, 12, 31)


def written_day(text: str) -> date:
    """Return the day that `2025-12-31` says; raises `ValueError` for everything else, other ways of writing included."""
    if not _WRITTEN.fullmatch(text):
        raise ValueError(f"{text!r} is not written as YYYY-MM-DD")
    return date.fromisoformat(text)
