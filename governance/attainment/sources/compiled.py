"""One statement for a set of rows: a line for each home, in it an array for each word of the packed rows."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.contrib.postgres.aggregates import ArrayAgg
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, F, Func, IntegerField, QuerySet, Value
from django.db.models.functions import Greatest, Least

from governance.attainment.periods import MONTHS
from governance.attainment.rollup.tree import Ints
from governance.attainment.sources.fields import Code, Number, Place, pack

_EPOCH = 1970 * MONTHS  # the month that numpy counts from
_HOMES = "{the homes}"  # stands for their keys until they are known
_MOST = 1000  # statements that are kept
_kept: dict[Hashable, Statement | None] = {}


@dataclass(frozen=True, slots=True)
class Statement:
    """A query, the types of the words of its lines, and where in them each number lies; the homes are still to come."""

    sql: str
    params: tuple[Any, ...]
    dtypes: tuple[str, ...]
    places: dict[str, Place]

    def of(self, homes: Ints) -> list[Any]:
        """Return the parameters for the places with these keys."""
        listed = "{" + ",".join(map(str, homes.tolist())) + "}"
        return [listed if param == _HOMES else param for param in self.params]


class Same:
    """A key that is only itself, for what cannot be hashed; it is held as long as the key is."""

    def __init__(self, one: object) -> None:
        self.one = one

    def __hash__(self) -> int:
        return id(self.one)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.one is self.one


def once(key: Hashable, compile_it: Callable[[], Statement | None]) -> Statement | None:
    """Return the statement of a key, compiled the first time: to compile takes longer than to read one home."""
    if key not in _kept:
        if len(_kept) >= _MOST:
            _kept.clear()
        _kept[key] = compile_it()
    return _kept[key]


def compiled(
    rows: QuerySet[Any], home: str, numbers: Iterable[Number | Code], order: Sequence[str] = ()
) -> Statement | None:
    """Return the statement that packs the numbers of rows; None where there can be none.

    `order`: by which look-ups the rows of a home come; an index that leads with them spares the sorting.
    """
    words, places = pack(numbers)
    arrays = {
        f"word_{at}": ArrayAgg(word.expression(), order_by=[F(name) for name in order]) for at, word in enumerate(words)
    }
    chosen = rows.filter(_among_homes(home)).order_by().values(home).annotate(**arrays)
    try:
        sql, params = chosen.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return None
    return Statement(sql, tuple(params), tuple(word.dtype for word in words), places)


def _among_homes(home: str) -> Any:
    one_of = "%(expressions)s::bigint[])"
    return Func(F(home), Value(_HOMES), template=one_of, arg_joiner=" = ANY(", output_field=BooleanField())


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days from `first` to the day before `until`; a day is told by how many days it comes after `first`."""

    first: date
    until: date

    @property
    def bits(self) -> int:
        """The width of a day's number; the day `until` has one, too."""
        return (self.until - self.first).days.bit_length()

    @property
    def months(self) -> Ints:
        """The month of each day, the end included."""
        return months_of(np.arange(np.datetime64(self.first), np.datetime64(self.until) + 1))

    def start(self, name: str, day: Any) -> Number:
        """Return a day that is known to come before the end; an earlier one than `first`, or null, is `first`."""
        return Number(name, self._since_first(Greatest(day, Value(self.first))), self.bits)

    def end(self, name: str, day: Any) -> Number:
        """Return a day that is known to come after `first`; a later one than `until`, or null, is `until`."""
        return Number(name, self._since_first(Least(day, Value(self.until))), self.bits)

    def latest(self, name: str, *days: Any) -> Number:
        """Return the latest of some days of which nothing is known."""
        inside = Least(Greatest(*days, Value(self.first)), Value(self.until))
        return Number(name, self._since_first(inside), self.bits)

    def _since_first(self, day: Any) -> Any:
        return Func(day, Value(self.first), template="(%(expressions)s)", arg_joiner=" - ", output_field=IntegerField())


def months_of(days: Any) -> Ints:
    """Return the months of days (`datetime64`)."""
    found: Ints = days.astype("datetime64[M]").astype(np.int64) + _EPOCH
    return found
