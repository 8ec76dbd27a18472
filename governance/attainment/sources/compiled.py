"""One statement for a set of rows: a line for each home, in it an array for each word of the packed rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, F, Func, IntegerField, QuerySet, Value
from django.db.models.functions import Greatest, Least

from governance.attainment.rollup.tree import Ints
from governance.attainment.sources.fields import Code, Number, Place, pack


@dataclass(frozen=True, slots=True)
class Statement:
    """A query with its parameters, the types of the words of its lines, and where in them each number lies."""

    sql: str
    params: tuple[Any, ...]
    dtypes: tuple[str, ...]
    places: dict[str, Place]


def compiled(
    rows: QuerySet[Any], home: str, homes: Ints, numbers: Iterable[Number | Code], order: Sequence[str] = ()
) -> Statement | None:
    """Return the statement that packs the numbers of the rows homed at `homes`; None where there can be none.

    `order`: by which look-ups the rows of a home come; an index that leads with them spares the sorting.
    """
    words, places = pack(numbers)
    arrays = {
        f"word_{at}": ArrayAgg(word.expression(), order_by=[F(name) for name in order]) for at, word in enumerate(words)
    }
    chosen = rows.filter(among(home, homes)).order_by().values(home).annotate(**arrays)
    try:
        sql, params = chosen.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return None
    return Statement(sql, tuple(params), tuple(word.dtype for word in words), places)


def among(home: str, homes: Ints) -> Any:
    """Return the condition that a row is homed at one of the places with these keys."""
    listed = Value("{" + ",".join(map(str, homes.tolist())) + "}")
    return Func(
        F(home),
        listed,
        template="%(expressions)s::bigint[])",
        arg_joiner=" = ANY(",
        output_field=BooleanField(),
    )


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days from `first` to the day before `until`; a day is told by how many days it comes after `first`."""

    first: date
    until: date

    @property
    def bits(self) -> int:
        """The width of a day's number; the day `until` has one, too."""
        return (self.until - self.first).days.bit_length()

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
