"""Reporting figures."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from governance.attainment.models import ReportedFigure
from governance.kit import records
from governance.regions.models import Region


def add_reported_figure(
    *,
    by: Any,
    region: Region,
    measure: str,
    on: date,
    value: Decimal,
    source: str,
    out_of: int | None = None,
    until: date | None = None,
) -> ReportedFigure:
    """Draft a measure of a region on a day; a survey tells both numbers, `value` of `out_of`."""
    figure = ReportedFigure(
        region=region, measure=measure, on=on, value=value, out_of=out_of, source=source, until=until
    )
    return records.add(figure, by=by)


def change_reported_figure(
    figure: ReportedFigure, *, by: Any, seen: datetime | None = None, **values: Any
) -> ReportedFigure:
    """Correct a figure as far as its state allows: once approved it can only be ended."""
    return records.change(figure, by=by, seen=seen, **values)


def remove_reported_figure(figure: ReportedFigure, *, by: Any) -> None:
    """Remove a figure reported by mistake, as long as it has not been approved."""
    records.remove(figure, by=by)
