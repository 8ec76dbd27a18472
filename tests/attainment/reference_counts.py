"""The slow reference, first half: the number of an expression at a place in a month (docs/attainment.md, sections 1 to 4).

Lists are filtered, row by row, for every number anew: no deltas, no sums of sums. It shares nothing with the product but the page.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from governance.kit.measures import expressions as e
from tests.attainment.worlds import Event, Interval, Item, Place, World


def month_of(day: date) -> int:
    return day.year * 12 + day.month - 1


def last_day(month: int) -> date:
    year, index = divmod(month, 12)
    return date(year, index + 1, monthrange(year, index + 1)[1])


def judged_month(day: date) -> int:
    """The month of the day when it is the month's last, else the month before."""
    month = month_of(day)
    return month if day == last_day(month) else month - 1


def alive(since: date | None, until: date | None, month: int) -> bool:
    end = last_day(month)
    return (since is None or since <= end) and (until is None or until > end)


def in_window(on: date, window: str, month: int) -> bool:
    happened = month_of(on)
    first = {"month": month, "ytd": month - month % 12, "last12": month - 11, "last24": month - 23, "total": 0}[window]
    return first <= happened <= month


@dataclass(frozen=True, slots=True)
class Count:
    """A number (None: missing) and the share of its units that is known."""

    value: Fraction | None
    completeness: Fraction


MISSING = Count(None, Fraction(0))
ONE = Fraction(1)


def number(world: World, expression: e.Expression, code: str, month: int) -> tuple[Fraction | None, Fraction]:
    """Return the value of the expression at the place at the end of the month, and its completeness."""
    count = Book(world).count(expression, code, month)
    return count.value, count.completeness


class Book:
    """A world that remembers what it was asked."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.place = {place.code: place for place in world.places}
        self.statements = {(row.place, row.register): month_of(row.since) for row in world.coverage}
        self._upwards = {code: tuple(self._chain(code)) for code in self.place}
        self._below: dict[tuple[str, int], list[Place]] = {}
        self._kept: dict[tuple[str, str, int], bool] = {}
        self._counts: dict[tuple[e.Expression, str, int], Count] = {}

    # ---- places ----

    def _chain(self, code: str | None) -> Iterable[str]:
        while code is not None:
            yield code
            code = self.place[code].parent

    def upwards(self, code: str) -> tuple[str, ...]:
        """Return the place and its ancestors, nearest first."""
        return self._upwards[code]

    def valid(self, code: str, month: int) -> bool:
        return all(alive(self.place[above].since, self.place[above].until, month) for above in self.upwards(code))

    def below(self, code: str, month: int) -> list[Place]:
        """Return the valid places at and below a place."""
        found = self._below.get((code, month))
        if found is None:
            found = [p for p in self.world.places if code in self.upwards(p.code) and self.valid(p.code, month)]
            self._below[code, month] = found
        return found

    def is_unit(self, place: Place, level: str, kind: str | None) -> bool:
        if place.level != level:
            return False
        street = int(place.code[6:9])
        if kind is None or kind == e.ELIGIBLE:
            if level == "county":
                return place.code[4] != "7"
            return street < 400 if level == "township" else True
        if kind.startswith(e.NAMED):
            return place.code in self.world.sets[kind.removeprefix(e.NAMED)]
        return {
            "urban": place.committee == "residents",
            "rural": place.committee == "villagers",
            "street_office": 1 <= street <= 99,
            "street_or_town": 1 <= street <= 199,
        }[kind]

    def units(self, code: str, month: int, levels: Iterable[str], kind: str | None = None) -> list[Place]:
        return [p for p in self.below(code, month) if any(self.is_unit(p, level, kind) for level in levels)]

    # ---- registers and figures ----

    def kept(self, code: str, register: str | None, month: int) -> bool:
        """Is the register kept at the place? The nearest statement says so; an item's own beats the common one."""
        if register is None:
            return False
        key = code, register, month
        if key not in self._kept:
            self._kept[key] = self._look_up(code, register, month)
        return self._kept[key]

    def _look_up(self, code: str, register: str, month: int) -> bool:
        names = (register, "capabilities") if register in self.world.items else (register,)
        for above in self.upwards(code):
            for name in names:
                if (above, name) in self.statements:
                    return self.statements[above, name] <= month
        return False

    def standing(self, code: str, measure: str, register: str | None, month: int) -> Decimal | None:
        """Return the figure in force at the place itself."""
        rows = [f for f in self.world.figures if f.place == code and f.measure == measure and month_of(f.on) <= month]
        if not rows:
            return None
        latest = max(rows, key=lambda figure: figure.on)
        if latest.until is not None and latest.until <= last_day(month):
            return None
        if register is not None:
            where = [p.code for p in self.units(code, month, ("community",))] or [code]
            if all(self.kept(each, register, month) for each in where):
                return None
        return latest.value

    # ---- numbers ----

    def count(self, expression: e.Expression, code: str, month: int) -> Count:
        key = expression, code, month
        if key not in self._counts:
            self._counts[key] = self._count(expression, code, month) if self.valid(code, month) else MISSING
        return self._counts[key]

    def _count(self, x: e.Expression, code: str, month: int) -> Count:
        match x:
            case e.One():
                return Count(ONE, ONE)
            case e.Units():
                return Count(Fraction(len(self.units(code, month, x.levels, x.kind))), ONE)
            case e.AtBaseline():
                return self.count(x.expression, code, judged_month(x.on))
            case e.Stock():
                measure = f"{x.source}.{x.mark}" + (f".{x.weight}" if x.weight else "")
                rows = [r for r in self.world.intervals if r.source == x.source and x.mark in r.marks]
                rows = [r for r in rows if alive(r.since, r.until, month)]
                return self._sum(code, month, x.source, measure, rows, x.weight)
            case e.Figure():
                return self._sum(code, month, None, x.name, [], None)
            case e.Flow():
                happened = self._events(x.source, x.mark, x.window, month)
                return self._sum(code, month, x.source, None, happened, x.weight)
            case e.Distinct():
                happened = self._events(x.source, x.mark, x.window, month)
                first = {(r.place, r.person): r for r in happened if r.person is not None}
                return self._sum(code, month, x.source, None, list(first.values()), None)
            case e.Kinds():
                return self._kinds(x, code, month)
            case e.RegionsWith() | e.RegionsEligible():
                return self._items(x, code, month)
            case e.Components():
                item = self.world.items[x.item]
                if self.place[code].level not in item.levels or not self.kept(code, x.item, month):
                    return MISSING
                held = sum(self._says(code, x.item, component, "has", month) for component in item.components)
                return Count(Fraction(held), ONE)
            case e.AtLeast():
                units = self.units(code, month, (x.level,))
                return self._units_own(x.expression, code, month, units, lambda value: Fraction(value >= x.least))
            case e.Within():
                units = self.units(code, month, ("community",), x.kind)
                return self._units_own(x.expression, code, month, units, lambda value: value)

    def _events(self, source: str, mark: str, window: str, month: int) -> list[Event]:
        rows = [r for r in self.world.events if r.source == source and mark in r.marks]
        return [r for r in rows if in_window(r.on, window, month)]

    def _sum(
        self, code: str, month: int, register: str | None, measure: str | None,
        rows: list[Interval] | list[Event], weight: str | None,
    ) -> Count:  # fmt: skip
        """Add what is homed at and below the place; a figure takes the place of everything at and below its own place."""
        below = [place.code for place in self.below(code, month)]
        figures: dict[str, Decimal] = {}
        if measure is not None:
            found = {each: self.standing(each, measure, register, month) for each in below}
            figures = {each: value for each, value in found.items() if value is not None}

        def figured(each: str) -> list[str]:
            """The figures at the place and above it, up to the place that is asked about; nearest first."""
            inside = self.upwards(each)[: self.upwards(each).index(code) + 1]
            return [above for above in inside if above in figures]

        def known(each: str) -> bool:
            return bool(figured(each)) or self.kept(each, register, month)

        def value() -> Fraction:
            stated = [figures[each] for each in figures if figured(each) == [each]]
            homes = {each for each in below if self.kept(each, register, month) and not figured(each)}
            counted = [row for row in rows if row.place in homes]
            worth: list[Decimal] | list[int] = [r.weights[weight] for r in counted] if weight else [1 for _ in counted]
            return Fraction(sum(stated)) + Fraction(sum(worth))

        units = [place.code for place in self.units(code, month, ("community",))]
        return self._over(units, known, known(code), value)

    def _over(
        self, units: list[str], known: Callable[[str], bool], alone: bool, value: Callable[[], Fraction]
    ) -> Count:
        """Missing when no unit is known; without any unit it depends on the place `alone`."""
        if not units:
            return Count(value(), ONE) if alone else MISSING
        knowing = [each for each in units if known(each)]
        return Count(value(), Fraction(len(knowing), len(units))) if knowing else MISSING

    def _kinds(self, x: e.Kinds, code: str, month: int) -> Count:
        rows: list[Interval] | list[Event]
        if x.window == e.NOW:
            rows = [r for r in self.world.intervals if r.source == x.source and alive(r.since, r.until, month)]
        else:
            rows = [r for r in self.world.events if r.source == x.source and in_window(r.on, x.window, month)]
        homes = {place.code for place in self.below(code, month) if self.kept(place.code, x.source, month)}
        occurring = {row.kinds.get(x.mark) for row in rows if row.place in homes}
        listed = [value for value in self.world.sources[x.source].kinds[x.mark] if value in occurring]
        units = [place.code for place in self.units(code, month, ("community",))]

        def known(each: str) -> bool:
            return self.kept(each, x.source, month)

        return self._over(units, known, known(code), lambda: Fraction(len(listed)))

    def _says(self, code: str, item: str, component: str | None, kind: str, month: int) -> bool:
        return any(
            s.place == code
            and s.item == item
            and s.component == component
            and s.kind == kind
            and alive(s.since, s.until, month)
            for s in self.world.statements
        )

    def present(self, code: str, slug: str, month: int) -> bool:
        item: Item = self.world.items[slug]
        if item.rule == "all":
            return all(self._says(code, slug, component, "has", month) for component in item.components)
        return item.rule == "one" and self._says(code, slug, None, "has", month)

    def _items(self, x: e.RegionsWith | e.RegionsEligible, code: str, month: int) -> Count:
        kind = x.kind if isinstance(x, e.RegionsWith) else None

        def counts(each: str) -> bool:
            if not known(each):
                return False
            scoped = isinstance(x, e.RegionsEligible) or kind == e.ELIGIBLE
            if scoped and not self._says(each, x.item, None, "subject_to", month):
                return False
            return isinstance(x, e.RegionsEligible) or self.present(each, x.item, month)

        def known(each: str) -> bool:
            return self.kept(each, x.item, month)

        units = [place.code for place in self.units(code, month, x.levels, kind)]
        return self._over(units, known, known(code), lambda: Fraction(sum(counts(each) for each in units)))

    def _units_own(
        self, inner: e.Expression, code: str, month: int, units: list[Place], read: Callable[[Fraction], Fraction]
    ) -> Count:
        """Add what is read from the units' own values; a unit that has a value is known."""
        own = {unit.code: self.count(inner, unit.code, month).value for unit in units}

        def value() -> Fraction:
            return sum((read(found) for found in own.values() if found is not None), Fraction(0))

        alone = self.kept(code, register_of(inner), month)
        return self._over(list(own), lambda each: own[each] is not None, alone, value)


def register_of(expression: e.Expression) -> str | None:
    """Return the register that the expression reads innermost; a figure has none."""
    match e.parts(expression)[-1]:
        case e.Stock(source=name) | e.Flow(source=name) | e.Distinct(source=name) | e.Kinds(source=name):
            return name
        case e.RegionsWith(item=name) | e.RegionsEligible(item=name) | e.Components(item=name):
            return name
    return None
