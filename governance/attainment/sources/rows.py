"""The records of a declared source as spans and days: read once, then cut out of the packed rows for each mark."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import numpy as np
from django.apps import apps
from django.db.models import F, Model, Q, Value
from django.db.models.functions import Coalesce

from governance.attainment.periods import first_day
from governance.attainment.rollup.facts import HUNDREDTHS, Days, Spans
from governance.attainment.rollup.tree import Ints
from governance.attainment.sources.compiled import Calendar, Statement, compiled
from governance.attainment.sources.fields import Code, Number, column, in_hundredths
from governance.attainment.sources.lookups import may_be_null
from governance.attainment.sources.needs import Needs
from governance.attainment.sources.packed import Homes, Table, read
from governance.kit.measures.sources import Events, Implied, Intervals

_EPOCH = 1970 * 12
_LARGEST = (2**63 - 1) // HUNDREDTHS


class _Rows:
    """What intervals and events have in common: conditions, weights and kinds."""

    declared: Intervals | Events

    def __init__(self, needs: Needs, places: Homes, homes: Ints) -> None:
        self.needs, self._places, self._homes = needs, places, homes
        self.model: type[Model] = apps.get_model(self.declared.model)

    @cached_property
    def statement(self) -> Statement | None:
        """The statement that reads the rows; None where there can be none."""
        rows = self.model._default_manager.filter(self._inside())
        return compiled(rows, self.declared.home, self._homes, self._numbers(), self._order())

    @cached_property
    def table(self) -> Table:
        """The packed rows; one query."""
        return read(self.statement, self._places)

    def _inside(self) -> Q:
        raise NotImplementedError

    def _order(self) -> tuple[str, ...]:
        return ()

    def _numbers(self) -> Iterable[Number | Code]:
        for mark in sorted(self.needs.marks):
            if condition := self.declared.marks[mark].condition:
                yield Code(f"mark {mark}", (condition,))
        for weight in sorted(self.needs.weights):
            yield column(f"weight {weight}", self.model, self.declared.weights[weight].lookup, hundredths=True)
        for kind in sorted(self.needs.kinds):
            listed = self.declared.kinds[kind]
            yield Code(f"kind {kind}", [listed.condition & Q(**{listed.lookup: value}) for value in listed.values])
        for at, implied in enumerate(self.needs.implied):
            if implied.condition:
                yield Code(f"implied {at}", (implied.condition,))

    def _person(self) -> Iterable[Number | Code]:
        yield column("person", self.model, self.declared.person)
        if may_be_null(self.model, self.declared.person):
            yield Code("named", (Q(**{f"{self.declared.person}__isnull": False}),))

    def _named(self) -> Any:
        return self.table.has("named") if may_be_null(self.model, self.declared.person) else True

    def _marked(self, mark: str) -> Any:
        """Return which rows have a mark: flags, or True for all."""
        condition = self.declared.marks[mark].condition
        if mark not in self.needs.marks:
            raise LookupError(f"{self.declared.name}.{mark} was not among the expressions asked for")
        return self.table.has(f"mark {mark}") if condition else True

    def _of_kind(self, kind: str) -> list[Any]:
        values = self.declared.kinds[kind].values
        if kind not in self.needs.kinds:
            raise LookupError(f"{self.declared.name}.{kind} was not among the expressions asked for")
        return [self.table.has(f"kind {kind}", at) for at, _ in enumerate(values, 1)]

    def _implying(self, implied: Implied) -> Any:
        at = self.needs.implied.index(implied)
        return self.table.has(f"implied {at}") if implied.condition else True

    def _amounts(self, weight: str | None, chosen: Any) -> Ints | None:
        if weight is None:
            return None
        lookup = self.declared.weights[weight].lookup
        if weight not in self.needs.weights:
            raise LookupError(f"{self.declared.name}, {weight} was not among the expressions asked for")
        values: Ints = _cut(self.table[f"weight {weight}"], chosen)
        if in_hundredths(self.model, lookup):
            return values
        if len(values) and (int(values.max()) > _LARGEST or int(values.min()) < -_LARGEST):
            raise OverflowError(f"{self.declared.name}, {weight}: a number does not fit in hundredths")
        return values * HUNDREDTHS


class IntervalRows(_Rows):
    """Rows with a span, cut to the months asked for."""

    declared: Intervals

    def __init__(self, declared: Intervals, needs: Needs, places: Homes, homes: Ints, months: tuple[int, int]) -> None:
        self.declared = declared
        super().__init__(needs, places, homes)
        self.calendar = Calendar(first_day(months[0]), first_day(months[1] + 1))
        self._after = months[1] + 1

    def stock(self, mark: str, weight: str | None) -> Spans:
        """Return the spans of a mark; without a weight, spans of one person at one home never overlap.

        Where rows name no person each stands for itself. A weight is summed over all rows.
        """
        chosen = self._marked(mark)
        spans = self._spans(chosen, self._first_of(mark), self._amounts(weight, chosen))
        if self.declared.person and weight is None:
            person, named = _cut(self.table["person"], chosen), self._named()
            spans = merged(spans, person, named if named is True else _cut(named, chosen))
        # what has the mark from a later day on, or from none, does not have it in these months
        return _some(spans, spans.first < self._after) if self._own_since(mark) else spans

    def kinds(self, kind: str) -> list[Spans]:
        """Return for each listed value the spans of its rows."""
        return [self._spans(chosen, self._first) for chosen in self._of_kind(kind)]

    def implied(self, implied: Implied) -> Spans:
        """Return the spans of the rows that imply an item."""
        return self._spans(self._implying(implied), self._first)

    def _spans(self, chosen: Any, first: Ints, amount: Ints | None = None) -> Spans:
        return Spans(_cut(self.table.home, chosen), _cut(first, chosen), _cut(self._until, chosen), amount)

    @cached_property
    def _months(self) -> Ints:
        return months_of(self.calendar)

    @cached_property
    def _first(self) -> Ints:
        return self._months[self.table["since"]]

    @cached_property
    def _until(self) -> Ints:
        return self._months[self.table["until"]]

    def _own_since(self, mark: str) -> str:
        since = self.declared.marks[mark].since
        return "" if since == self.declared.since else since

    def _first_of(self, mark: str) -> Ints:
        return self._months[self.table[f"since {mark}"]] if self._own_since(mark) else self._first

    def _inside(self) -> Q:
        began = Q(**{f"{self.declared.since}__lt": self.calendar.until})
        if may_be_null(self.model, self.declared.since):
            began |= Q(**{f"{self.declared.since}__isnull": True})
        lasts = Q(**{f"{self.declared.until}__gt": self.calendar.first})
        if may_be_null(self.model, self.declared.until):
            lasts |= Q(**{f"{self.declared.until}__isnull": True})
        return began & lasts

    def _numbers(self) -> Iterable[Number | Code]:
        yield self.calendar.start("since", F(self.declared.since))
        yield self.calendar.end("until", F(self.declared.until))
        for mark in sorted(self.needs.marks):
            if own := self._own_since(mark):  # a row without this day never has the mark
                day = Coalesce(F(own), Value(self.calendar.until))
                yield self.calendar.latest(f"since {mark}", day, F(self.declared.since))
        if self.declared.person and self.needs.marks:
            yield from self._person()
        yield from super()._numbers()


class EventRows(_Rows):
    """Rows with a day; what happened before any window but `total` is put into the month before them all."""

    declared: Events

    def __init__(self, declared: Events, needs: Needs, places: Homes, homes: Ints, months: tuple[int, int]) -> None:
        self.declared = declared
        super().__init__(needs, places, homes)
        first = months[0] - needs.back - (1 if needs.ever else 0)
        self.calendar = Calendar(first_day(first), first_day(months[1] + 1))

    def flow(self, mark: str, weight: str | None) -> Days:
        """Return the days of a mark."""
        chosen = self._marked(mark)
        return self._days(chosen, self._amounts(weight, chosen))

    def persons(self, mark: str) -> Days:
        """Return the days of a mark with their persons, in order; an event without a person counts nobody."""
        if mark not in self.needs.persons:
            raise LookupError(f"the persons of {self.declared.name}.{mark} were not asked for")
        marked, named = self._marked(mark), self._named()
        chosen = marked if named is True else named & marked
        days = self._days(chosen)
        return Days(days.home, days.month, None, _cut(self.table["person"], chosen), ordered=True)

    def kinds(self, kind: str, window: str) -> list[Spans]:
        """Return for each listed value the months in which it occurs."""
        return [self._days(chosen).in_window(window) for chosen in self._of_kind(kind)]

    def implied(self, implied: Implied) -> Spans:
        """Return the months in which the rows imply an item."""
        days = self._days(self._implying(implied))
        if implied.months is None:
            return days.in_window("total")
        return Spans(days.home, days.month, days.month + implied.months)

    def _days(self, chosen: Any, amount: Ints | None = None) -> Days:
        return Days(_cut(self.table.home, chosen), _cut(self._month, chosen), amount)

    @cached_property
    def _month(self) -> Ints:
        return months_of(self.calendar)[self.table["on"]]

    def _inside(self) -> Q:
        inside = Q(**{f"{self.declared.on}__lt": self.calendar.until})
        return inside if self.needs.ever else inside & Q(**{f"{self.declared.on}__gte": self.calendar.first})

    def _order(self) -> tuple[str, ...]:
        return (self.declared.person, self.declared.on) if self.needs.persons else ()

    def _numbers(self) -> Iterable[Number | Code]:
        yield self.calendar.start("on", F(self.declared.on))
        if self.needs.persons:
            yield from self._person()
        yield from super()._numbers()


def months_of(calendar: Calendar) -> Ints:
    """Return the month of each day of a calendar, its end included."""
    days = np.arange(np.datetime64(calendar.first), np.datetime64(calendar.until) + 1)
    return months_of_days(days)


def months_of_days(days: Any) -> Ints:
    """Return the months of days (`datetime64`)."""
    found: Ints = days.astype("datetime64[M]").astype(np.int64) + _EPOCH
    return found


def merged(spans: Spans, person: Ints, named: Any) -> Spans:
    """Return spans of which no two of one person at one home overlap; they cover the same months as before."""
    if named is not True:
        nobody = np.flatnonzero(~named)
        alone = Spans(spans.home[nobody], spans.first[nobody], spans.until[nobody])
        one = merged(_some(spans, named), person[named], True)
        return Spans(
            *(np.concatenate((getattr(alone, name), getattr(one, name))) for name in ("home", "first", "until"))
        )
    order = np.lexsort((spans.first, person, spans.home))
    home, first, until, whose = spans.home[order], spans.first[order], spans.until[order], person[order]
    if not len(home):
        return spans
    other = np.ones(len(home), dtype=np.bool_)
    other[1:] = (home[1:] != home[:-1]) | (whose[1:] != whose[:-1])
    group = np.cumsum(other)
    wide = int(until.max()) + 1  # groups lie beside each other, so that the largest end so far never comes from another
    reached = np.maximum.accumulate(group * wide + until) - group * wide
    first[1:] = np.where(other[1:], first[1:], np.maximum(first[1:], reached[:-1]))
    return _some(Spans(home, first, until), first < until)


def _cut(column: Any, chosen: Any) -> Any:
    return column if chosen is True else column[chosen]


def _some(spans: Spans, chosen: Any) -> Spans:
    amount = None if spans.amount is None else spans.amount[chosen]
    return Spans(spans.home[chosen], spans.first[chosen], spans.until[chosen], amount)
