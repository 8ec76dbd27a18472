"""One number counted from the records by plain queries (docs/attainment.md, parts 1 to 4), for the random counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import Count as Counting
from django.db.models import Model, Q, Sum

from governance.attainment.periods import MONTHS, december, first_day, last_day
from governance.kit.measures import expressions as e
from governance.kit.measures.sources import SOURCES
from governance.regions.models import Region, RegionSet, RegisterCoverage

_COMMITTEES = {"urban": "residents", "rural": "villagers"}
_LAST_CODE = {"street_office": 99, "street_or_town": 199}


@dataclass(frozen=True)
class Cell:
    """What is to be counted where, at the end of which month."""

    region: Region
    month: int
    key: e.Stock | e.Flow | e.Distinct | e.Units


@dataclass(frozen=True)
class Count:
    """A number, and of how many of its units it is known."""

    value: Decimal
    known: int
    units: int


def count(cell: Cell) -> Count | None:
    """Return the number of a cell, None where it is missing."""
    places = _valid_below(cell.region, cell.month)
    if cell.region.pk not in places:
        return None
    if isinstance(cell.key, e.Units):
        units = [place for place in places.values() if _is_unit(place, cell.key)]
        return Count(Decimal(len(units)), len(units), len(units))
    kept = _kept(cell.region, places, cell.key.source, cell.month)
    units = [place for place in places.values() if place.level == "community"]
    known = [place for place in units if place.pk in kept]
    if not (known if units else cell.region.pk in kept):
        return None
    rows = _rows(cell.key, cell.month, cell.region)
    value = sum((Decimal(amount or 0) for home, amount in rows if home in kept), Decimal(0))
    return Count(value, len(known), len(units))


def _valid_below(region: Region, month: int) -> dict[int, Region]:
    """Return the places at and below one that hold at the end of a month with all above them; empty if itself does not."""
    day = last_day(month)

    def alive(place: Region) -> bool:
        return (place.since is None or place.since <= day) and (place.until is None or place.until > day)

    above = Region.objects.filter(code__in=region.path.split("/")[:-2])
    if not all(map(alive, above)):
        return {}
    found: dict[int, Region] = {}
    for place in Region.objects.filter(path__startswith=region.path).order_by("path"):
        if alive(place) and (place.pk == region.pk or place.parent_id in found):
            found[place.pk] = place
    return found


def _kept(region: Region, places: dict[int, Region], register: str, month: int) -> set[int]:
    """Return the places where a register is kept: the nearest statement going upwards decides."""
    stated = dict(
        RegisterCoverage.objects.filter(
            Q(region__path__startswith=region.path) | Q(region__code__in=region.path.split("/")[:-1]), register=register
        ).values_list("region__code", "since")
    )

    def since(place: Region) -> date | None:
        return next((stated[code] for code in reversed(place.path.split("/")[:-1]) if code in stated), None)

    day = last_day(month)
    return {key for key, place in places.items() if (stated_on := since(place)) is not None and stated_on <= day}


def _is_unit(place: Region, key: e.Units) -> bool:
    if place.level not in key.levels:
        return False
    kind = key.kind or ""
    if kind.startswith(e.NAMED):
        return place.code in RegionSet.objects.get(slug=kind.removeprefix(e.NAMED)).codes
    if place.level == "county":
        return place.code[4] != "7"
    if place.level == "township":
        return 1 <= int(place.code[6:9]) <= _LAST_CODE.get(kind, 399)
    return not kind or place.committee_type == _COMMITTEES[kind]


def _rows(key: e.Stock | e.Flow | e.Distinct, month: int, region: Region) -> list[tuple[int, Any]]:
    """Return for each home at or below a place the number of its records."""
    source, day = SOURCES[key.source], last_day(month)
    number: Any = Counting("pk")
    if isinstance(key, e.Stock):
        spans = source.intervals
        assert spans is not None  # noqa: S101  such keys are not drawn
        declared: Any = spans
        mark = spans.marks[key.mark]
        when = (Q(**{spans.since: None}) | Q(**{f"{spans.since}__lte": day})) & (
            Q(**{spans.until: None}) | Q(**{f"{spans.until}__gt": day})
        )
        if spans.person and not key.weight:  # rows of one person at one place are one
            nobody = Q(**{f"{spans.person}__isnull": True})
            number = Counting(spans.person, distinct=True) + Counting("pk", filter=nobody)
        if mark.since:
            when &= Q(**{f"{mark.since}__lte": day})
    else:
        events = source.events
        assert events is not None  # noqa: S101  the same
        declared, mark = events, events.marks[key.mark]
        first = _FIRST[key.window](month)
        when = Q(**{f"{events.on}__lte": day})
        when &= Q() if first is None else Q(**{f"{events.on}__gte": first})
        if isinstance(key, e.Distinct):
            number = Counting(events.person, distinct=True)
    if not isinstance(key, e.Distinct) and key.weight:
        number = Sum(declared.weights[key.weight].lookup)
    model: type[Model] = apps.get_model(declared.model)
    rows = model._default_manager.filter(mark.condition & when, **{f"{declared.home}__path__startswith": region.path})
    return list(rows.order_by().values_list(declared.home).annotate(number=number).values_list(declared.home, "number"))


#: the first day of each window that ends with a month
_FIRST: dict[str, Callable[[int], date | None]] = {
    "month": first_day,
    "ytd": lambda month: first_day(december(month // MONTHS) - MONTHS + 1),
    "last12": lambda month: first_day(month - MONTHS + 1),
    "last24": lambda month: first_day(month - 2 * MONTHS + 1),
    "total": lambda month: None,
}
