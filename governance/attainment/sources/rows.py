"""The records of a declared source as spans and days: read once, then cut out of the packed rows for each mark."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import numpy as np
from django.apps import apps
from django.db.models import Model, Q

from governance.attainment.rollup.facts import HUNDREDTHS, Spans
from governance.attainment.rollup.tree import Ints
from governance.attainment.sources.compiled import Calendar, Same, Statement, compiled, once
from governance.attainment.sources.fields import Code, Number, column, in_hundredths
from governance.attainment.sources.lookups import may_be_null
from governance.attainment.sources.needs import Needs
from governance.attainment.sources.packed import Homes, Table, read
from governance.kit.measures.sources import Events, Implied, Intervals

_LARGEST = (2**63 - 1) // HUNDREDTHS


class Rows:
    """What intervals and events have in common: conditions, weights and kinds."""

    declared: Intervals | Events

    def __init__(self, needs: Needs, places: Homes, homes: Ints, calendar: Calendar) -> None:
        self.needs, self._places, self._homes, self._calendar = needs, places, homes, calendar
        self.model: type[Model] = apps.get_model(self.declared.model)

    @cached_property
    def statement(self) -> Statement | None:
        """The statement that reads the rows; None where there can be none."""
        key = (Same(self.declared), self.needs.key, self._calendar)
        return once(key, self._compiled)

    def _compiled(self) -> Statement | None:
        rows = self.model._default_manager.filter(self._inside())
        return compiled(rows, self.declared.home, self._numbers(), self._order())

    @cached_property
    def table(self) -> Table:
        """The packed rows; one query."""
        return read(self.statement, self._places, self._homes)

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
        """Return which rows have a mark: their numbers, or True for all."""
        condition = self.declared.marks[mark].condition
        if mark not in self.needs.marks:
            raise LookupError(f"{self.declared.name}.{mark} was not among the expressions asked for")
        return np.flatnonzero(self.table.has(f"mark {mark}")) if condition else True

    def _of_kind(self, kind: str) -> list[Any]:
        values = self.declared.kinds[kind].values
        if kind not in self.needs.kinds:
            raise LookupError(f"{self.declared.name}.{kind} was not among the expressions asked for")
        return [np.flatnonzero(self.table.has(f"kind {kind}", at)) for at, _ in enumerate(values, 1)]

    def _implying(self, implied: Implied) -> Any:
        at = self.needs.implied.index(implied)
        return np.flatnonzero(self.table.has(f"implied {at}")) if implied.condition else True

    def _amounts(self, weight: str | None, chosen: Any) -> Ints | None:
        if weight is None:
            return None
        lookup = self.declared.weights[weight].lookup
        if weight not in self.needs.weights:
            raise LookupError(f"{self.declared.name}, {weight} was not among the expressions asked for")
        values: Ints = cut(self.table[f"weight {weight}"], chosen)
        if in_hundredths(self.model, lookup):
            return values
        if len(values) and (int(values.max()) > _LARGEST or int(values.min()) < -_LARGEST):
            raise OverflowError(f"{self.declared.name}, {weight}: a number does not fit in hundredths")
        return values * HUNDREDTHS


def cut(column: Any, chosen: Any) -> Any:
    """Return the chosen rows of a column (True: all)."""
    return column if chosen is True else column[chosen]


def some(spans: Spans, chosen: Any) -> Spans:
    """Return the chosen ones of spans."""
    amount = None if spans.amount is None else spans.amount[chosen]
    return Spans(spans.home[chosen], spans.first[chosen], spans.until[chosen], amount)
