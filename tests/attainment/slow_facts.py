"""The slow reader: rows of the database through the declarations of the sources, by the ORM, one query each.

It counts rows; that rows of one person are merged is tested by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Greatest

from governance.attainment.models import ReportedFigure
from governance.attainment.periods import month_of
from governance.attainment.rollup.facts import HUNDREDTHS, Days, Figures, ItemRule, NoSource, Spans, Statements
from governance.attainment.rollup.tree import EVER, NEVER, Place, Tree
from governance.kit.measures.sources import RESPONDENTS, SOURCES, Events, Implied, Intervals, figure_names
from governance.policies.vocabulary import vocabulary
from governance.regions.models import Region, RegionCapability, RegionSet
from governance.regions.models import RegisterCoverage as Coverage

_WHOLE = -1


def tree_below(root: Region) -> Tree:
    """Return the places from the top down to `root`, and everything below it."""
    places = Region.objects.filter(Q(path__startswith=root.path) | Q(code__in=root.ancestor_codes)).order_by("path")
    rows = places.values_list("code", "level", "parent__code", "since", "until", "committee_type")
    sets = dict(RegionSet.objects.values_list("slug", "codes"))
    return Tree(
        (
            Place(code, level, parent, _month(since), _month(until), committee)
            for code, level, parent, since, until, committee in rows.iterator()
        ),
        sets,
    )


class RecordFacts:
    """The records homed at or below a place, and the statements that hold there from above."""

    def __init__(self, tree: Tree, root: Region) -> None:
        self.tree, self.root = tree, root
        self._statements: dict[str, Statements] = {}  # asked for by presence, by component and by eligibility
        self._kept: dict[str, dict[int, int]] = {}  # of all capabilities together: asked for with every item

    def stock(self, source: str, mark: str, weight: str | None) -> Spans:
        """Return the rows of intervals with a mark, put together by home and months."""
        declared = _intervals(source)
        chosen = declared.marks[mark]
        return self._spans(declared, chosen.condition, chosen.since or declared.since, weight)

    def flow(self, source: str, mark: str, weight: str | None) -> Days:
        """Return the rows of events with a mark."""
        return self._days(_events(source), _events(source).marks[mark].condition, weight)

    def persons(self, source: str, mark: str) -> Days:
        """Return the same with their persons; an event without a person counts nobody."""
        declared = _events(source)
        named = Q(**{f"{declared.person}__isnull": False, f"{declared.on}__isnull": False})
        rows = self._rows(declared, declared.marks[mark].condition & named)
        found = rows.values_list(f"{declared.home}__code", declared.on, declared.person)
        numbers: dict[Any, int] = {}
        return Days.by_person(
            (self.tree.index[code], month_of(on), numbers.setdefault(person, len(numbers)))
            for code, on, person in found.iterator()
        )

    def kinds(self, source: str, mark: str, window: str) -> list[Spans]:
        """Return for each listed value of a mark the months in which it occurs."""
        if window == "now":
            declared = _intervals(source)
            listed = declared.kinds[mark]
            return [
                self._spans(declared, listed.condition & Q(**{listed.lookup: value}), declared.since, None)
                for value in listed.values
            ]
        events = _events(source)
        listed = events.kinds[mark]
        return [
            self._days(events, listed.condition & Q(**{listed.lookup: value}), None).in_window(window)
            for value in listed.values
        ]

    @cached_property
    def _items(self) -> Mapping[str, Any]:
        return vocabulary().items

    def item(self, item: str) -> ItemRule:
        """Return the rule of a capability item."""
        found = self._items[item]
        return ItemRule(found.levels, found.rule, len(found.components))

    def statements(self, item: str) -> Statements:
        """Return what was stated of an item, and what declared sources imply of it."""
        if item not in self._statements:
            parts = self._items[item].components
            rows = [
                (self.tree.index[code], parts.index(part) if part else _WHOLE, kind == "subject_to", *_months(span))
                for code, part, kind, *span in self._stated(item)
            ]
            self._statements[item] = Statements.of([*rows, *self._implied(item, parts)])
        return self._statements[item]

    def kept_from(self, register: str) -> dict[int, int]:
        """Return by home the month from which the register is declared to be kept."""
        if register not in self._kept:
            rows = Coverage.objects.filter(self._reaching("region"), register=register)
            since_by_code = rows.values_list("region__code", "since")
            self._kept[register] = {self.tree.index[code]: month_of(since) for code, since in since_by_code}
        return self._kept[register]

    def figures(self, name: str) -> Figures:
        """Return the approved figures under a name; the second half of a pair is its number of respondents."""
        number, half = figure_names().get(name, (None, ""))
        code = number.code if number else name
        rows = ReportedFigure.objects.approved().filter(measure=code, region__path__startswith=self.root.path)
        column = "out_of" if half == RESPONDENTS else "value"
        return Figures.of(
            (self.tree.index[home], on.toordinal(), month_of(on), _month(until, NEVER), _hundredths(value))
            for home, on, until, value in rows.values_list("region__code", "on", "until", column)
        )

    def _reaching(self, home: str) -> Q:
        inside = Q(**{f"{home}__path__startswith": self.root.path})
        return inside | Q(**{f"{home}__code__in": self.root.ancestor_codes})

    def _rows(self, declared: Intervals | Events, condition: Q) -> QuerySet[Any]:
        rows = apps.get_model(declared.model)._default_manager.filter(condition)
        found: QuerySet[Any] = rows.filter(**{f"{declared.home}__path__startswith": self.root.path}).order_by()
        return found

    def _spans(self, declared: Intervals, condition: Q, since: str, weight: str | None) -> Spans:
        rows = self._rows(declared, condition)
        first: Any = F(since)
        if since != declared.since:  # a row has the mark while it is there itself, and without a day not at all
            rows, first = rows.filter(**{f"{since}__isnull": False}), Greatest(since, declared.since)
        rows = rows.values_list(f"{declared.home}__code", first, declared.until)
        return Spans.of(
            (self.tree.index[code], *_months(span), _hundredths(amount))
            for code, *span, amount in rows.annotate(_amount=_amount_of(declared, weight)).iterator()
        )

    def _days(self, declared: Events, condition: Q, weight: str | None) -> Days:
        dated = condition & Q(**{f"{declared.on}__isnull": False})  # what has no day lies in no window
        rows = self._rows(declared, dated).values_list(f"{declared.home}__code", declared.on)
        return Days.of(
            (self.tree.index[code], month_of(on), _hundredths(amount))
            for code, on, amount in rows.annotate(_amount=_amount_of(declared, weight)).iterator()
        )

    def _stated(self, item: str) -> Iterable[tuple[Any, ...]]:
        rows = RegionCapability.objects.filter(item=item, region__path__startswith=self.root.path).order_by()
        return rows.values_list("region__code", "component__slug", "statement", "since", "until")

    def _implied(self, item: str, components: tuple[str, ...]) -> Iterable[tuple[int, int, int, int, int]]:
        for source in SOURCES.values():
            for declared in (source.intervals, source.events):
                if declared is None:
                    continue
                for implied in declared.implies:
                    if implied.item == item:
                        part = components.index(implied.component) if implied.component else _WHOLE
                        spans = self._implying(declared, implied)
                        for home, first, until in zip(spans.home, spans.first, spans.until, strict=True):
                            yield int(home), part, 0, int(first), int(until)

    def _implying(self, declared: Intervals | Events, implied: Implied) -> Spans:
        if isinstance(declared, Intervals):
            return self._spans(declared, implied.condition, declared.since, None)
        return _lasting(self._days(declared, implied.condition, None), implied.months)


def _intervals(source: str) -> Intervals:
    declared = SOURCES.get(source)
    if declared is None or declared.intervals is None:
        raise NoSource(source)
    return declared.intervals


def _events(source: str) -> Events:
    declared = SOURCES.get(source)
    if declared is None or declared.events is None:
        raise NoSource(source)
    return declared.events


def _amount_of(declared: Intervals | Events, weight: str | None) -> Any:
    return Sum(declared.weights[weight].lookup) if weight else Count("pk")


def _lasting(days: Days, months: int | None) -> Spans:
    if months is None:
        return days.in_window("total")
    return Spans(days.home, days.month, days.month + months, days.amount)


def _month(day: date | None, empty: Any = None) -> Any:
    return empty if day is None else month_of(day)


def _months(span: list[date | None]) -> tuple[int, int]:
    return _month(span[0], EVER), _month(span[1], NEVER)


def _hundredths(amount: int | Decimal | None) -> int:
    return int((amount or 0) * HUNDREDTHS)
