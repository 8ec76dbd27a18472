"""Rows of declared sources: alive at a month end, or of a window of months."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.db.models import F, Lookup, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from governance.attainment.periods import MONTHS, first_day, last_day
from governance.attainment.rollup.facts import NoSource
from governance.kit.measures.sources import SOURCES, Events, Implied, Intervals

_BEFORE = {"month": 0, "last12": 11, "last24": 23}


def intervals_of(source: str) -> Intervals:
    """Return the intervals that are declared under a name; raises `NoSource`."""
    declared = SOURCES.get(source)
    if declared is None or declared.intervals is None:
        raise NoSource(source)
    return declared.intervals


def events_of(source: str) -> Events:
    """Return the events that are declared under a name; raises `NoSource`."""
    declared = SOURCES.get(source)
    if declared is None or declared.events is None:
        raise NoSource(source)
    return declared.events


class Among(Lookup):
    """A key is one of many, which are one parameter however many they are."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Return `key = ANY(array)`."""
        key, parameters = self.process_lhs(compiler, connection)
        return f"{key} = ANY(%s)", [*parameters, self.rhs]


def among(lookup: str, keys: Sequence[int]) -> Q:
    """Return the condition that the key at a look-up is one of these."""
    return Q(Among(F(lookup), list(keys)))


def homed(declared: Intervals | Events, condition: Q, homes: Sequence[int]) -> QuerySet[Any]:
    """Return the rows with a condition that are homed at these places, in an order that stays."""
    rows: QuerySet[Any] = apps.get_model(declared.model)._default_manager.filter(condition)
    return rows.filter(among(f"{declared.home}__pk", homes)).order_by(f"{declared.home}__pk", "pk")


def alive(since: str, until: str, month: int) -> Q:
    """Return the condition that a span holds at a month end; an empty end is open."""
    last = last_day(month)
    begun = Q(**{f"{since}__isnull": True}) | Q(**{f"{since}__lte": last})
    return begun & (Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": last}))


def marked_since(declared: Intervals, since: str, month: int) -> Q:
    """Return the condition that a row has, by a month end, a mark with a start of its own: without a day it has none."""
    return Q() if since == declared.since else Q(**{f"{since}__lte": last_day(month)})


def in_window(on: str, month: int, window: str) -> Q:
    """Return the condition that a day lies in the window that ends with a month."""
    ended = Q(**{f"{on}__lte": last_day(month)})
    if window == "total":
        return ended
    first = month - month % MONTHS if window == "ytd" else month - _BEFORE[window]
    return ended & Q(**{f"{on}__gte": first_day(first)})


def implying(declared: Intervals | Events, implied: Implied, month: int) -> Q:
    """Return the condition of rows that make an item present at a month end."""
    if isinstance(declared, Intervals):
        return implied.condition & alive(declared.since, declared.until, month)
    lasting = in_window(declared.on, month, "total")
    if implied.months is not None:
        lasting &= Q(**{f"{declared.on}__gte": first_day(month - implied.months + 1)})
    return implied.condition & lasting


def latest_of_each(declared: Events, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return, of the rows that name a person, the latest one of each person at each home."""
    return rows.filter(pk__in=_first_of_each(declared, rows, F(declared.on).desc(), F("pk").desc()))


def one_of_each(declared: Intervals, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return, of the rows that name a person, the earliest one of each person at each home, and all that name nobody."""
    if not declared.person:
        return rows
    earliest = _first_of_each(declared, rows, F(declared.since).asc(nulls_first=True), F("pk").asc())
    return rows.filter(Q(**{f"{declared.person}__isnull": True}) | Q(pk__in=earliest))


def _first_of_each(declared: Intervals | Events, rows: QuerySet[Any], *order: Any) -> QuerySet[Any]:
    named = rows.filter(**{f"{declared.person}__isnull": False}).order_by()
    place = Window(RowNumber(), partition_by=[F(f"{declared.home}__pk"), F(declared.person)], order_by=list(order))
    first: QuerySet[Any] = named.annotate(_place=place).filter(_place=1).values("pk")
    return first
