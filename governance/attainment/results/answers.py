"""Answers about some regions as of a day: from the stored numbers where these reach, else computed on request."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property

from governance.attainment.compute.indicator import Asked
from governance.attainment.compute.readings import Numbers, Readings
from governance.attainment.evaluator.judge import judge
from governance.attainment.evaluator.rule import Judgement, Rule
from governance.attainment.periods import as_of
from governance.attainment.results.numbers import counted_numbers, stored_numbers
from governance.attainment.rollup.counting import Counting
from governance.kit.remembered import passing
from governance.regions.models import Region


class Answers:
    """Answers to what indicators of one policy ask of regions."""

    def __init__(self, regions: Sequence[Region], asked: Sequence[Asked], day: date, today: date) -> None:
        self.regions, self.asked, self.today = regions, asked, today
        self.month, _to_date = as_of(day, today)
        self.stored = stored_numbers(regions, asked, self.month)
        self._readings: dict[tuple[str, bool], Readings] = {}

    def of(self, asked: Asked, region: Region) -> tuple[Rule, Judgement]:
        """Return what an indicator asks of a region, and the answer."""
        if self.stored is not None:
            try:
                return self._judged(self.stored, asked, region)
            except LookupError:  # a measure or a month that is not kept
                pass
        return self._judged(self.counted, asked, region)

    @cached_property
    def counted(self) -> Counting:
        """The numbers computed on request: from records, of which no page's stamp knows."""
        passing()
        return counted_numbers(self.regions, self.asked, self.month)

    def _judged(self, numbers: Numbers, asked: Asked, region: Region) -> tuple[Rule, Judgement]:
        key = (asked.slug, numbers is self.stored)
        if key not in self._readings or self._readings[key].asked is not asked:
            self._readings[key] = Readings(numbers, asked)
        readings = self._readings[key]
        at = numbers.tree.index[region.code]
        rule = asked.rule(region.code, region.level, readings.stance(at))
        return rule, judge(rule, readings.history(at), self.month, self.today)
