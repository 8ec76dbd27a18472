"""Confirming that the records of a month are complete."""

from __future__ import annotations

from datetime import date
from typing import Any

from governance.attainment.models import ConfirmedMonth
from governance.kit import records
from governance.regions.models import Region


def confirm_month(*, by: Any, region: Region, month: date, note: str = "") -> ConfirmedMonth:
    """Say that the records of a month that has ended are complete at a place; `month` is its first day."""
    return records.add(ConfirmedMonth(region=region, month=month, note=note, confirmed_by=by), by=by)
