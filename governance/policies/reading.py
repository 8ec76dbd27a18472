"""How an indicator reads: its formula in words, and what keeps it from being computed."""

from __future__ import annotations

from dataclasses import dataclass

from governance.kit.measures.parser import parse
from governance.kit.measures.vocabulary import ExpressionError, Vocabulary
from governance.kit.measures.wording import Formula, formula
from governance.policies.models import Indicator


@dataclass(frozen=True, slots=True)
class Reading:
    """The formula, or why it cannot be read any more; the sources in it that no app declares."""

    formula: Formula | None
    undeclared: tuple[str, ...] = ()
    refusal: str = ""


def read(indicator: Indicator, words: Vocabulary) -> Reading:
    """Read both expressions; what they name may have gone since they were stored."""
    try:
        above, below = parse(indicator.numerator, words), parse(indicator.denominator, words)
    except ExpressionError as error:
        return Reading(None, refusal=error.reason)
    names = dict.fromkeys(name for name, _position in (*above.undeclared, *below.undeclared))
    said = formula(above.expression, below.expression, indicator.factor, indicator.unit, words)
    return Reading(said, tuple(names))
