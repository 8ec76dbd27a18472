"""The answer to a question: one indicator, one place, one day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from governance.attainment.compute.indicator import Asked
from governance.attainment.compute.readings import Readings
from governance.attainment.evaluator.judge import judge
from governance.attainment.evaluator.rule import Judgement
from governance.attainment.periods import MONTHS, as_of, judged_at
from governance.attainment.rollup.counting import Counting
from governance.attainment.rollup.facts import Facts
from governance.attainment.rollup.tree import Tree


def months_needed(asked: Iterable[Asked], month: int) -> tuple[int, int]:
    """Return the first and the last month that the answers as of `month` may look at."""
    days = [
        day
        for one in asked
        for day in (
            one.valid_from,
            one.baseline_on,
            *(milestone.due for milestone in one.milestones),
            *(milestone.due for milestones in one.allocated.values() for milestone in milestones),
        )
        if day is not None
    ]
    return min([month, *map(judged_at, days)]) - MONTHS, month


def counting(tree: Tree, facts: Facts, asked: Iterable[Asked], day: date, today: date) -> Counting:
    """Return the counting over all months that the answers for `day` need."""
    month, _to_date = as_of(day, today)
    return Counting(tree, facts, *months_needed(asked, month))


def answer(found: Counting, asked: Asked, code: str, today: date) -> Judgement:
    """Return the judgement of a place at the last month of a counting."""
    readings = Readings(found, asked)
    at = found.tree.index[code]
    rule = asked.rule(code, found.tree.places[at].level, readings.stance(at))
    return judge(rule, readings.history(at), int(found.months[-1]), today)
