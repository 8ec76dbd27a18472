"""What the evaluator is told: the rule of an indicator at a place, and the readings of its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Protocol

ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Milestone:
    """A target and the day it is due; no day: always in force. `high` is the upper wish of a range."""

    due: date | None
    target: Fraction
    high: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Baseline:
    """Where the path starts: a date of the text, and its value in the unit of the indicator when the text states one.

    For a multiple the value is a count: the number that the multiple is of.
    """

    on: date
    value: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """What an indicator asks of one place. Milestones are those that hold at the place: allocated, or the text's.

    `direction`: at_least, at_most or range; empty for a reference fact. `yearly`: empty, listed or every_year.
    `stance`: pooled (one value against the target), unit (the place is the unit that the text speaks of), above (it is
    judged by the share of its units that pass). `multiple`: the value is a multiple of a baseline count.
    `compared`: shares, rates, coverages and averages, which are set beside the root's target without being judged.
    """

    role: str
    direction: str
    factor: Fraction
    valid_from: date
    valid_to: date | None = None
    stance: str = "pooled"
    yearly: str = ""
    multiple: bool = False
    compared: bool = False
    milestones: tuple[Milestone, ...] = ()
    root_milestones: tuple[Milestone, ...] = ()
    judged: bool = True  # the level is in `verdict_levels`, or a target is allocated here
    baseline: Baseline | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Numerator and denominator of one place at one month end; None is missing.

    For a place above its units: `numerator` counts the units that pass, `denominator` the valid units.
    `applicable`: the place lies inside the root, is valid, not below the unit level and has a valid unit.
    `missing` says why a number is missing (a code such as no_source, register_not_kept, no_figure).
    """

    numerator: Fraction | None
    denominator: Fraction | None = ONE
    completeness: Fraction = ONE
    applicable: bool = True
    missing: str = ""
    units_total: int | None = None
    units_met: int | None = None
    units_no_data: int | None = None
    shortfall: int | None = None


class History(Protocol):
    """The readings of one place over time."""

    def at(self, month: int, milestone: Milestone | None) -> Reading:
        """Return the reading at the end of `month`; above the units they are held against `milestone`."""
        ...


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a milestone was judged on its own day, and the month end at which it was met later."""

    milestone: Milestone
    outcome: str  # met, missed, no_data, no_denominator
    value: Fraction | None
    provisional: bool = False
    met_later: int | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """The whole answer for one place at one month end; `month` is the one that was used."""

    month: int
    to_date: bool
    reading: Reading
    status: str | None
    reason: str  # a code that says why the status is what it is
    value: Fraction | None = None
    milestone: Milestone | None = None
    baseline: Fraction | None = None
    path: Fraction | None = None
    progress: Fraction | None = None
    provisional: bool = False
    gap: int | None = None
    target_count: int | None = None
    above_high: bool | None = None
    pace: Fraction | None = None
    forecast: int | None = None
    verdicts: tuple[Verdict, ...] = ()
    reference_line: str | None = None
