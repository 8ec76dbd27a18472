"""Statements of what places have, and from when on registers are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from governance.kit.bulkload import copy
from governance.kit.drawing import NOTE, Array, Curve, Draw, last_day, written
from governance.regions.models import CapabilityComponent, Region, RegionCapability, RegisterCoverage

_COLUMNS = ("region_id", "item_id", "component_id", "statement", "since", "until", "evidence", "note")


@dataclass(frozen=True)
class Stated:
    """An item (or components of it) at places of a list; `at` are positions there."""

    item: str
    homes: Sequence[Region]
    at: Array
    curve: Curve
    components: Sequence[str] = ()
    subject_to: bool = False
    order: Array | None = None


def load_statements(root: str, stated: Iterable[Stated]) -> int:
    """COPY statements and return how many."""
    components = {(row.item_id, row.slug): row.pk for row in CapabilityComponent.objects.all()}
    return copy(RegionCapability, _COLUMNS, (row for one in stated for row in _rows(root, one, components)))


def keep_registers(region: Region, since: Mapping[str, date], note: str = NOTE) -> None:
    """State from when on registers are kept at a place."""
    RegisterCoverage.objects.bulk_create(
        RegisterCoverage(region=region, register=register, since=day, note=note) for register, day in since.items()
    )


def _rows(root: str, one: Stated, components: Mapping[tuple[str, str], int]) -> Iterator[tuple[Any, ...]]:
    statement = "subject_to" if one.subject_to else "has"
    draw = Draw(f"statement {one.item} {statement} {root} {len(one.homes)}")
    count = len(one.at)
    begun = draw.days(count, one.curve)
    if one.order is None:
        begun = draw.random.permutation(begun)
    else:
        rank = np.argsort(-(one.order[one.at] + draw.random.normal(0, 0.25, count)))
        ranked = np.empty_like(begun)
        ranked[rank] = begun
        begun = ranked
    for number, component in enumerate(one.components or [None]):
        since = begun + number * 20  # one after the other
        kept = np.flatnonzero(since <= last_day())
        key = components[one.item, component] if component else None
        for position, day in zip(one.at[kept].tolist(), written(since[kept]), strict=True):
            yield one.homes[position].pk, one.item, key, statement, day, None, "", NOTE
