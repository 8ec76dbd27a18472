"""The expressions of indicators as values (docs/attainment.md; grammar: one call, calls inside calls).

stock(source.mark[, weight])              rows alive at the end of the month
flow(source.mark, window[, weight])       events of a window
distinct(source.mark, window)             persons of a window, each once at each home
kinds(source.mark, window)                how many of the mark's listed values occur; never summed
figure(name)                              a reported number
units(level[+level][, kind])              places of these levels and kind
regions_with(item, level[+level][, kind]) places that have an item; `eligible` in the place of the kind
regions_eligible(item, level)             places declared to be in the item's scope
components(item, self)                    components of the item at the place itself; never summed
at_least(expression, number, level)       units whose own value reaches the number
within(expression, urban|rural)           what is homed in communities of that kind
at_baseline(expression, date)             the expression at the month end before or on the date
1                                         no denominator
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

LEVELS = ("province", "prefecture", "county", "township", "community")
WINDOWS = ("month", "ytd", "last12", "last24", "total")
NOW = "now"  # the window of `kinds` over intervals
COMMITTEES = ("urban", "rural")
KINDS = {"community": COMMITTEES, "township": ("street_office", "street_or_town")}
NAMED = "named:"
ELIGIBLE = "eligible"


@dataclass(frozen=True, slots=True)
class Stock:
    """Rows of an Intervals source alive at the end of the month, or the sum of a weight over them."""

    source: str
    mark: str
    weight: str | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """Rows of an Events source in a window, or the sum of a weight over them."""

    source: str
    mark: str
    window: str
    weight: str | None = None


@dataclass(frozen=True, slots=True)
class Distinct:
    """Persons of an Events source in a window."""

    source: str
    mark: str
    window: str


@dataclass(frozen=True, slots=True)
class Kinds:
    """How many of a mark's listed values occur."""

    source: str
    mark: str
    window: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A reported figure."""

    name: str


@dataclass(frozen=True, slots=True)
class Units:
    """Valid places."""

    levels: tuple[str, ...]
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class RegionsWith:
    """Places that have an item; with `kind` = eligible only those in its scope."""

    item: str
    levels: tuple[str, ...]
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class RegionsEligible:
    """Places in the scope of an item."""

    item: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Components:
    """Components of an item at the place itself."""

    item: str


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Units of a level whose own value reaches a number."""

    expression: Expression
    least: Fraction
    level: str


@dataclass(frozen=True, slots=True)
class Within:
    """What is homed in communities of one kind."""

    expression: Expression
    kind: str


@dataclass(frozen=True, slots=True)
class AtBaseline:
    """The expression at a fixed date."""

    expression: Expression
    on: date


@dataclass(frozen=True, slots=True)
class One:
    """No denominator."""


Expression = (
    Stock | Flow | Distinct | Kinds | Figure | Units | RegionsWith | RegionsEligible | Components
    | AtLeast | Within | AtBaseline | One
)  # fmt: skip


def parts(expression: Expression) -> list[Expression]:
    """Return the expression and those inside it, from the outside in."""
    found: list[Expression] = [expression]
    while isinstance(inner := found[-1], AtLeast | Within | AtBaseline):
        found.append(inner.expression)
    return found
