"""The days of a source's marks, as far back as the windows asked for reach."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import numpy as np
from django.db.models import F, Q

from governance.attainment.periods import first_day
from governance.attainment.rollup.facts import Days, Spans
from governance.attainment.rollup.tree import Ints
from governance.attainment.sources.compiled import Calendar
from governance.attainment.sources.fields import Code, Number
from governance.attainment.sources.needs import Needs
from governance.attainment.sources.packed import Homes
from governance.attainment.sources.rows import Rows, cut
from governance.kit.measures.sources import Events, Implied


class EventRows(Rows):
    """Rows with a day; what happened before any window but `total` is put into the month before them all."""

    declared: Events

    def __init__(self, declared: Events, needs: Needs, places: Homes, homes: Ints, months: tuple[int, int]) -> None:
        self.declared = declared
        first = months[0] - needs.back - (1 if needs.ever else 0)
        super().__init__(needs, places, homes, Calendar(first_day(first), first_day(months[1] + 1)))

    def flow(self, mark: str, weight: str | None) -> Days:
        """Return the days of a mark."""
        chosen = self._marked(mark)
        return self._days(chosen, self._amounts(weight, chosen))

    def persons(self, mark: str) -> Days:
        """Return the days of a mark with their persons, in order; an event without a person counts nobody."""
        if mark not in self.needs.persons:
            raise LookupError(f"the persons of {self.declared.name}.{mark} were not asked for")
        chosen, named = self._marked(mark), self._named()
        if named is not True:
            chosen = np.flatnonzero(named) if chosen is True else chosen[named[chosen]]
        days = self._days(chosen)
        return Days(days.home, days.month, None, cut(self.table["person"], chosen), ordered=True)

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
        return Days(cut(self.table.home, chosen), cut(self._month, chosen), amount)

    @cached_property
    def _month(self) -> Ints:
        return self._calendar.months[self.table["on"]]

    def _inside(self) -> Q:
        inside = Q(**{f"{self.declared.on}__lt": self._calendar.until})
        return inside if self.needs.ever else inside & Q(**{f"{self.declared.on}__gte": self._calendar.first})

    def _order(self) -> tuple[str, ...]:
        return (self.declared.person, self.declared.on) if self.needs.persons else ()

    def _numbers(self) -> Iterable[Number | Code]:
        yield self._calendar.start("on", F(self.declared.on))
        if self.needs.persons:
            yield from self._person()
        yield from super()._numbers()
