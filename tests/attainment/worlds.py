"""Small worlds and questions about them: plain values, drawn by a seed.

A world is a tree of one province with everything that the arithmetic can meet: places that end before their children, registers
kept from different days at different heights, rows homed at every level, reported numbers with successors. Nothing here computes.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from governance.kit.measures.expressions import Expression

# ---- shapes ----


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the tree; `committee` is residents, villagers or none at communities, empty elsewhere."""

    code: str
    level: str
    parent: str | None
    since: date | None
    until: date | None
    committee: str


@dataclass(frozen=True, slots=True)
class Item:
    """A capability item; rule one, all or count; `eligible`: its scope is declared."""

    levels: tuple[str, ...]
    rule: str
    components: tuple[str, ...]
    eligible: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said of a place and an item; kind has or subject_to."""

    place: str
    item: str
    component: str | None
    kind: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """A register is kept at a place and below; unique for place and register (a source, an item or `capabilities`)."""

    place: str
    register: str
    since: date


@dataclass(frozen=True, slots=True)
class Interval:
    """A row of an Intervals source."""

    source: str
    place: str
    since: date | None
    until: date | None
    marks: frozenset[str]
    weights: dict[str, Decimal]
    kinds: dict[str, str]


@dataclass(frozen=True, slots=True)
class Event:
    """A row of an Events source."""

    source: str
    place: str
    on: date
    marks: frozenset[str]
    weights: dict[str, Decimal]
    person: str | None
    kinds: dict[str, str]


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """A declared source; type intervals or events; `kinds`: the listed values of each field."""

    type: str
    marks: tuple[str, ...]
    weights: tuple[str, ...]
    kinds: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ReportedNumber:
    """An approved figure; `measure` is a name, or source.mark[.weight] when it stands in for a stock."""

    place: str
    measure: str
    on: date
    value: Decimal
    until: date | None


@dataclass(frozen=True, slots=True)
class World:
    """Everything that is known."""

    today: date
    places: tuple[Place, ...]
    sets: dict[str, tuple[str, ...]]
    items: dict[str, Item]
    statements: tuple[Statement, ...]
    coverage: tuple[Coverage, ...]
    intervals: tuple[Interval, ...]
    events: tuple[Event, ...]
    sources: dict[str, SourceSpec]
    figures: tuple[ReportedNumber, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """A milestone: the day it is due (none: always in force), the number, the upper wish of a range."""

    due: date | None
    target: Decimal
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator with what its policy says of it."""

    id: str
    role: str  # target, shown, reference
    kind: str
    numerator: Expression
    denominator: Expression
    factor: Decimal
    test: str  # pooled, each_unit
    unit_level: str | None  # one level; a pooled indicator may have several, joined by +
    unit_kind: str | None
    verdict_levels: tuple[str, ...]
    direction: str  # empty for a reference fact
    yearly: str
    milestones: tuple[Target, ...]
    allocated: dict[str, tuple[Target, ...]]
    baseline_on: date | None
    baseline_value: Decimal | None
    root: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Question:
    """How does the indicator stand at the place, as of a day, when today is that day?"""

    indicator: Indicator
    place: str
    as_of: date
    today: date


# ---- what is declared, the same in every world ----

SOURCES = {
    "organizations": SourceSpec("intervals", ("all", "party"), ("area",), {"category": ("care", "culture", "law")}),
    "posts": SourceSpec("intervals", ("in_post",), (), {}),
    "sessions": SourceSpec("events", ("held", "joint"), ("hours",), {"field": ("aid", "elders", "children")}),
    "awards": SourceSpec("events", ("given",), (), {}),
}
ITEMS = {
    "station": Item(("community",), "one", (), False),
    "assistant": Item(("community",), "one", (), True),
    "lists": Item(("community",), "all", ("needs", "projects"), False),
    "body": Item(("township",), "one", (), True),
    "hall": Item(("township",), "all", ("place", "staff"), False),
    "plan": Item(("county",), "one", (), False),
    "platform": Item(("county", "township", "community"), "one", (), True),
    "mechanism": Item(("province", "county"), "count", ("ask", "share", "answer"), False),
}
FIGURES = ("resident_population", "tally.prizes")
STAND_INS = ("organizations.all", "organizations.party", "organizations.all.area", "posts.in_post")

# ---- days ----

FIRST_YEAR, LAST_YEAR = 2020, 2031


def _days_of(year: int, month: int) -> tuple[date, ...]:
    last = monthrange(year, month)[1]
    return tuple(date(year, month, day) for day in (1, 1, 9, 17, last - 1, last, last))


_DAYS = [day for year in range(FIRST_YEAR, LAST_YEAR + 1) for month in range(1, 13) for day in _days_of(year, month)]
_DAYS_A_MONTH = 7


def day_between(random: Random, first: int, last: int) -> date:
    """Return a day of the months first..last (year * 12 + month - 1), often the first or the last of its month."""
    start = (first - FIRST_YEAR * 12) * _DAYS_A_MONTH
    return _DAYS[start + int(random.random() * ((last - first + 1) * _DAYS_A_MONTH))]


def _pick(random: Random, options):  # type: ignore[no-untyped-def]
    """`random.choice`, three times as fast."""
    return options[int(random.random() * len(options))]


def _span(random: Random, first: int, last: int) -> tuple[date, date | None]:
    """Return a span that may be open, may lie within one month, and begins before its end."""
    since = day_between(random, first, last)
    if random.random() < 0.55:
        return since, None
    until = day_between(random, since.year * 12 + since.month - 1, last + 6)
    return (since, until) if since < until else (since, None)


# ---- the world ----


def random_world(seed: int) -> World:
    """Return the world of a seed."""
    random = Random(seed)
    first = 2022 * 12 + int(random.random() * 9)
    last = first + 24 + int(random.random() * 13)  # the running month
    places = _places(random, first, last)
    codes = [place.code for place in places]
    low = [place.code for place in places if place.level == "community"] or codes
    intervals, events = _rows(random, codes, low, first, last)
    return World(
        today=day_between(random, last, last),
        places=places,
        sets=_sets(random, places),
        items=ITEMS,
        statements=_statements(random, places, first, last),
        coverage=_coverage(random, codes, first, last),
        intervals=intervals,
        events=events,
        sources=SOURCES,
        figures=_figures(random, codes, first, last),
    )


def _places(random: Random, first: int, last: int) -> tuple[Place, ...]:
    places: list[Place] = []
    troubled = random.random() < 0.4  # in a troubled world places begin and end

    def add(code: str, level: str, parent: str | None, committee: str = "") -> str:
        since: date | None = None
        until: date | None = None
        if troubled and parent is not None and random.random() < 0.25:
            chance = random.random()
            if chance < 0.6:
                since = day_between(random, first, last - 4)
            if chance > 0.4:
                until = day_between(random, last - 14, last + 2)
                until = None if since is not None and until <= since else until
        places.append(Place(code, level, parent, since, until, committee))
        return code

    province = add("500000000000", "province", None)
    prefecture = add("500100000000", "prefecture", province) if random.random() < 0.45 else None
    for county_number in range(1 + int(random.random() * 3)):
        zone = random.random() < 0.15
        below = prefecture is not None and random.random() < 0.85
        head = f"500{1 if below or prefecture is None else 2}{7 if zone else county_number}{county_number + 1}"
        county = add(head + "000000", "county", prefecture if below else province)
        for township_number in range(1 + int(random.random() * 3)):
            kind = _pick(random, (1, 1, 1, 100, 100, 200, 200, 400, 500))
            town_head = f"{head}{kind + township_number:03d}"
            township = add(town_head + "000", "township", county)
            for number in range(_pick(random, (0, 1, 2, 2, 3, 4))):
                base, committee = _pick(random, _COMMITTEES)
                add(f"{town_head}{base + number:03d}", "community", township, committee)
    return tuple(places)


_COMMITTEES = (
    (1, "residents"), (1, "residents"), (21, "residents"), (200, "villagers"), (200, "villagers"), (400, "none"), (500, "none"),
)  # fmt: skip


def _sets(random: Random, places: tuple[Place, ...]) -> dict[str, tuple[str, ...]]:
    """Return a set of places for each of three levels: zones and farms may be in it, and so may a code that does not exist."""
    chosen = {
        name: tuple(place.code for place in places if place.level == level and random.random() < 0.6)
        for name, level in (("island", "county"), ("pilots", "township"), ("models", "community"))
    }
    chosen["island"] += ("509900000000",)
    return chosen


def _coverage(random: Random, codes: list[str], first: int, last: int) -> tuple[Coverage, ...]:
    rows: dict[tuple[str, str], Coverage] = {}

    def keep(place: str, register: str, since: date) -> None:
        rows[place, register] = Coverage(place, register, since)

    for register in (*SOURCES, "capabilities"):
        if random.random() < 0.8:  # kept everywhere from some day, contradicted nearer by
            keep(codes[0], register, day_between(random, first - 18, first + 8))
        for _ in range(int(random.random() * 3.5)):
            keep(_pick(random, codes), register, day_between(random, first - 6, last + 2))
    for item in ITEMS:
        if random.random() < 0.2:
            keep(_pick(random, codes), item, day_between(random, first - 6, last))
    if random.random() < 0.25:
        keep(codes[0], _pick(random, tuple(ITEMS)), day_between(random, first - 6, last))
    return tuple(rows.values())


_TOUCHED = {  # how often an item is spoken of at a place of one of its levels
    "station": 0.5, "assistant": 0.35, "lists": 0.5, "body": 0.6, "hall": 0.7, "plan": 0.7, "platform": 0.4, "mechanism": 0.9,
}  # fmt: skip


def _statements(random: Random, places: tuple[Place, ...], first: int, last: int) -> tuple[Statement, ...]:
    rows = []
    for slug, item in ITEMS.items():
        for place in places:
            stray = place.level not in item.levels
            if random.random() > (0.01 if stray else _TOUCHED[slug]):
                continue
            if item.eligible and random.random() < 0.7:
                rows.append(Statement(place.code, slug, None, "subject_to", *_span(random, first - 3, last)))
            if not item.components:
                rows.append(Statement(place.code, slug, None, "has", *_span(random, first - 3, last)))
                continue
            for component in item.components:
                if random.random() < 0.85:
                    rows.append(Statement(place.code, slug, component, "has", *_span(random, first - 3, last)))
            if random.random() < 0.1:  # says nothing about the components
                rows.append(Statement(place.code, slug, None, "has", *_span(random, first - 3, last)))
    return tuple(rows)


_MARKS_OF_ORGANIZATIONS = tuple(
    frozenset(marks) for marks in (("all",), ("all",), ("all", "party"), ("all", "party"), ("party",), ())
)
_MARKS_OF_SESSIONS = tuple(
    frozenset(marks) for marks in (("held",), ("held",), ("held", "joint"), ("held", "joint"), ("joint",))
)
_IN_POST, _GIVEN = frozenset(("in_post",)), frozenset(("given",))
_CENTS = tuple(Decimal(cents) / 100 for cents in (0, 1, 50, 99, 100, 125, 333, 1200, 4000, 10050))
_CATEGORIES: tuple[dict[str, str], ...] = ({}, *({"category": value} for value in ("care", "culture", "law", "other")))
_FIELDS: tuple[dict[str, str], ...] = ({}, *({"field": value} for value in ("aid", "elders", "children", "other")))
_PERSONS = ("ann", "bo", "chen", "ann", "bo", "dai", None)


def _rows(
    random: Random, codes: list[str], low: list[str], first: int, last: int
) -> tuple[tuple[Interval, ...], tuple[Event, ...]]:
    """Return rows: four in five at communities, the rest at any height; some lie after today."""
    intervals, events = [], []

    def home() -> str:
        return _pick(random, low if random.random() < 0.8 else codes)

    for _ in range(int(random.random() * 5 * len(low))):
        since: date | None
        since, until = _span(random, first - 6, last + 1)
        since = None if random.random() < 0.1 else since
        weights, kinds = {"area": _pick(random, _CENTS)}, _pick(random, _CATEGORIES)
        marks = _pick(random, _MARKS_OF_ORGANIZATIONS)
        intervals.append(Interval("organizations", home(), since, until, marks, weights, kinds))
    for _ in range(int(random.random() * 2 * len(low))):
        intervals.append(Interval("posts", home(), *_span(random, first - 6, last), _IN_POST, {}, {}))
    for _ in range(int(random.random() * 5 * len(low))):
        on, marks = day_between(random, first - 3, last + 1), _pick(random, _MARKS_OF_SESSIONS)
        weights, kinds = {"hours": _pick(random, _CENTS)}, _pick(random, _FIELDS)
        events.append(Event("sessions", home(), on, marks, weights, _pick(random, _PERSONS), kinds))
    for _ in range(int(random.random() * 2 * len(low))):
        events.append(Event("awards", home(), day_between(random, first, last), _GIVEN, {}, None, {}))
    return tuple(intervals), tuple(events)


def _figures(random: Random, codes: list[str], first: int, last: int) -> tuple[ReportedNumber, ...]:
    rows: dict[tuple[str, str, date], ReportedNumber] = {}
    dense = random.random() < 0.4  # a census: nearly every place has its number
    for measure in (*FIGURES, *STAND_INS):
        share = 0.8 if dense and measure == FIGURES[0] else _pick(random, (0, 0, 0.08, 0.2))
        for code in codes:
            if random.random() >= share:
                continue
            for _ in range(1 + int(random.random() * 1.6)):
                on, until = _span(random, first - 12, last)
                until = until if random.random() < 0.5 else None
                value = Decimal(int(random.random() * (4000 if measure == FIGURES[0] else 9)))
                value += Decimal("0.25") if measure.endswith(".area") else 0
                rows[code, measure, on] = ReportedNumber(code, measure, on, value, until)
    return tuple(rows.values())
