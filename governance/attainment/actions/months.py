"""Confirming that the records of a month are complete."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from governance.accounts.holders import Holders
from governance.attainment.models import ConfirmedMonth
from governance.kit import messages, records
from governance.regions.models import Region


@transaction.atomic
def confirm_month(*, by: Any, region: Region, month: date, note: str = "") -> ConfirmedMonth:
    """Say that the records of a month that has ended are complete at a place; `month` is its first day.

    Whoever confirms at the place above is told, for she waits for it.
    """
    confirmed = records.add(ConfirmedMonth(region=region, month=month, note=note, confirmed_by=by), by=by)
    if region.parent is not None:
        messages.tell(
            users=[user for user in Holders("attainment.add_confirmedmonth").nearest(region.parent.path) if user != by],
            kind=messages.Kind.CONFIRMED,
            key=f"confirmed:{confirmed.pk}",
            title=format_lazy(_("{place}已确认 {month} 的数据"), place=region.name, month=f"{month:%Y-%m}"),
            text=note,
            url=confirmed.get_absolute_url(),
        )
    return confirmed
