"""What the arithmetic asks for, read in a few queries that grow neither with places nor with indicators."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

import numpy as np

from governance.attainment.rollup.facts import Days, Figures, ItemRule, NoSource, Spans, Statements
from governance.attainment.rollup.registers import DEFAULT_OF_ITEMS
from governance.attainment.rollup.tree import Flags, Ints, Tree
from governance.attainment.sources.events import EventRows
from governance.attainment.sources.intervals import IntervalRows
from governance.attainment.sources.needs import Asked
from governance.attainment.sources.packed import Homes
from governance.attainment.sources.stated import Kept, Reported, Stated
from governance.kit.measures.expressions import NOW, Expression
from governance.kit.measures.sources import SOURCES, Events, Intervals
from governance.kit.measures.vocabulary import Item
from governance.policies.vocabulary import vocabulary


class PackedFacts:
    """The `Facts` of a tree of places, for expressions and months that are known beforehand.

    `region_ids`: the keys of the places, in the order of the tree. `counted`: the places whose records are read (all);
    statements, registers and figures are read for every place, but what records imply of an item only where they are
    counted. Everything is cut to the months from `first` to `last` (widened by the months of `at_baseline`): what began
    earlier begins with them. Each source, and each table of statements, is read once, when it is first asked for.
    """

    def __init__(
        self,
        tree: Tree,
        region_ids: Ints,
        expressions: Iterable[Expression],
        first: int,
        last: int,
        *,
        counted: Flags | None = None,
    ) -> None:
        self.tree = tree
        self._asked = Asked(expressions, first, last)
        self._months = (self._asked.first, self._asked.last)
        self._places = Homes(region_ids)
        self._homes = region_ids if counted is None else region_ids[counted]
        self._intervals: dict[str, IntervalRows] = {}
        self._events: dict[str, EventRows] = {}
        self._statements: dict[str, Statements] = {}  # asked for by presence, by component and by eligibility

    def stock(self, source: str, mark: str, weight: str | None) -> Spans:
        """Return the rows of intervals with a mark; raises `NoSource`, and `LookupError` for what was not announced."""
        return self._rows_of_intervals(source).stock(mark, weight)

    def flow(self, source: str, mark: str, weight: str | None) -> Days:
        """Return the rows of events with a mark; raises the same."""
        return self._rows_of_events(source).flow(mark, weight)

    def persons(self, source: str, mark: str) -> Days:
        """Return the same with their persons, in order; raises the same."""
        return self._rows_of_events(source).persons(mark)

    def kinds(self, source: str, mark: str, window: str) -> list[Spans]:
        """Return for each listed value of a mark the months in which it occurs; raises the same."""
        if window == NOW:
            return self._rows_of_intervals(source).kinds(mark)
        return self._rows_of_events(source).kinds(mark, window)

    def item(self, item: str) -> ItemRule:
        """Return the rule of a capability item."""
        found = self._items[item]
        return ItemRule(found.levels, found.rule, len(found.components))

    def statements(self, item: str) -> Statements:
        """Return what was stated of an item, and what declared sources imply of it."""
        if item not in self._statements:
            self._statements[item] = _together([self._stated.of(item), *self._implied(item)])
        return self._statements[item]

    def kept_from(self, register: str) -> Mapping[int, int]:
        """Return by home the month from which the register is declared to be kept."""
        return self._kept.of(register)

    def figures(self, name: str) -> Figures:
        """Return the approved figures under a name."""
        return self._reported.of(name)

    @cached_property
    def _items(self) -> Mapping[str, Item]:
        return vocabulary().items

    @cached_property
    def _stated(self) -> Stated:
        return Stated(self._places, {item: self._items[item] for item in sorted(self._asked.items)}, self._months)

    @cached_property
    def _kept(self) -> Kept:
        registers = {*SOURCES, *self._asked.items, DEFAULT_OF_ITEMS}
        return Kept(self._places, sorted(registers | self._asked.sources))

    @cached_property
    def _reported(self) -> Reported:
        return Reported(self._places, sorted(self._asked.figures), self._months[1])

    def _rows_of_intervals(self, source: str) -> IntervalRows:
        declared = SOURCES.get(source)
        if declared is None or declared.intervals is None:
            raise NoSource(source)
        if source not in self._intervals:
            needs = self._asked.of_intervals(declared.intervals)
            self._intervals[source] = IntervalRows(declared.intervals, needs, self._places, self._homes, self._months)
        return self._intervals[source]

    def _rows_of_events(self, source: str) -> EventRows:
        declared = SOURCES.get(source)
        if declared is None or declared.events is None:
            raise NoSource(source)
        if source not in self._events:
            needs = self._asked.of_events(declared.events)
            self._events[source] = EventRows(declared.events, needs, self._places, self._homes, self._months)
        return self._events[source]

    def _rows(self, declared: Intervals | Events) -> IntervalRows | EventRows:
        if isinstance(declared, Intervals):
            return self._rows_of_intervals(declared.name)
        return self._rows_of_events(declared.name)

    def _implied(self, item: str) -> Iterable[Statements]:
        parts = self._items[item].components
        for declared in self._asked.implying():
            for implied in declared.implies:
                if implied.item == item:
                    spans = self._rows(declared).implied(implied)
                    part = parts.index(implied.component) if implied.component else -1
                    size = len(spans.home)
                    component, subject = np.full(size, part, dtype=np.int64), np.zeros(size, dtype=np.int64)
                    yield Statements(spans.home, component, subject, spans.first, spans.until)


def _together(statements: list[Statements]) -> Statements:
    names = ("home", "component", "subject", "first", "until")
    return Statements(*(np.concatenate([getattr(one, name) for one in statements]) for name in names))
