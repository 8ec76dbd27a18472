"""Values from readings: exact, missing where a side is missing; each reading is asked for once."""

from __future__ import annotations

from fractions import Fraction

from governance.attainment.evaluator.reasons import Reason
from governance.attainment.evaluator.rule import History, Milestone, Reading, Rule

ABOVE = "above"
HUNDRED = Fraction(100)


def factor_of(rule: Rule) -> Fraction:
    """Return what the ratio is multiplied by; the share of units that pass is a percentage."""
    return HUNDRED if rule.stance == ABOVE else rule.factor


def no_unit_known(rule: Rule, reading: Reading) -> bool:
    """Return whether a place above its units has units of which none has a value."""
    return rule.stance == ABOVE and bool(reading.units_total) and reading.units_no_data == reading.units_total


def ratio_of(rule: Rule, reading: Reading) -> tuple[int, int] | None:
    """Return numerator over denominator, not in lowest terms and without the factor; None: there is no value."""
    n, d = reading.numerator, reading.denominator
    if n is None or not d or not reading.applicable or no_unit_known(rule, reading):
        return None
    return n.numerator * d.denominator, n.denominator * d.numerator


def value_of(rule: Rule, reading: Reading) -> Fraction | None:
    """Return `factor × n / d`, or None when a side is missing or `d` is 0."""
    ratio = ratio_of(rule, reading)
    if ratio is None:
        return None
    factor = factor_of(rule)
    bottom = ratio[1] * factor.denominator
    if bottom == 1:  # a count: there is nothing to reduce
        return Fraction(ratio[0] * factor.numerator)
    return Fraction(ratio[0] * factor.numerator, bottom)


def absence(rule: Rule, reading: Reading) -> tuple[str, str]:
    """Return status and reason of a reading without a value."""
    if not reading.applicable:
        return "not_applicable", reading.missing or Reason.NOT_APPLICABLE.value
    if no_unit_known(rule, reading):
        return "no_data", reading.missing or Reason.NO_UNIT_HAS_VALUE.value
    if reading.numerator is None:
        return "no_data", reading.missing or Reason.NUMERATOR_MISSING.value
    if reading.denominator is None:
        # `missing` of a multiple would speak of the register today, not of the count at the baseline
        if rule.multiple:
            return "no_denominator", Reason.BASELINE_MISSING.value
        return "no_denominator", reading.missing or Reason.DENOMINATOR_MISSING.value
    return "no_denominator", (Reason.BASELINE_ZERO if rule.multiple else Reason.DENOMINATOR_ZERO).value


class Series:
    """The readings of one place over time, each asked for once.

    Only above the units does a reading depend on a milestone; elsewhere the history is asked with None.
    """

    __slots__ = ("above", "history", "known", "rule")

    def __init__(self, rule: Rule, history: History) -> None:
        self.rule = rule
        self.history = history
        self.above = rule.stance == ABOVE
        self.known: dict[tuple[int, Milestone | None], Reading] = {}

    def reading(self, month: int, held: Milestone | None) -> Reading:
        """Return the reading at the end of a month; above the units they are held against `held`."""
        key = (month, held if self.above else None)
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = self.history.at(*key)
        return found

    def value(self, month: int, held: Milestone | None) -> Fraction | None:
        """Return the value at the end of a month."""
        return value_of(self.rule, self.reading(month, held))

    def ratio(self, month: int, held: Milestone | None) -> tuple[int, int] | None:
        """Return numerator over denominator at the end of a month."""
        return ratio_of(self.rule, self.reading(month, held))
