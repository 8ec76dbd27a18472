"""The census of Chongqing: real figures, by county."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from governance.attainment.models import ReportedFigure
from governance.kit.demo import DemoStep, Progress, register
from governance.regions.models import Region

CENSUS = Path(__file__).parent / "data" / "census_2020_chongqing.csv"
ON = date(2020, 11, 1)
SOURCE = "第七次全国人口普查"
# On this day 江北 and 渝北 became part of 两江新区 and parts of both went to 北碚: the counts stand for older outlines.
REORGANISED_ON = date(2025, 11, 6)
REORGANISED = {"500105000000", "500109000000", "500112000000"}


def load_census(progress: Progress) -> None:
    """Report the residents of each county, and of the municipality as the census gives it."""
    with CENSUS.open(encoding="utf-8") as file:
        residents = {row["code"].ljust(12, "0"): int(row["resident_total_2020"]) for row in csv.DictReader(file)}
    residents["500000000000"] = sum(residents.values())
    regions = Region.objects.in_bulk(list(residents), field_name="code")
    ReportedFigure.objects.bulk_create(
        ReportedFigure(
            region=regions[code],
            measure="resident_population",
            on=ON,
            value=value,
            until=REORGANISED_ON if code in REORGANISED else None,
            source=SOURCE,
            state=ReportedFigure.State.APPROVED,
        )
        for code, value in residents.items()
    )
    progress("人口普查", len(residents), len(residents))


register(DemoStep("人口普查", 40, load_census))
