"""Rows of division files and the reasons why one is refused; knows no framework and no database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

RANK = {"province": 0, "prefecture": 1, "county": 2, "township": 3, "community": 4}
REQUIRED = ("code", "name")
PLACED = ("level", "parent_code")
OPTIONAL = ("since", "until", "urban_rural_code")
# Nodes that only group the codes of a list: their children belong to the place above.
PLACEHOLDERS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})


class Row(NamedTuple):
    """One row as given, blanks around its cells removed. `parent` is None where it follows from the code."""

    file: str
    line: int
    code: str
    name: str
    level: str
    parent: str | None
    since: str = ""
    until: str = ""
    urban_rural_code: str = ""


class Why(StrEnum):
    """Why a row is refused; `reasons` has the words."""

    CELLS = "cells"
    CODE = "code"
    NAME = "name"
    NAME_CHARACTERS = "name_characters"
    LEVEL = "level"
    LEVEL_OTHER = "level_other"
    PARENT_CODE = "parent_code"
    PARENT_MISSING = "parent_missing"
    PARENT_UNKNOWN = "parent_unknown"
    PARENT_REFUSED = "parent_refused"
    PARENT_RETIRED = "parent_retired"
    PARENT_LEVEL = "parent_level"
    CIRCLE = "circle"
    TWICE = "twice"
    DAY = "day"
    SPAN = "span"
    CLASS = "class"
    RETIRED = "retired"
    OUTSIDE = "outside"
    NEW_ROOT = "new_root"


class Refusal(NamedTuple):
    """A refused row: the column to mend, what it held, why it will not do, and what else helps to mend it."""

    row: Row
    field: str
    given: str
    why: Why
    other: str = ""


@dataclass(slots=True)
class Source:
    """What a file or a folder holds. `complete`: it lists every child of the places whose children it lists at all,
    but for those in `partial`."""

    name: str
    rows: list[Row]
    columns: tuple[str, ...] = (*REQUIRED, *PLACED)
    refused: list[Refusal] = field(default_factory=list)
    unknown_columns: tuple[str, ...] = ()
    stated_on: date | None = None
    complete: bool = False
    partial: frozenset[str] = frozenset()


class Known(NamedTuple):
    """A place as the database has it."""

    id: int
    code: str
    name: str
    level: str
    path: str
    since: date | None
    until: date | None
    partial: bool
    urban_rural_code: str

    @property
    def parent(self) -> str:
        """Return the parent's code, empty for a root."""
        return self.path[-26:-14]


def level_of(code: str) -> str:
    """Return the level that a 12-digit code states by its zeros."""
    for digits, level in ((2, "province"), (4, "prefecture"), (6, "county"), (9, "township")):
        if not code[digits:].strip("0"):
            return level
    return "community"


def above(code: str) -> list[str]:
    """Return the codes under which a place may hang by its code alone, the nearest first.

    Only the prefecture may be missing in between, as in municipalities: 500103000000 hangs under 500000000000.
    """
    level = level_of(code)
    if level == "community":
        return [code[:9] + "000"]
    if level == "township":
        return [code[:6] + "000000"]
    if level == "county":
        return [code[:4] + "00000000", code[:2] + "0000000000"]
    return [code[:2] + "0000000000"] if level == "prefecture" else []
