"""What places are named: demonstration sites, brands, pilots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from governance.deliberation.models import Designation
from governance.kit.bulkload import copy
from governance.kit.drawing import NOTE, Array, last_day, text_of
from governance.regions.demo.places import short
from governance.regions.models import Region

COLUMNS = ("region_id", "kind", "tier", "name", "named_by", "named_on", "until", "document_no")
DEMO = Designation.Kind.FIVE_SOCIETY_DEMO.value


@dataclass(frozen=True)
class Named:
    """Places of a list that are named on days, one after the other."""

    kind: Designation.Kind
    homes: Sequence[Region]
    at: Array
    days: Array
    named_by: str
    word: str


def load_names(named: Sequence[Named]) -> int:
    """COPY designations that have been given, and return how many."""
    return copy(Designation, COLUMNS, (row for one in named for row in _rows(one)))


def _rows(one: Named) -> Iterator[tuple[Any, ...]]:
    last = last_day()
    for number, (position, day) in enumerate(zip(one.at.tolist(), one.days.tolist(), strict=True), start=1):
        if day <= last:
            home = one.homes[position]
            name = f"{short(home.name)}{one.word}"
            yield home.pk, one.kind.value, "", name, one.named_by, text_of(day), None, f"{NOTE}{number}号"
