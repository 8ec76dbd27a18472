"""What has been kept long enough: records with something personal in them, and persons all of whose records are past."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import DateTimeField, Exists, F, Model, OuterRef, Q, QuerySet

from governance.kit import erasing
from governance.kit.homes import home_of
from governance.kit.retention import PERIODS, Period
from governance.people.models import Person

_STRETCH = 5_000  # persons of whom the records are looked through at once


@dataclass(frozen=True, slots=True)
class Over:
    """A record whose time is over: its kind, key and place, and its last day."""

    kind: str
    record: int
    region: int
    ended_on: date | None


def kinds() -> list[Period]:
    """Return the periods behind which something is emptied, that of persons last."""
    own = [period for model, period in PERIODS.items() if model is not Person and erasing.private_fields(model)]
    return [*own, PERIODS[Person]]


def overdue(today: date, *, inside: str = "") -> Iterator[Over]:
    """Yield all that is over below a place (its path; everywhere without one)."""
    for period in kinds():
        for rows in _stretches(period, today):
            if inside:
                rows = rows.filter(**{f"{home_of(period.model)}__path__startswith": inside})
            yield from _told(period, rows)


def still(kind: str, keys: Collection[int], today: date) -> set[int]:
    """Return those of the keys whose time is still over: something may have been added since it was announced."""
    period = next((each for each in kinds() if each.model._meta.label_lower == kind), None)
    if period is None:
        return set()
    rows = _past(period, today) if period.model is not Person else _persons(today)
    return set(rows.filter(pk__in=keys).values_list("pk", flat=True))


def _stretches(period: Period, today: date) -> Iterator[QuerySet[Any]]:
    if period.model is not Person:
        yield _past(period, today)
        return
    last = Person.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    for first in range(0, last, _STRETCH):  # the records of a few thousand at a time, never of a province
        yield _persons(today).filter(pk__gt=first, pk__lte=first + _STRETCH)


def _past(period: Period, today: date) -> QuerySet[Any]:
    """Return the records of a kind that are past their time and not emptied yet."""
    rows: QuerySet[Any] = period.model._default_manager.filter(_ended(period, today), erasing.filled(period.model))
    return rows.order_by("pk")


def _persons(today: date) -> QuerySet[Any]:
    """Return the persons whom no record holds back any more."""
    rows = Person.objects.filter(_ended(PERIODS[Person], today), erased_at=None).order_by("pk")
    for holding in erasing.holdings(Person):
        period = PERIODS.get(holding.model)
        if period is None or holding.model is Person:
            continue
        for way in holding.ways:
            open_rows = holding.model._default_manager.filter(**{way: OuterRef("pk")}).exclude(_ended(period, today))
            rows = rows.exclude(Exists(open_rows))
    return rows


def _ended(period: Period, today: date) -> Q:
    return Q(**{f"{period.ended}__isnull": False, f"{_day(period.model, period.ended)}__lt": period.border(today)})


def _day(model: type[Model], name: str) -> str:
    return f"{name}__date" if _is_time(model, name) else name


def _is_time(model: type[Model], name: str) -> bool:
    at: Any = model
    *way, last = name.split("__")
    for step in way:
        at = at._meta.get_field(step).related_model
    return isinstance(at._meta.get_field(last), DateTimeField)


def _told(period: Period, rows: QuerySet[Any]) -> Iterator[Over]:
    kind, home = period.model._meta.label_lower, home_of(period.model)
    named = rows.annotate(over_region=F(f"{home}__pk"), over_day=F(_day(period.model, period.ended)))
    for key, region, day in named.values_list("pk", "over_region", "over_day").iterator(2000):
        yield Over(kind, key, region, day)
