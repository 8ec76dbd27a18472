"""What the arithmetic is given: rows as arrays of homes (places by their index in the tree), months and amounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from governance.attainment.periods import MONTHS
from governance.attainment.rollup.tree import NEVER, Ints

HUNDREDTHS = 100
_LENGTHS = {"month": 1, "last12": 12, "last24": 24}


@dataclass(frozen=True, slots=True)
class Spans:
    """Amounts that hold from the month `first` to the month before `until`; no amounts: one each."""

    home: Ints
    first: Ints
    until: Ints
    amount: Ints | None = None

    @classmethod
    def of(cls, rows: Iterable[tuple[int, int, int, int]]) -> Spans:
        """Return the spans of rows (home, first, until, amount)."""
        return cls(*_columns(rows, 4))


@dataclass(frozen=True, slots=True)
class Days:
    """Amounts of a month, or one each; `person` numbers the persons where they are to be told apart.

    `ordered`: the rows come in the order of home, person and month.
    """

    home: Ints
    month: Ints
    amount: Ints | None = None
    person: Ints | None = None
    ordered: bool = False

    @classmethod
    def of(cls, rows: Iterable[tuple[int, int, int]]) -> Days:
        """Return the events of rows (home, month, amount)."""
        home, month, amount = _columns(rows, 3)
        return cls(home, month, amount)

    @classmethod
    def by_person(cls, rows: Iterable[tuple[int, int, int]]) -> Days:
        """Return the events of rows (home, month, person), each of the amount of one."""
        home, month, person = _columns(rows, 3)
        return cls(home, month, None, person)

    def in_window(self, window: str) -> Spans:
        """Return for each event the months whose window holds it."""
        return Spans(self.home, self.month, _left_by(self.month, window), self.amount)

    def persons_in_window(self, window: str) -> Spans:
        """Return the months whose window holds an event of a person at a home: one span after another, none twice."""
        if self.person is None:
            raise ValueError("these events name no person")
        home, person, month = self.home, self.person, self.month
        if not self.ordered:
            order = np.lexsort((month, person, home))
            home, person, month = home[order], person[order], month[order]
        until = _left_by(month, window)
        again = (home[1:] == home[:-1]) & (person[1:] == person[:-1])
        until[:-1] = np.where(again, np.minimum(until[:-1], month[1:]), until[:-1])
        return Spans(home, month, until)


@dataclass(frozen=True, slots=True)
class Statements:
    """What was stated of one item: by component (-1: the item itself) or, with `subject`, that it applies here."""

    home: Ints
    component: Ints
    subject: Ints
    first: Ints
    until: Ints

    @classmethod
    def of(cls, rows: Iterable[tuple[int, int, int, int, int]]) -> Statements:
        """Return the statements of rows (home, component, subject, first, until)."""
        return cls(*_columns(rows, 5))


@dataclass(frozen=True, slots=True)
class Figures:
    """Reported amounts, in force from the month `first` to the month before `until` or the next one of the place."""

    home: Ints
    on: Ints  # the day as an ordinal, which puts two of one month in order
    first: Ints
    until: Ints
    amount: Ints

    @classmethod
    def of(cls, rows: Iterable[tuple[int, int, int, int, int]]) -> Figures:
        """Return the figures of rows (home, day, first, until, amount)."""
        return cls(*_columns(rows, 5))


@dataclass(frozen=True, slots=True)
class ItemRule:
    """How an item is present: `rule` one, all or count, over so many components, at places of these levels."""

    levels: tuple[str, ...]
    rule: str
    components: int


class NoSource(Exception):
    """No installed app declares the source that an expression names."""


class Facts(Protocol):
    """Where the arithmetic finds its rows."""

    def stock(self, source: str, mark: str, weight: str | None) -> Spans:
        """Return the rows of intervals with a mark; raises `NoSource`."""
        ...

    def flow(self, source: str, mark: str, weight: str | None) -> Days:
        """Return the rows of events with a mark; raises `NoSource`."""
        ...

    def persons(self, source: str, mark: str) -> Days:
        """Return the same with their persons; raises `NoSource`."""
        ...

    def kinds(self, source: str, mark: str, window: str) -> list[Spans]:
        """Return for each listed value of a mark the months in which it occurs; raises `NoSource`."""
        ...

    def item(self, item: str) -> ItemRule:
        """Return the rule of a capability item."""
        ...

    def statements(self, item: str) -> Statements:
        """Return what was stated of an item, or follows from a source that implies it."""
        ...

    def kept_from(self, register: str) -> Mapping[int, int]:
        """Return by home the month from which the register is declared to be kept."""
        ...

    def figures(self, name: str) -> Figures:
        """Return what was reported under a name."""
        ...


def _columns(rows: Iterable[tuple[int, ...]], width: int) -> list[Ints]:
    table = np.array(list(rows), dtype=np.int64).reshape(-1, width)
    return [np.ascontiguousarray(table[:, at]) for at in range(width)]


def _left_by(month: Ints, window: str) -> Ints:
    """Return the first month whose window no longer holds an event of `month`."""
    if window == "total":
        return np.full(len(month), NEVER, dtype=np.int64)
    if window == "ytd":
        return (month // MONTHS + 1) * MONTHS
    return month + _LENGTHS[window]
