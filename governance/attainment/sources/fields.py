"""Numbers of a row, packed by their widths into as few words as possible; what has no known bound has a word of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, Case, F, Func, IntegerField, Model, Q, Value, When
from django.db.models import Field as Column
from django.db.models.functions import Coalesce

from governance.attainment.sources.lookups import field_at, may_be_null, target_of

SHORT, LONG = 31, 63  # usable bits of the two kinds of words
WHOLE = 64  # a word of its own, with its sign
_SIGNED = {"smallint": 15, "integer": 31, "bigint": 63}
_NUMERIC = re.compile(r"numeric\((\d+), ?(\d+)\)")
_HUNDREDTHS = 100


class NotExact(Exception):
    """A column whose numbers are no integers and no decimals of at most two places."""


@dataclass(frozen=True, slots=True)
class Number:
    """An integer of each row, never null, from `low` up, of so many bits; `WHOLE`: any."""

    name: str
    expression: Any
    bits: int
    low: int = 0


@dataclass(frozen=True, slots=True)
class Code:
    """The number of the first condition that a row meets, from 1 up; 0 where it meets none (or does not know)."""

    name: str
    conditions: Sequence[Q]

    @property
    def bits(self) -> int:
        """The width of the largest number."""
        return len(self.conditions).bit_length()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number lies in the words of a row."""

    word: int
    shift: int
    bits: int
    low: int


@dataclass(slots=True)
class Word:
    """Numbers side by side in one integer of the database."""

    free: int
    numbers: list[tuple[Number | Code, int]] = field(default_factory=list)

    @property
    def dtype(self) -> str:
        """The type of the array's elements as numpy calls it."""
        return ">i4" if self.free >= LONG - SHORT else ">i8"

    def add(self, number: Number | Code) -> int:
        """Put a number beside the others and return its shift."""
        shift = 0 if number.bits == WHOLE else LONG - self.free
        self.numbers.append((number, shift))
        self.free -= min(number.bits, self.free)
        return shift

    def expression(self) -> Any:
        """Return the integer as an expression of Django."""
        cast = "integer" if self.dtype == ">i4" else "bigint"
        terms = [_term(number, shift, cast) for number, shift in self.numbers]
        return Func(*terms, template="(%(expressions)s)", arg_joiner=" + ", output_field=BigIntegerField())


def pack(numbers: Iterable[Number | Code]) -> tuple[list[Word], dict[str, Place]]:
    """Return the words that hold the numbers, and where each lies: the widest first, each where there is room."""
    words: list[Word] = []
    places: dict[str, Place] = {}
    for number in sorted(numbers, key=lambda one: -one.bits):
        at = next((at for at, word in enumerate(words) if word.free >= number.bits), len(words))
        if at == len(words):
            words.append(Word(LONG))
        low = number.low if isinstance(number, Number) else 0
        places[number.name] = Place(at, words[at].add(number), number.bits, low)
    return words, places


def column(name: str, model: type[Model], lookup: str, *, hundredths: bool = False) -> Number | Code:
    """Return a column as a number, as wide as its type allows; nothing is 0. `hundredths`: decimals times 100."""
    found = target_of(field_at(model, lookup))
    kind, plain = found.db_type(connection) or "", F(lookup)
    if kind == "boolean":
        return Code(name, (Q(**{lookup: True}),))
    expression: Any = Coalesce(plain, Value(0), output_field=found) if may_be_null(model, lookup) else plain
    if kind in _SIGNED:
        bits = _SIGNED[kind]
        if found.db_check(connection):  # the database refuses what is below 0
            return Number(name, expression, bits)
        return Number(name, expression, WHOLE) if bits == LONG else Number(name, expression, bits + 1, -(2**bits))
    numeric = _NUMERIC.fullmatch(kind)
    if not hundredths or numeric is None or int(numeric[2]) > 2:
        raise NotExact(lookup)
    limit = 10 ** (int(numeric[1]) - int(numeric[2]) + 2)  # no amount reaches it, in hundredths
    bits = (2 * limit).bit_length()
    times = Func(expression, Value(_HUNDREDTHS), template="(%(expressions)s)", arg_joiner=" * ", output_field=_BIG)
    return Number(name, times, bits, -limit) if bits <= LONG else Number(name, times, WHOLE)


def in_hundredths(model: type[Model], lookup: str) -> bool:
    """Return whether `column` yields hundredths (decimals) or whole numbers."""
    kind: Column[Any, Any] = target_of(field_at(model, lookup))
    return (kind.db_type(connection) or "").startswith("numeric")


_BIG = BigIntegerField()


def _term(number: Number | Code, shift: int, cast: str) -> Any:
    if isinstance(number, Code):
        whens = [When(condition, then=Value(at << shift)) for at, condition in enumerate(number.conditions, 1)]
        return Case(*whens, default=Value(0), output_field=IntegerField())
    if number.bits == WHOLE:
        return Func(number.expression, template="(%(expressions)s)::bigint", output_field=_BIG)
    # cast before it is shifted, for a shifted smallint stays one; brackets, for + binds before <<
    moved = f"(%(expressions)s)::{cast}" + (f" + {-number.low}::{cast}" if number.low else "")
    template = f"(({moved}) << {shift})" if shift else f"({moved})"
    return Func(number.expression, template=template, output_field=_BIG)
