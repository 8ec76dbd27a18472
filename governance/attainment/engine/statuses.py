"""How indicators stand at many places at once: where nothing is asked of a place arrays tell, else the evaluator."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import numpy as np

from governance.attainment.compute.questions import Question
from governance.attainment.compute.readings import Numbers, Readings
from governance.attainment.evaluator.judge import standing
from governance.attainment.evaluator.milestones import REFERENCE, Aim, asked
from governance.attainment.evaluator.rule import Rule
from governance.attainment.evaluator.status import Status
from governance.attainment.rollup.facts import HUNDREDTHS
from governance.attainment.rollup.quantity import Quantity
from governance.attainment.rollup.tree import Ints


class Stand(NamedTuple):
    """One indicator at one place; `place` is its index in the tree. Sides in hundredths, None where missing."""

    place: int
    indicator: int
    month: int
    status: str | None
    numerator: int | None
    denominator: int | None
    provisional: bool


def stands(numbers: Numbers, question: Question, places: Ints, month: int, today: date) -> Iterator[Stand]:
    """Yield how an indicator stands at some places; those of which it does not speak are left out."""
    readings = Readings(numbers, question.asked)
    pk = question.indicator.pk
    # yearly targets that have ended are answered by their last December, when the place may still have been there
    speaks = readings.inside[places] if question.asked.yearly else readings.applicable[places, month - readings.first]
    speaking = places[speaks]
    alike: dict[tuple[str, str], tuple[Rule, list[int]]] = {}
    for at in speaking.tolist():
        place = numbers.tree.places[at]
        stance = readings.stance(at)
        key = (place.level, stance)
        if key in alike and not _by_itself(question, place.code):
            alike[key][1].append(at)
            continue
        rule = question.asked.rule(place.code, place.level, stance)
        if rule.judged or question.asked.yearly or _by_itself(question, place.code):
            yield from _judged(readings, rule, at, pk, month, today)
        else:
            alike[key] = (rule, [at])
    for rule, own in alike.values():
        yield from _counted(readings, rule, np.array(own, dtype=np.int64), pk, month, today)


def _by_itself(question: Question, code: str) -> bool:
    """Return whether something is said of this very place, and not of its level."""
    return code == question.asked.root or code in question.asked.allocated


def _judged(readings: Readings, rule: Rule, at: int, pk: int, month: int, today: date) -> Iterator[Stand]:
    found = standing(rule, readings.history(at), month, today)
    reading = found.reading
    if reading.applicable:
        n, d = (None if side is None else int(side * HUNDREDTHS) for side in (reading.numerator, reading.denominator))
        yield Stand(at, pk, found.month, found.status, n, d, found.provisional)


def _counted(readings: Readings, rule: Rule, places: Ints, pk: int, month: int, today: date) -> Iterator[Stand]:
    """Yield the places of one level of which nothing is asked: what they have, and that no target is theirs."""
    aim = asked(rule, month, today)
    column = month - readings.first
    above = rule.stance == "above" and aim.held is not None
    sides = _units(readings, aim) if above else _sides(readings)
    numerator, denominator = (_column(side, places, column) for side in sides)
    if above:  # units without a value are no units that fail as long as there are no others
        valued_units = readings.with_value.amount[places, column].tolist()
        numerator = [n if valued else None for n, valued in zip(numerator, valued_units, strict=True)]
    partly = _partly(readings, sides, places, column, above)
    for at, n, d, part in zip(places.tolist(), numerator, denominator, partly, strict=True):
        valued = n is not None and bool(d)
        if rule.role == REFERENCE:
            status = None
        elif n is None:
            status = Status.NO_DATA.value
        elif not d:
            status = Status.NO_DENOMINATOR.value
        else:
            status = Status.NO_TARGET.value
        yield Stand(at, pk, month, status, n, d, bool(valued and part))


def _sides(readings: Readings) -> tuple[Quantity, Quantity]:
    return readings.numerator, readings.denominator


def _units(readings: Readings, aim: Aim) -> tuple[Quantity, Quantity]:
    if aim.held is None:
        raise ValueError("units are held against a milestone")
    passing = readings.numbers.of(readings.asked.units_passing(aim.held))
    return passing, readings.units


def _column(quantity: Quantity, places: Ints, column: int) -> list[int | None]:
    amounts, missing = quantity.amount[places, column].tolist(), quantity.missing[places, column].tolist()
    return [None if gone else amount for amount, gone in zip(amounts, missing, strict=True)]


def _partly(readings: Readings, sides: tuple[Quantity, Quantity], places: Ints, column: int, above: bool) -> list[bool]:
    """Return where something that counts is not known."""
    if above:
        known, total = readings.with_value.amount, readings.units.amount
        return list((known[places, column] < total[places, column]).tolist())
    found = np.zeros(len(places), dtype=np.bool_)
    for side in sides:
        found |= side.known[places, column] < side.units[places, column]
    return list(found.tolist())
