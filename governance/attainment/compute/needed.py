"""Which months an answer looks at."""

from __future__ import annotations

from collections.abc import Iterable

from governance.attainment.compute.indicator import Asked
from governance.attainment.periods import MONTHS, judged_at


def months_needed(asked: Iterable[Asked], month: int) -> tuple[int, int]:
    """Return the first and the last month that the answers as of `month` may look at."""
    days = [
        day
        for one in asked
        for day in (
            one.valid_from,
            one.baseline_on,
            *(milestone.due for milestone in one.milestones),
            *(milestone.due for milestones in one.allocated.values() for milestone in milestones),
        )
        if day is not None
    ]
    return min([month, *map(judged_at, days)]) - MONTHS, month
