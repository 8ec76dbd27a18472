"""The spans of a source's marks, cut to the months asked for; each person once at a home."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import numpy as np
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from governance.attainment.periods import first_day
from governance.attainment.rollup.facts import Spans
from governance.attainment.rollup.tree import Ints
from governance.attainment.sources.compiled import Calendar
from governance.attainment.sources.fields import Code, Number
from governance.attainment.sources.lookups import may_be_null
from governance.attainment.sources.needs import Needs
from governance.attainment.sources.packed import Homes
from governance.attainment.sources.rows import Rows, cut, some
from governance.kit.measures.sources import Implied, Intervals


class IntervalRows(Rows):
    """Rows with a span, cut to the months asked for."""

    declared: Intervals

    def __init__(self, declared: Intervals, needs: Needs, places: Homes, homes: Ints, months: tuple[int, int]) -> None:
        self.declared = declared
        super().__init__(needs, places, homes, Calendar(first_day(months[0]), first_day(months[1] + 1)))
        self._after = months[1] + 1

    def stock(self, mark: str, weight: str | None) -> Spans:
        """Return the spans of a mark; without a weight, spans of one person at one home never overlap.

        Where rows name no person each stands for itself. A weight is summed over all rows.
        """
        chosen = self._marked(mark)
        spans = self._spans(chosen, self._first_of(mark), self._amounts(weight, chosen))
        if self.declared.person and weight is None:
            person, named = cut(self.table["person"], chosen), self._named()
            spans = merged(spans, person, named if named is True else cut(named, chosen))
        # what has the mark from a later day on, or from none, does not have it in these months
        return some(spans, spans.first < self._after) if self._own_since(mark) else spans

    def kinds(self, kind: str) -> list[Spans]:
        """Return for each listed value the spans of its rows."""
        return [self._spans(chosen, self._first) for chosen in self._of_kind(kind)]

    def implied(self, implied: Implied) -> Spans:
        """Return the spans of the rows that imply an item."""
        return self._spans(self._implying(implied), self._first)

    def _spans(self, chosen: Any, first: Ints, amount: Ints | None = None) -> Spans:
        return Spans(cut(self.table.home, chosen), cut(first, chosen), cut(self._until, chosen), amount)

    @cached_property
    def _months(self) -> Ints:
        return self._calendar.months

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
        began = Q(**{f"{self.declared.since}__lt": self._calendar.until})
        if may_be_null(self.model, self.declared.since):
            began |= Q(**{f"{self.declared.since}__isnull": True})
        lasts = Q(**{f"{self.declared.until}__gt": self._calendar.first})
        if may_be_null(self.model, self.declared.until):
            lasts |= Q(**{f"{self.declared.until}__isnull": True})
        return began & lasts

    def _numbers(self) -> Iterable[Number | Code]:
        yield self._calendar.start("since", F(self.declared.since))
        yield self._calendar.end("until", F(self.declared.until))
        for mark in sorted(self.needs.marks):
            if own := self._own_since(mark):  # a row without this day never has the mark
                day = Coalesce(F(own), Value(self._calendar.until))
                yield self._calendar.latest(f"since {mark}", day, F(self.declared.since))
        if self.declared.person and self.needs.marks:
            yield from self._person()
        yield from super()._numbers()


def merged(spans: Spans, person: Ints, named: Any) -> Spans:
    """Return spans of which no two of one person at one home overlap; they cover the same months as before."""
    if named is not True:
        nobody = np.flatnonzero(~named)
        alone = Spans(spans.home[nobody], spans.first[nobody], spans.until[nobody])
        one = merged(some(spans, named), person[named], True)
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
    return some(Spans(home, first, until), first < until)
