"""Small division files for the tests of the import, and the tree as plain values."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

from governance.regions.divisions import Report, import_divisions
from governance.regions.models import Region

HEADER = "code,name,level,parent_code"
CITY, COUNTY, NEXT_COUNTY = "500000000000", "500103000000", "500105000000"
STREET, NEXT_STREET, TOWN = "500103001000", "500103002000", "500105100000"
COMMUNITY, VILLAGE = "500103001001", "500105100200"

ROWS = (
    f"{CITY},重庆市,province,",
    f"{COUNTY},渝中区,county,{CITY}",
    f"{NEXT_COUNTY},江北区,county,{CITY}",
    f"{STREET},七星岗街道,township,{COUNTY}",
    f"{NEXT_STREET},解放碑街道,township,{COUNTY}",
    f"{TOWN},鱼嘴镇,township,{NEXT_COUNTY}",
    f"{COMMUNITY},临江路社区居委会,community,{STREET}",
    f"{VILLAGE},双溪村村委会,community,{TOWN}",
)


def written(folder: Path, *rows: str, header: str = HEADER, name: str = "places.csv", encoding: str = "utf-8") -> Path:
    """Write a file of rows and return its path."""
    path = folder / name
    path.write_bytes(("\n".join([header, *rows]) + "\n").encode(encoding))
    return path


def load(path: Path, **options: Any) -> Report:
    """Import a file as the command line does."""
    return import_divisions(path, by=None, **options)


def refused(folder: Path, *rows: str, header: str = HEADER, **options: Any) -> list[dict[str, str]]:
    """Import rows and return those that were refused, as their file has them."""
    to = folder / "refused.csv"
    to.unlink(missing_ok=True)
    load(written(folder, *rows, header=header), refused_to=to, **options)
    return read_refused(to) if to.exists() else []


def read_refused(path: Path) -> list[dict[str, str]]:
    """Return the rows of a file of refused rows."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def tree() -> list[tuple[str, str, str, str]]:
    """Return code, name, level and path of every place in the order of the tree."""
    return list(Region.objects.order_by("path").values_list("code", "name", "level", "path"))


def spans() -> dict[str, tuple[date | None, date | None]]:
    """Return since and until of every place by code."""
    return {code: (since, until) for code, since, until in Region.objects.values_list("code", "since", "until")}
