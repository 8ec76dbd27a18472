"""The slow reference, second half: the whole answer to a question (docs/attainment.md, sections 5 to 7).

Every reading is computed anew for every month that it is asked for. `number` and `answer` are what tests compare with.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import combinations
from math import ceil, floor
from statistics import median
from typing import Any

from governance.kit.measures import expressions as e
from tests.attainment.reference_counts import ONE, Book, judged_month, last_day, month_of, number
from tests.attainment.worlds import Place, Question, Target, World

__all__ = ["answer", "number"]

LEVELS = list(e.LEVELS)
COMPARED = ("share", "per_10k", "coverage", "average_per_unit")
HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True)
class Milestone:
    due: date | None
    target: Fraction
    high: Fraction | None


@dataclass(frozen=True, slots=True)
class Reading:
    """The numbers of a place in a month; above the units, of its units."""

    numerator: Fraction | None = None
    denominator: Fraction | None = None
    value: Fraction | None = None
    completeness: Fraction = Fraction(0)
    applicable: bool = True
    units_total: int | None = None
    units_met: int | None = None
    units_no_data: int | None = None
    shortfall: int | None = None


def answer(world: World, question: Question) -> dict[str, Any]:
    """Return everything that is said about the place as of the day."""
    return Case(Book(world), question).answer()


class Case:
    """One indicator at one place, on one today."""

    def __init__(self, book: Book, question: Question) -> None:
        self.book, self.question = book, question
        self.indicator, self.code, self.today = question.indicator, question.place, question.today
        i, level = self.indicator, book.place[question.place].level
        self.level = LEVELS.index(level)
        self.unit_levels = i.unit_level.split("+") if i.unit_level else []
        numbers = i.allocated.get(self.code) or i.milestones
        self.above = i.test == "each_unit" and bool(numbers) and self.level < LEVELS.index(self.unit_levels[0])
        self.multiple = isinstance(i.denominator, e.AtBaseline)
        self.judged = i.role != "reference" and (level in i.verdict_levels or self.code in i.allocated)
        self.root_milestones = self._text()
        self.milestones = self._in_order(i.allocated[self.code]) if self.code in i.allocated else self._text()
        self.direction = "at_least" if self.above else i.direction
        self._readings: dict[tuple[int, Milestone | None], Reading] = {}

    # ---- milestones ----

    def _text(self) -> list[Milestone]:
        return self._in_order(self.indicator.milestones)

    def _in_order(self, targets: tuple[Target, ...]) -> list[Milestone]:
        """Undated ones last; a yearly target is due on the last day of its year, the latest of a year holds."""
        found = [
            Milestone(target.due, Fraction(target.target), None if target.high is None else Fraction(target.high))
            for target in sorted(targets, key=lambda target: target.due or date.max)
        ]
        if not self.indicator.yearly:
            return found
        years = {(m.due or self.indicator.valid_from).year: m for m in found}
        return [Milestone(date(year, 12, 31), years[year].target, years[year].high) for year in sorted(years)]

    def t(self, month: int) -> date:
        return min(last_day(month), self.today)

    def in_force(self, milestones: list[Milestone], month: int) -> Milestone | None:
        """Return the milestone in force at t(month); a yearly one is due in the year of the month."""
        if not self.indicator.yearly:
            open_ones = [m for m in milestones if m.due is None or m.due >= self.t(month)]
            return (open_ones or milestones[-1:] or [None])[0]
        year = month // 12
        of_year = [m for m in milestones if m.due and m.due.year == year]
        if self.indicator.yearly == "every_year":
            of_year = [m for m in milestones if m.due and m.due.year <= year]
        return Milestone(date(year, 12, 31), of_year[-1].target, of_year[-1].high) if of_year else None

    def asked_of_units(self, month: int) -> Milestone | None:
        """Return what units are held against; in a year without a target the latest earlier one, else the first."""
        milestone = self.in_force(self.milestones, month)
        if milestone is None and self.milestones:
            earlier = [m for m in self.milestones if m.due and m.due.year < month // 12]
            milestone = (earlier[-1:] or self.milestones[:1])[0]
        return milestone

    def number_asked(self, milestone: Milestone) -> Fraction:
        return HUNDRED if self.above else milestone.target

    def meets(self, value: Fraction, target: Fraction, direction: str) -> bool:
        return value <= target if direction == "at_most" else value >= target

    # ---- readings ----

    def units(self, month: int) -> list[Place]:
        return self.book.units(self.code, month, self.unit_levels, self.indicator.unit_kind)

    def applicable(self, month: int) -> bool:
        if self.indicator.root not in self.book.upwards(self.code) or not self.book.valid(self.code, month):
            return False
        if not self.unit_levels:
            return True
        lowest = max(LEVELS.index(level) for level in self.unit_levels)
        return self.level <= lowest and bool(self.units(month))

    def own(self, code: str, month: int) -> Reading:
        """Return numerator, denominator and value of one place."""
        i = self.indicator
        n, d = self.book.count(i.numerator, code, month), self.book.count(i.denominator, code, month)
        below, known = d.value, d.completeness
        if self.multiple and below is None and code == i.root and i.baseline_value is not None:
            below, known = Fraction(i.baseline_value), ONE
        value = Fraction(i.factor) * n.value / below if n.value is not None and below else None
        return Reading(n.value, below, value, min(n.completeness, known))

    def reading(self, month: int, milestone: Milestone | None) -> Reading:
        """Return the reading of the place; above its units they are held against the milestone."""
        key = month, milestone if self.above else None
        if key not in self._readings:
            if not self.applicable(month):
                self._readings[key] = Reading(applicable=False)
            elif self.above:
                self._readings[key] = self._of_units(month, milestone)
            else:
                self._readings[key] = self.own(self.code, month)
        return self._readings[key]

    def _of_units(self, month: int, milestone: Milestone | None) -> Reading:
        all_of_them = [self.own(unit.code, month) for unit in self.units(month)]
        valued = [unit for unit in all_of_them if unit.value is not None]
        passing, shortfall = 0, 0
        for unit in valued:
            if milestone and self.meets(unit.value, milestone.target, self.indicator.direction):
                passing += 1
            elif milestone:
                shortfall += self.lacking(
                    unit, milestone.target, Fraction(self.indicator.factor), self.indicator.direction
                )
        total = len(all_of_them)
        return Reading(
            numerator=Fraction(passing) if valued else None,
            denominator=Fraction(total),
            value=HUNDRED * passing / total if valued else None,
            completeness=Fraction(len(valued), total),
            units_total=total,
            units_met=passing,
            units_no_data=total - len(valued),
            shortfall=shortfall,
        )

    def lacking(self, reading: Reading, target: Fraction, factor: Fraction, direction: str) -> int:
        """Return the least whole number by which the numerator must change."""
        wanted = target * reading.denominator / factor
        missing = reading.numerator - wanted if direction == "at_most" else wanted - reading.numerator
        return max(0, ceil(missing))

    # ---- baseline and path ----

    def baseline_month(self) -> int:
        return judged_month(self.indicator.baseline_on or self.indicator.valid_from)

    def baseline(self, month: int) -> Fraction | None:
        """Return where the path to dated milestones starts, as far as it is known in the month."""
        i = self.indicator
        if i.yearly:
            return Fraction(0)
        if self.multiple:
            return ONE
        stated = i.baseline_value is not None and not self.above
        if stated and (i.test == "each_unit" or self.code == i.root):
            return Fraction(i.baseline_value)
        start = self.baseline_month()
        return None if start > month else self.reading(start, self.asked_of_units(start)).value

    def path(self, month: int, milestone: Milestone) -> Fraction | None:
        if milestone.due is None:
            return None
        if self.indicator.yearly:
            return self.number_asked(milestone) * (month % 12 + 1) / 12
        start, value = self.baseline_month(), self.baseline(month)
        points = {} if value is None else {start: value}
        for each in self.milestones:
            if each.due is not None and judged_month(each.due) > start:
                points[judged_month(each.due)] = self.number_asked(each)
        before = [at for at in points if at <= month]
        after = [at for at in points if at > month]
        if not before:
            return None
        left = max(before)
        if not after:
            return points[left]
        right = min(after)
        return points[left] + (points[right] - points[left]) * Fraction(month - left, right - left)

    # ---- the answer ----

    def month_used(self) -> int:
        running = month_of(self.today)
        as_of = self.question.as_of if month_of(self.question.as_of) <= running else self.today
        month = month_of(as_of) if month_of(as_of) == running else judged_month(as_of)
        milestones = self.milestones if self.judged else self.root_milestones
        if not self.indicator.yearly or not milestones:
            return month
        last = milestones[-1].due.year
        if self.indicator.yearly == "every_year":
            last = self.indicator.valid_to.year if self.indicator.valid_to else month // 12
        return min(month, last * 12 + 11)

    def status(self, month: int, reading: Reading, milestone: Milestone | None) -> str | None:
        if self.indicator.role == "reference":
            return None
        if not reading.applicable:
            return "not_applicable"
        if reading.numerator is None:
            return "no_data"
        if not reading.denominator:
            return "no_denominator"
        if not self.judged or milestone is None:
            return "no_target"
        if self.meets(reading.value, self.number_asked(milestone), self.direction):
            return "met"
        if milestone.due is None:
            return "pending"
        if self.t(month) >= last_day(month_of(milestone.due)):
            return "overdue"
        path = self.path(month, milestone)
        if path is None:
            return "pending"
        return "on_track" if self.meets(reading.value, path, self.direction) else "behind"

    def answer(self) -> dict[str, Any]:
        month = self.month_used()
        milestone = self.in_force(self.milestones, month)
        reading = self.reading(month, self.asked_of_units(month))
        status = self.status(month, reading, milestone)
        reached = status == "met" and self.direction != "at_most"
        found: dict[str, Any] = dict.fromkeys(
            ("progress", "gap", "target_count", "path", "baseline", "pace", "forecast", "above_high", "reference_line")
        )
        found |= {
            "month": month,
            "to_date": month == month_of(self.today) and self.today != last_day(month),
            "numerator": reading.numerator,
            "denominator": reading.denominator,
            "value": reading.value,
            "status": status,
            "provisional": reading.value is not None and reading.completeness < 1 and not reached,
            "completeness": reading.completeness,
            "units_total": reading.units_total,
            "units_met": reading.units_met,
            "units_no_data": reading.units_no_data,
            "shortfall": reading.shortfall,
            "verdicts": [],
        }
        if status == "no_target" and not self.judged:
            found["reference_line"] = self.reference_line(month, reading)
        if status in (None, "not_applicable") or not self.judged:
            return found
        found["verdicts"] = self.verdicts(month)
        if milestone is None:
            return found
        if milestone.due is not None:
            found |= {"path": self.path(month, milestone), "baseline": self.baseline(month)}
        if reading.value is not None:
            found |= self.towards(month, reading, milestone, status == "met")
        return found

    def towards(self, month: int, reading: Reading, milestone: Milestone, met: bool) -> dict[str, Any]:
        """Return what is still to do: everything that needs a value and a target."""
        target, factor = self.number_asked(milestone), Fraction(self.indicator.factor)
        factor = HUNDRED if self.above else factor
        gap = self.lacking(reading, target, factor, self.direction)
        wanted = target * reading.denominator / factor
        left = month_of(milestone.due) - month if milestone.due else 0
        high = None if self.above or self.direction != "range" else milestone.high
        return {
            "progress": self.progress(month, reading.value, milestone, met),
            "gap": gap,
            "target_count": floor(wanted) if self.direction == "at_most" else ceil(wanted),
            "pace": Fraction(gap, left) if gap and left >= 1 else None,
            "forecast": month if met else self.forecast(month, reading.value, target),
            "above_high": None if high is None else reading.value > high,
        }

    def progress(self, month: int, value: Fraction, milestone: Milestone, met: bool) -> Fraction | None:
        target = self.number_asked(milestone)
        start = self.baseline(month) if milestone.due is not None or self.multiple else None
        if start is None and self.direction == "at_most":
            return ONE if met else None
        start = start or Fraction(0)
        if self.meets(start, target, self.direction):
            return Fraction(1 if met else 0)
        return (value - start) / (target - start)

    def forecast(self, month: int, value: Fraction, target: Fraction) -> int | None:
        first = month - month % 12 if self.indicator.yearly else month - 11
        asked = self.asked_of_units(month)
        values = {at: self.reading(at, asked).value for at in range(first, month + 1)}
        known = [(at, found) for at, found in values.items() if found is not None]
        if len(known) < 2:
            return None
        slope = median([(later - earlier) / (b - a) for (a, earlier), (b, later) in combinations(known, 2)])
        if slope == 0 or (slope < 0) != (target < value):
            return None
        months = ceil((target - value) / slope)
        if months > 600 or (self.indicator.yearly and month + months > month - month % 12 + 11):
            return None
        return month + months

    def verdicts(self, month: int) -> list[tuple[date, str, Fraction | None, bool, int | None]]:
        return [self.verdict(month, milestone) for milestone in self.past(month)]

    def past(self, month: int) -> list[Milestone]:
        """Return the dated milestones whose day has come; a recurring one for each finished year."""
        if self.indicator.yearly == "every_year" and self.milestones:
            years = range(self.milestones[0].due.year, self.t(month).year + 1)
            dated = [self.in_force(self.milestones, year * 12 + 11) for year in years]
        else:
            dated = [milestone for milestone in self.milestones if milestone.due is not None]
        return [milestone for milestone in dated if milestone.due <= self.t(month)]

    def verdict(self, month: int, milestone: Milestone) -> tuple[date, str, Fraction | None, bool, int | None]:
        day, target = judged_month(milestone.due), self.number_asked(milestone)

        def met_at(at: int) -> bool:
            value = self.reading(at, milestone).value
            return value is not None and self.meets(value, target, self.direction)

        then = self.reading(day, milestone)
        if met_at(day):
            return milestone.due, "met", then.value, then.completeness < 1 and self.direction == "at_most", None
        later = None if self.indicator.yearly else next((at for at in range(day + 1, month + 1) if met_at(at)), None)
        if then.numerator is None:
            return milestone.due, "no_data", None, False, later
        if not then.denominator:
            return milestone.due, "no_denominator", None, False, later
        return milestone.due, "missed", then.value, then.completeness < 1, later

    def reference_line(self, month: int, reading: Reading) -> str | None:
        milestone = self.in_force(self.root_milestones, month)
        if self.indicator.kind not in COMPARED or milestone is None:
            return None
        return "reached" if self.meets(reading.value, self.number_asked(milestone), self.direction) else "below"
