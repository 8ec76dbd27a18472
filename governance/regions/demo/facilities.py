"""Places of service of a root: rooms and stations of communities, stations of townships, centres of counties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from governance.kit.bulkload import copy
from governance.kit.drawing import Array, Curve, Draw, written
from governance.regions.demo.places import Places, short
from governance.regions.models import Facility, Region

_COLUMNS = ("region_id", "kind", "name", "address", "floor_area", "capacity", "since", "until")
_SIZES = {  # square metres, and who finds room there
    Facility.Kind.INCUBATOR: (900, 2600, 20, 60),
    Facility.Kind.TRAINING_BASE: (300, 1200, 40, 120),
    Facility.Kind.SOCIAL_WORK_CENTRE: (200, 800, 20, 80),
    Facility.Kind.STREET_SERVICE_CENTRE: (400, 2400, 30, 90),
}
_ROOM = (30, 240, 10, 60)


@dataclass(frozen=True)
class Opened:
    """Facilities of one kind at places of one list; `at` are positions there, `late` of them open after the curve."""

    kind: Facility.Kind
    homes: Sequence[Region]
    at: Array
    curve: Curve
    late: Array | None = None
    order: Array | None = None  # what says which opens earlier: how well places do


def load_facilities(places: Places, opened: Sequence[Opened]) -> int:
    """COPY facilities and return how many."""
    return copy(Facility, _COLUMNS, (row for one in opened for row in _rows(places, one)))


def _rows(places: Places, one: Opened) -> Iterator[tuple[Any, ...]]:
    draw = Draw(f"facility {one.kind} {places.root.code} {len(one.homes)}")
    count, late = len(one.at), one.late if one.late is not None else np.arange(0)
    spans = draw.spans(count, one.curve, later=len(late))
    since = np.sort(spans.since)
    if one.order is not None:  # who does well opens early, though not strictly so
        rank = np.argsort(-(one.order[one.at] + draw.random.normal(0, 0.25, count)))
        since_of = np.empty(count, dtype=np.int64)
        since_of[rank] = since[:count]
        spans = type(spans)(np.concatenate([since_of, since[count:]]), np.zeros(len(since), dtype=np.int64))
    at = np.concatenate([one.at, late])
    low, high, least, most = _SIZES.get(one.kind, _ROOM)
    area = draw.random.integers(low, high, len(at)).tolist()
    room = draw.random.integers(least, most, len(at)).tolist()
    kept = spans.kept()
    spans = spans.at(kept)
    told = zip(kept.tolist(), written(spans.since), written(spans.until), strict=True)
    label = str(one.kind.label).replace("（点）", "")
    for number, since_on, until_on in told:
        home = one.homes[at[number]]
        name = f"{short(home.name)}{label}"
        yield (
            home.pk,
            one.kind.value,
            name,
            f"{home.name}演示路{number % 200 + 1}号",
            area[number],
            room[number],
            since_on,
            until_on,
        )
