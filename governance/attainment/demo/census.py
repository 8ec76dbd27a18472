"""Populations: the census of Chongqing is real, by county; what goes beyond it is demonstration data and says so."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from governance.attainment.models import ReportedFigure
from governance.kit.demo import Progress
from governance.kit.drawing import NOTE
from governance.regions.demo.places import CHONGQING
from governance.regions.models import Region

CENSUS = Path(__file__).parent.parent / "data" / "census_2020_chongqing.csv"
ON = date(2020, 11, 1)
SOURCE = "第七次全国人口普查"
# On this day 江北 and 渝北 became part of 两江新区 and parts of both went to 北碚: the counts stand for older outlines.
REORGANISED_ON = date(2025, 11, 6)
REORGANISED = {"500105000000", "500109000000", "500112000000"}
# Residents of the municipality, and those of its towns, in the yearly communiqués; there are none by county.
_YEARLY = ((date(2021, 12, 31), 32_124_300, 22_591_300), (date(2023, 12, 31), 31_914_300, 22_874_500))
_TOWNSPEOPLE_2020 = 22_260_000


def load_census(progress: Progress) -> None:
    """Report the residents of each county, and of the municipality as the census gives it."""
    known = census()
    regions = Region.objects.in_bulk([*known, CHONGQING], field_name="code")
    residents = {code: value for code, value in known.items() if code in regions}
    residents[CHONGQING] = sum(residents.values())
    ReportedFigure.objects.bulk_create(
        figure(regions[code], "resident_population", ON, value, SOURCE, REORGANISED_ON if code in REORGANISED else None)
        for code, value in residents.items()
    )
    # a smaller tree has its part of what is told of the whole
    ReportedFigure.objects.bulk_create(
        _of_the_municipality(regions[CHONGQING], residents[CHONGQING] / sum(known.values()))
    )
    progress("人口普查", len(residents), len(residents))


def census() -> dict[str, int]:
    """Return the residents of each county by its code."""
    with CENSUS.open(encoding="utf-8") as file:
        return {row["code"].ljust(12, "0"): int(row["resident_total_2020"]) for row in csv.DictReader(file)}


def figure(
    region: Region, measure: str, on: date, value: float, source: str = NOTE, until: date | None = None
) -> ReportedFigure:
    """Return an approved figure."""
    return ReportedFigure(
        region=region, measure=measure, on=on, value=value, until=until, source=source,
        state=ReportedFigure.State.APPROVED,
    )  # fmt: skip


def _of_the_municipality(region: Region, share: float) -> Iterable[ReportedFigure]:
    rounded = f"{SOURCE}（约数，{NOTE}）"
    yield figure(region, "urban_resident_population", ON, round(_TOWNSPEOPLE_2020 * share), rounded)
    for on, residents, townspeople in _YEARLY:
        source = f"{on.year} 年统计公报（摘录自公开转载，{NOTE}）"
        yield figure(region, "resident_population", on, round(residents * share), source)
        yield figure(region, "urban_resident_population", on, round(townspeople * share), source)
