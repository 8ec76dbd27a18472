"""What apps declare that can be counted: a source is a set of rows, each homed at a region.

An app declares its sources in its module `measures`, which is imported when Django starts. The name of a source is the
name of its register: where the register is kept, no row means none; where it is not kept, nothing is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

from governance.kit.wording import bracketed

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Mark:
    """Which rows a mark counts, and how they are called and counted in words.

    `since`: the field from which the row has the mark, where that is not the row's own start.
    """

    label: Text
    unit: Text
    condition: Q = field(default_factory=Q)
    since: str = ""


@dataclass(frozen=True, slots=True)
class Weight:
    """A number of each row that can be summed: its look-up, how it is called, its unit and its decimal places."""

    lookup: str
    label: Text
    unit: Text
    places: int = 0


@dataclass(frozen=True, slots=True)
class Values:
    """A field whose listed values can be told apart (`kinds`): value to name."""

    lookup: str
    label: Text
    values: Mapping[str, Text]
    condition: Q = field(default_factory=Q)


@dataclass(frozen=True, slots=True)
class Implied:
    """Rows that make a capability item (or one component) present at their home.

    Intervals do so while they last; events from their day on for `months`, or for ever without a number.
    """

    item: str
    condition: Q = field(default_factory=Q)
    component: str = ""
    months: int | None = None


@dataclass(frozen=True, slots=True)
class Intervals:
    """Rows with a span: `stock`. `model` as `app.Model`; `home`, `since`, `until` and `person` are look-ups from it.

    With a `person` the rows of one mark of one person never overlap. `depends`: further look-ups that the conditions
    read, whose changes move a row.
    """

    name: str
    label: Text
    model: str
    home: str
    marks: Mapping[str, Mark]
    since: str = "since"
    until: str = "until"
    weights: Mapping[str, Weight] = field(default_factory=dict)
    person: str = ""
    kinds: Mapping[str, Values] = field(default_factory=dict)
    implies: tuple[Implied, ...] = ()
    depends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Events:
    """Rows with a day: `flow`, and `distinct` where they name a person."""

    name: str
    label: Text
    model: str
    home: str
    on: str
    marks: Mapping[str, Mark]
    weights: Mapping[str, Weight] = field(default_factory=dict)
    person: str = ""
    kinds: Mapping[str, Values] = field(default_factory=dict)
    implies: tuple[Implied, ...] = ()
    depends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reportable:
    """A number that may be reported instead of being counted.

    `series`: population, survey, tally, or stand_in (for a sum of records while no register is kept). A pair is one row
    with two numbers, read as `<code>.positive` and `<code>.respondents`. `places`: its decimals; people have none.
    """

    code: str
    name: Text
    unit: Text
    series: str
    pair: bool = False
    places: int = 0


SERIES: dict[str, Text] = {
    "population": _("人口"),
    "survey": _("调查"),
    "tally": _("专项统计"),
    "stand_in": _("代替台账合计"),
}
POSITIVE, RESPONDENTS = "positive", "respondents"


@dataclass(frozen=True, slots=True)
class Source:
    """A register: the rows declared under one name, as intervals, as events, or as both."""

    name: str
    label: Text
    intervals: Intervals | None = None
    events: Events | None = None


_bracketed = lazy(bracketed, str)  # in the reader's language each time it is shown

SOURCES: dict[str, Source] = {}
_reported: dict[str, Reportable] = {}


def declare(source: Intervals | Events) -> None:
    """Add a source; one name may be declared once as intervals and once as events, for it is one register."""
    known = SOURCES.get(source.name)
    intervals, events = (known.intervals, known.events) if known else (None, None)
    if intervals if isinstance(source, Intervals) else events:
        raise ValueError(f"the source {source.name} is declared twice as {type(source).__name__}")
    if isinstance(source, Intervals):
        intervals = source
    else:
        events = source
    SOURCES[source.name] = Source(source.name, known.label if known else source.label, intervals, events)


def declare_reportable(*numbers: Reportable) -> None:
    """Add numbers that may be reported: population, surveys, tallies."""
    for number in numbers:
        if number.code in _reported:
            raise ValueError(f"the number {number.code} is declared twice")
        _reported[number.code] = number


def reportable() -> dict[str, Reportable]:
    """Return every number that may be reported by its code; stand-ins follow the declared intervals."""
    return _reported | {number.code: number for number in _stand_ins()}


def figure_names() -> dict[str, tuple[Reportable, str]]:
    """Return the names that `figure(…)` may use: the number, and which of a pair's two it is ("" for a single one)."""
    names: dict[str, tuple[Reportable, str]] = {}
    for number in _reported.values():
        halves = [f".{POSITIVE}", f".{RESPONDENTS}"] if number.pair else [""]
        names |= {f"{number.code}{half}": (number, half[1:]) for half in halves}
    return names


def stand_in_code(source: str, mark: str, weight: str | None = None) -> str:
    """Return the code under which a sum is reported: `source.mark` or `source.mark.weight`."""
    return ".".join(part for part in (source, mark, weight) if part)


def _stand_ins() -> list[Reportable]:
    found: list[Reportable] = []
    for source in SOURCES.values():
        if source.intervals is None:
            continue
        for name, mark in source.intervals.marks.items():
            found.append(Reportable(stand_in_code(source.name, name), mark.label, mark.unit, "stand_in"))
            for key, weight in source.intervals.weights.items():
                code, label = stand_in_code(source.name, name, key), _bracketed(mark.label, weight.label)
                found.append(Reportable(code, label, weight.unit, "stand_in", places=weight.places))
    return found
