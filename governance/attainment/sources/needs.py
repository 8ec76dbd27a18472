"""What of the declarations a set of expressions reads, and how far back."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from governance.attainment.periods import MONTHS, judged_at
from governance.kit.measures import expressions as e
from governance.kit.measures.sources import SOURCES, Events, Implied, Intervals

_BACK = {"month": 0, "last12": 11, "last24": 23}


@dataclass(slots=True)
class Needs:
    """What is read of one declaration; its windows reach `back` months before the first, or `ever`: as far as rows go."""

    marks: set[str] = field(default_factory=set)
    weights: set[str] = field(default_factory=set)
    persons: set[str] = field(default_factory=set)  # marks whose persons are told apart
    kinds: set[str] = field(default_factory=set)
    implied: tuple[Implied, ...] = ()
    back: int = 0
    ever: bool = False

    def reach(self, months: int | None) -> None:
        """Let at least so many months before the first be read; None: all."""
        self.back, self.ever = max(self.back, months or 0), self.ever or months is None

    def weigh(self, weight: str | None, declared: Intervals | Events) -> None:
        """Let a weight be read, if it is declared."""
        if weight is not None and weight in declared.weights:
            self.weights.add(weight)

    @property
    def key(self) -> Hashable:
        """What tells needs of one declaration apart."""
        sets = (self.marks, self.weights, self.persons, self.kinds, {implied.item for implied in self.implied})
        return (*map(frozenset, sets), self.ever)


class Asked:
    """The parts of expressions, and the months for which they are asked, months of baselines included."""

    def __init__(self, expressions: Iterable[e.Expression], first: int, last: int) -> None:
        self.parts = {part for expression in expressions for part in e.parts(expression)}
        baselines = [judged_at(part.on) for part in self.parts if isinstance(part, e.AtBaseline)]
        self.first, self.last = min([first, *baselines]), max([last, *baselines])
        self.items = {
            part.item for part in self.parts if isinstance(part, e.RegionsWith | e.RegionsEligible | e.Components)
        }
        self.sources = {part.source for part in self.parts if isinstance(part, e.Stock | e.Flow | e.Distinct | e.Kinds)}
        self.figures = {part.name for part in self.parts if isinstance(part, e.Figure)} | {
            ".".join(name for name in (part.source, part.mark, part.weight) if name)
            for part in self.parts
            if isinstance(part, e.Stock)
        }

    def of_intervals(self, declared: Intervals) -> Needs:
        """Return what is read of intervals."""
        needs = Needs(implied=self._implied(declared))
        for part in self.parts:
            match part:
                case e.Stock(declared.name, mark, weight) if mark in declared.marks:
                    needs.marks.add(mark)
                    needs.weigh(weight, declared)
                case e.Kinds(declared.name, mark, e.NOW) if mark in declared.kinds:
                    needs.kinds.add(mark)
        return needs

    def of_events(self, declared: Events) -> Needs:
        """Return what is read of events."""
        needs = Needs(implied=self._implied(declared))
        for implied in needs.implied:
            needs.reach(None if implied.months is None else implied.months - 1)
        for part in self.parts:
            match part:
                case e.Flow(declared.name, mark, window, weight) if mark in declared.marks:
                    needs.marks.add(mark)
                    needs.weigh(weight, declared)
                    needs.reach(self._back(window))
                case e.Distinct(declared.name, mark, window) if mark in declared.marks:
                    needs.marks.add(mark)
                    needs.persons.add(mark)
                    needs.reach(self._back(window))
                case e.Kinds(declared.name, mark, window) if mark in declared.kinds and window != e.NOW:
                    needs.kinds.add(mark)
                    needs.reach(self._back(window))
        return needs

    def implying(self) -> list[Intervals | Events]:
        """Return the declarations that imply an item that is asked for."""
        declared = [one for source in SOURCES.values() for one in (source.intervals, source.events)]
        return [one for one in declared if one is not None and self._implied(one)]

    def _implied(self, declared: Intervals | Events) -> tuple[Implied, ...]:
        return tuple(implied for implied in declared.implies if implied.item in self.items)

    def _back(self, window: str) -> int | None:
        if window == "total":
            return None
        return self.first % MONTHS if window == "ytd" else _BACK[window]
