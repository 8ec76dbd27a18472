"""What may be reported, as a menu."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from governance.kit.measures.sources import SERIES, reportable
from governance.kit.wording import bracketed


def reportable_choices() -> list[tuple[Any, Any]]:
    """Return code and name with unit of every number that may be reported, grouped by series."""
    groups: dict[str, list[tuple[str, str]]] = {series: [] for series in SERIES}
    for number in reportable().values():
        groups[number.series].append((number.code, bracketed(number.name, number.unit)))
    return [(SERIES[series], numbers) for series, numbers in groups.items() if numbers]


def offered_choices() -> list[tuple[Any, Any]]:
    """Return the same for a form, where one of them is to be chosen."""
    return [("", _("请选择")), *reportable_choices()]
