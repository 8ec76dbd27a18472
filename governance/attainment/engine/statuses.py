"""How indicators stand at many places at once: where nothing is asked of a place arrays tell, else the evaluator."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from governance.attainment.compute.questions import Question
from governance.attainment.compute.readings import Numbers, Readings
from governance.attainment.engine.layout import NotKept
from governance.attainment.evaluator.judge import standing
from governance.attainment.evaluator.milestones import REFERENCE, Aim, asked
from governance.attainment.evaluator.rule import Rule
from governance.attainment.evaluator.status import Status
from governance.attainment.rollup.facts import HUNDREDTHS
from governance.attainment.rollup.quantity import Quantity
from governance.attainment.rollup.tree import Flags, Ints, Tree
from governance.kit.measures.expressions import LEVELS

OnRequest = Callable[[int], Numbers]


class Stands(NamedTuple):
    """How one indicator stands at places of one kind; `places` are their indexes in the tree.

    Sides in hundredths, None where they are missing at all of these places.
    """

    places: Ints
    indicator: int
    month: int
    status: str | None
    numerator: Ints | None
    denominator: Ints | None
    provisional: Flags


def stands(
    numbers: Numbers,
    question: Question,
    places: Ints,
    month: int,
    today: date,
    on_request: OnRequest,
    history: Numbers | None = None,
) -> Iterator[Stands]:
    """Yield how an indicator stands at some places; those of which it does not speak are left out.

    `numbers` has the month, `history` all months before it, for the places that `needs_history` names; without it
    `numbers` has them. `on_request` counts what is asked of a place (its index) where that is not kept.
    """
    readings = Readings(numbers, question.asked)
    pk = question.indicator.pk
    alone, alike = _sorted_out(readings, places, month)
    for level in np.unique(numbers.tree.level[alike]):
        own = alike[numbers.tree.level[alike] == level]
        yield from _counted(readings, _rule(readings, int(own[0])), own, pk, month, today)
    before = readings if history is None else Readings(history, question.asked)
    yield from _judged(before, readings.tree.codes, alone, pk, month, today, on_request)


def needs_history(questions: Iterable[Question], tree: Tree, places: Ints) -> Ints:
    """Return the places that the evaluator judges, by what other months say as well."""
    levels: set[str] = set()
    codes: set[str] = set()
    for question in questions:
        asked = question.asked
        levels |= set(LEVELS if asked.yearly else asked.verdict_levels)
        codes |= {asked.root, *asked.allocated}
    chosen = [at for at in places.tolist() if tree.places[at].level in levels or tree.codes[at] in codes]
    return np.array(chosen, dtype=np.int64)


def _sorted_out(readings: Readings, places: Ints, month: int) -> tuple[Ints, Ints]:
    """Return the places that the evaluator judges one by one, and those of which nothing is asked."""
    # yearly targets that have ended are answered by their last December, when the place may still have been there
    if readings.asked.yearly:
        return places[readings.inside[places]], places[:0]
    speaking = places[readings.applicable[places, month - readings.first]]
    judged = [at for at, level in enumerate(LEVELS) if level in readings.asked.verdict_levels]
    alone = np.isin(speaking, _special(readings)) | np.isin(readings.tree.level[speaking], judged)
    return speaking[alone], speaking[~alone]


def _special(readings: Readings) -> list[int]:
    """Return the places of which something is said by name, and not by their level."""
    codes = [readings.asked.root, *readings.asked.allocated]
    return [readings.tree.index[code] for code in codes if code in readings.tree.index]


def _rule(readings: Readings, at: int) -> Rule:
    place = readings.tree.places[at]
    return readings.asked.rule(place.code, place.level, readings.stance(at))


def _judged(
    readings: Readings,
    codes: Sequence[str],
    places: Ints,
    pk: int,
    month: int,
    today: date,
    on_request: OnRequest,
) -> Iterator[Stands]:
    """Yield the places that the evaluator judges, those that stand alike together."""
    alike: dict[tuple[int, str | None, bool, bool], list[tuple[int, int, int, bool]]] = {}
    special, rules = set(_special(readings)), _Rules(readings, month, today)
    for at in places.tolist():
        rule, aim = rules.of(at, special)
        try:
            found = standing(rule, readings.history(at), aim, today)
        except NotKept:  # held against one of many allocated numbers
            counted = Readings(on_request(at), readings.asked)
            found = standing(rule, counted.history(counted.tree.index[codes[at]]), aim, today)
        reading = found.reading
        if reading.applicable:
            n, d = reading.numerator, reading.denominator
            row = (at, int((n or 0) * HUNDREDTHS), int((d or 0) * HUNDREDTHS), found.provisional)
            alike.setdefault((found.month, found.status, n is None, d is None), []).append(row)
    for (end, status, no_n, no_d), rows in alike.items():
        own, tops, bottoms, partly = (np.array(column) for column in zip(*rows, strict=True))
        yield Stands(own, pk, end, status, None if no_n else tops, None if no_d else bottoms, partly)


class _Rules:
    """What is asked of places in a month: the same of all of one level, except of those that are named."""

    def __init__(self, readings: Readings, month: int, today: date) -> None:
        self._readings, self._month, self._today = readings, month, today
        self._of_level: dict[int, tuple[Rule, Aim]] = {}

    def of(self, at: int, named: set[int]) -> tuple[Rule, Aim]:
        level = int(self._readings.tree.level[at])
        found = None if at in named else self._of_level.get(level)
        if found is None:
            rule = _rule(self._readings, at)
            found = rule, asked(rule, self._month, self._today)
            if at not in named:
                self._of_level[level] = found
        return found


def _counted(readings: Readings, rule: Rule, places: Ints, pk: int, month: int, today: date) -> Iterator[Stands]:
    """Yield the places of one level of which nothing is asked: what they have, and that no target is theirs."""
    aim = asked(rule, month, today)
    column = month - readings.first
    above = rule.stance == "above" and aim.held is not None
    numerator, denominator = _units(readings, aim) if above else _sides(readings)
    without_n = numerator.missing[places, column]
    if above:  # units without a value are no units that fail as long as there are no others
        without_n = without_n | (readings.with_value.amount[places, column] == 0)
    without_d = denominator.missing[places, column]
    n, d = numerator.amount[places, column], denominator.amount[places, column]
    partly = _partly(readings, numerator, denominator, places, column, above)
    nothing = without_d | (d == 0)
    no_status = rule.role == REFERENCE
    for chosen, status in (
        (without_n, Status.NO_DATA),
        (~without_n & nothing, Status.NO_DENOMINATOR),
        (~without_n & ~nothing, Status.NO_TARGET),
    ):
        for missing in (False, True):
            these = chosen & (without_d == missing)
            if these.any():
                yield Stands(
                    places[these],
                    pk,
                    month,
                    None if no_status else status.value,
                    None if status is Status.NO_DATA else n[these],
                    None if missing else d[these],
                    partly[these] & (status is Status.NO_TARGET),
                )


def _sides(readings: Readings) -> tuple[Quantity, Quantity]:
    return readings.numerator, readings.denominator


def _units(readings: Readings, aim: Aim) -> tuple[Quantity, Quantity]:
    if aim.held is None:
        raise ValueError("units are held against a milestone")
    passing = readings.numbers.of(readings.asked.units_passing(aim.held))
    return passing, readings.units


def _partly(
    readings: Readings, numerator: Quantity, denominator: Quantity, places: Ints, column: int, above: bool
) -> Flags:
    """Return where something that counts is not known."""
    if above:
        found: Flags = readings.with_value.amount[places, column] < readings.units.amount[places, column]
        return found
    partly = np.zeros(len(places), dtype=np.bool_)
    for side in (numerator, denominator):
        partly |= side.known[places, column] < side.units[places, column]
    return partly
