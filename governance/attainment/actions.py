"""Reporting figures."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from governance.attainment.models import ReportedFigure
from governance.kit import records
from governance.regions.models import Region


def add_reported_figure(
    *, by: Any, region: Region, measure: str, on: date, value: Decimal, source: str, until: date | None = None
) -> ReportedFigure:
    """Report a measure of a region on a day."""
    figure = ReportedFigure(region=region, measure=measure, on=on, value=value, source=source, until=until)
    return records.add(figure, by=by)


def change_reported_figure(
    figure: ReportedFigure, *, by: Any, seen: datetime | None = None, **values: Any
) -> ReportedFigure:
    """Correct a figure."""
    return records.change(figure, by=by, seen=seen, **values)


def remove_reported_figure(figure: ReportedFigure, *, by: Any) -> None:
    """Remove a figure reported by mistake."""
    records.remove(figure, by=by)
