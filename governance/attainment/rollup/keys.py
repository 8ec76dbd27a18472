"""What a number can be of: the expressions of indicators, and what has to go up the tree beside them.

A number of a place is computed from its own rows and from the sums of its children. What is more than a sum is therefore
taken apart into sums, which have keys of their own here: how many communities keep a register (a reported figure stands in
until all do), rows of each listed value (`kinds`), and units held against a number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from governance.kit.measures import expressions as e

COMMUNITY = ("community",)


@dataclass(frozen=True, slots=True)
class KeptUnits:
    """Valid communities in which a register is kept."""

    register: str


@dataclass(frozen=True, slots=True)
class KindRows:
    """Rows that have the listed value number `which` of a mark."""

    source: str
    mark: str
    window: str
    which: int
    of: int


@dataclass(frozen=True, slots=True)
class UnitsWithout:
    """Units for which an expression has no value."""

    expression: e.Expression
    levels: tuple[str, ...]
    kind: str | None


@dataclass(frozen=True, slots=True)
class UnitsWithValue:
    """Units that have a value of their own: both sides known, the denominator not 0."""

    numerator: e.Expression
    denominator: e.Expression
    levels: tuple[str, ...]
    kind: str | None


@dataclass(frozen=True, slots=True)
class UnitsPassing:
    """Units whose own value factor × n / d reaches a target."""

    units: UnitsWithValue
    factor: Fraction
    at_most: bool
    target: Fraction


@dataclass(frozen=True, slots=True)
class UnitsLacking:
    """By how many whole things the other units' numerators miss it, together."""

    passing: UnitsPassing


Hidden = KeptUnits | KindRows | UnitsWithout | UnitsWithValue | UnitsPassing | UnitsLacking
Key = e.Expression | Hidden

#: what has no units of its own that could be known or not: always known as a whole, or not at all
_WHOLE = (e.Units, e.One, e.Components, KeptUnits, UnitsWithout, UnitsWithValue, UnitsPassing, UnitsLacking)
#: what a place has by itself, and adds nothing to the places above
_BY_ITSELF = (e.One, e.Components, e.Kinds)


def units_key(key: Key) -> Key | None:
    """Return the key of the number of units that `known` is counted of; None: one, the place itself."""
    match key:
        case e.AtBaseline(inner, on):
            units = units_key(inner)
            return None if units is None else e.AtBaseline(units, on)  # type: ignore[arg-type]  # always e.Units
        case e.RegionsWith(_item, levels, kind):
            return e.Units(levels, None if kind == e.ELIGIBLE else kind)
        case e.RegionsEligible(_item, levels):
            return e.Units(levels)
        case e.AtLeast(_inner, _least, level):
            return e.Units((level,))
        case e.Within(_inner, kind):
            return e.Units(COMMUNITY, kind)
        case _:
            return None if isinstance(key, _WHOLE) else e.Units(COMMUNITY)


def goes_up(key: Key) -> bool:
    """Return whether the number of a place is part of the number of the place above."""
    return not isinstance(key.expression if isinstance(key, e.AtBaseline) else key, _BY_ITSELF)


class Known(Protocol):
    """What has to be known of what is counted before it is: without any number."""

    def listed(self, kinds: e.Kinds) -> int:
        """Return how many values are listed for a mark."""
        ...

    def stood_in(self, stock: e.Stock) -> bool:
        """Return whether a figure may stand in for a sum."""
        ...


def closure(keys: Iterable[Key], known: Known) -> list[Key]:
    """Return the keys with everything that must be known of children to compute them, each once, in a fixed order."""
    found: dict[Key, None] = {}

    def add(key: Key) -> None:
        if key in found:
            return
        for needed in _needs(key, known):
            add(needed)
        found[key] = None

    for key in keys:
        add(key)
    return list(found)


def _needs(key: Key, known: Known) -> list[Key]:
    units = units_key(key)
    first: list[Key] = [] if units is None else [units]
    match key:
        case e.Stock(source):
            return [*first, KeptUnits(source)] if known.stood_in(key) else first
        case e.Kinds(source, mark, window):
            of = known.listed(key)
            return [*first, *(KindRows(source, mark, window, which, of) for which in range(of))]
        case e.AtLeast(inner) | e.Within(inner):
            return [*first, inner]
        case e.AtBaseline(inner, on):
            # the same things, each at the baseline's month
            return [*first, *(e.AtBaseline(one, on) for one in _needs(inner, known))]  # type: ignore[arg-type]
        case UnitsWithout(expression, levels, kind):
            return [expression, e.Units(levels, kind)]
        case UnitsWithValue(numerator, denominator, levels, kind):
            return [numerator, denominator, e.Units(levels, kind)]
        case UnitsPassing(units=held):
            return [held]
        case UnitsLacking(passing):
            return [passing]
        case _:
            return first
