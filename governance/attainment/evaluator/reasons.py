"""Codes that say why a status is what it is. Pages put them into words; every code has one line here."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Why: the codes of the evaluator, and those that a caller gives in `Reading.missing`.

    A reading may bring a code that is not listed: it is passed through as it came.
    """

    # not_applicable: given by the caller, the first when it gives none
    NOT_APPLICABLE = "not_applicable"  # the indicator does not speak of this place
    OUTSIDE_ROOT = "not_applicable_outside_root"  # the place lies outside the policy's region
    NOT_VALID = "not_applicable_not_valid"  # the place did not exist at the end of the month
    BELOW_UNIT = "not_applicable_below_unit"  # the place lies below the level that the text speaks of
    NO_UNIT = "not_applicable_no_unit"  # there is no valid unit of the level and kind at or below the place

    # no_data: given by the caller, the last two by the evaluator
    NO_SOURCE = "no_source"  # nothing records what is counted
    REGISTER_NOT_KEPT = "register_not_kept"  # nobody has said that the register is kept here yet
    NO_FIGURE = "no_figure"  # no figure has been reported
    NUMERATOR_MISSING = "numerator_missing"  # what is counted is missing, and the caller did not say why
    NO_UNIT_HAS_VALUE = "no_unit_has_value"  # there are units, and not one of them has a value

    # no_denominator
    DENOMINATOR_MISSING = "denominator_missing"  # what it is divided by is missing, and the caller did not say why
    DENOMINATOR_ZERO = "denominator_zero"  # what it is divided by is 0
    BASELINE_MISSING = "baseline_missing"  # the count that the multiple is of is neither computed nor entered
    BASELINE_ZERO = "baseline_zero"  # the count that the multiple is of is 0

    # no_target
    NO_NUMBER_IN_TEXT = "no_number_in_text"  # the text gives no number
    LEVEL_NOT_JUDGED = "level_not_judged"  # the number is for other levels, and nothing is allocated here
    BEFORE_FIRST_YEAR = "before_first_year"  # the yearly target begins in a later year
    YEAR_WITHOUT_TARGET = "year_without_target"  # the text lists years before and after, not this one

    # with a target
    MET = "met"  # the target in force is reached
    UNDATED = "undated"  # not reached, and the text names no date
    PAST_DUE = "past_due"  # not reached, and the month of the due date has ended
    NO_PATH = "no_path"  # not reached, and the path has not begun or has no beginning
    ON_PATH = "on_path"  # not reached yet, at or beyond the path
    BELOW_PATH = "below_path"  # not reached, and short of the path

    REFERENCE_FACT = "reference_fact"  # a fact stated by the text; nothing is asked
