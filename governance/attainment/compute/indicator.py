"""An indicator as the arithmetic needs it: expressions read, numbers exact, targets by place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from governance.attainment.evaluator.rule import Baseline, Milestone, Rule
from governance.attainment.rollup.keys import UnitsPassing, UnitsWithValue
from governance.kit.measures import expressions as e

_COMPARED = frozenset({"coverage", "share", "per_10k", "average_per_unit"})


def kind_of_units(numerator: e.Expression, denominator: e.Expression) -> str | None:
    """Return the kind of units that an indicator's own `units(…)` names, in the denominator or else in the numerator."""
    for side in (denominator, numerator):
        for part in e.parts(side):
            if isinstance(part, e.Units):
                return part.kind
    return None


@dataclass(frozen=True, slots=True)
class Asked:
    """What an indicator asks; `root` is the code of the place whose policy it is."""

    slug: str
    role: str
    kind: str
    numerator: e.Expression
    denominator: e.Expression
    factor: Fraction
    root: str
    valid_from: date
    valid_to: date | None = None
    each_unit: bool = False
    unit_levels: tuple[str, ...] = ()
    unit_kind: str | None = None
    verdict_levels: tuple[str, ...] = ()
    direction: str = ""
    yearly: str = ""
    milestones: tuple[Milestone, ...] = ()
    allocated: Mapping[str, tuple[Milestone, ...]] = field(default_factory=dict)
    baseline_on: date | None = None
    baseline_value: Fraction | None = None

    @property
    def multiple(self) -> bool:
        """Whether the value is a multiple of a count at a baseline date."""
        return isinstance(self.denominator, e.AtBaseline)

    @property
    def units_with_value(self) -> UnitsWithValue:
        """What counts the units that have a value of their own."""
        return UnitsWithValue(self.numerator, self.denominator, self.unit_levels, self.unit_kind)

    def units_passing(self, milestone: Milestone) -> UnitsPassing:
        """Return what counts the units that reach a milestone."""
        return UnitsPassing(self.units_with_value, self.factor, self.direction == "at_most", milestone.target)

    def has_number(self, code: str) -> bool:
        """Whether there is a number that a place, or its units, can be held against."""
        return bool(self.allocated.get(code) or self.milestones)

    def rule(self, code: str, level: str, stance: str) -> Rule:
        """Return what the indicator asks of one place."""
        allocated = self.allocated.get(code)
        judged = allocated is not None or level in self.verdict_levels
        text = self.milestones if judged else ()
        return Rule(
            role=self.role,
            direction=self.direction,
            factor=self.factor,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            stance=stance,
            yearly=self.yearly,
            multiple=self.multiple,
            compared=self.kind in _COMPARED,
            milestones=text if allocated is None else allocated,
            root_milestones=self.milestones,
            judged=judged,
            baseline=self._baseline(stated=code == self.root or stance == "unit"),
        )

    def _baseline(self, *, stated: bool) -> Baseline | None:
        # what a text states, it states of its own place, or of each unit that it speaks of
        value = self.baseline_value if stated else None
        if self.baseline_on is None and value is None:
            return None
        return Baseline(self.baseline_on or self.valid_from, value)
