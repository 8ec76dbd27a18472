"""The unit of a counted number, in words: what the whole things are called that somebody can register."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from governance.kit.measures import expressions as e
from governance.kit.measures.vocabulary import Vocabulary
from governance.kit.measures.wording import LEVEL_NAMES
from governance.kit.wording import inside, listed


def unit_of(expression: e.Expression, words: Vocabulary) -> str:
    """Return what an expression counts, such as 个村（社区） or 人; nothing where no app declares it."""
    match expression:
        case e.AtBaseline(expression=inner) | e.Within(expression=inner):
            return unit_of(inner, words)
        case e.Distinct():
            return _("人")
        case e.Kinds() | e.Components():
            return _("项")
        case e.Stock() | e.Flow():
            return _of_rows(expression, words)
        case e.Figure(name=name):
            found: Any = words.figures.get(name)
            return str(found[0].unit) if found else ""
        case e.Units(levels=levels) | e.RegionsWith(levels=levels) | e.RegionsEligible(levels=levels):
            return places(levels)
        case e.AtLeast(level=level):
            return places((level,))
        case _:
            return ""


def places(levels: tuple[str, ...]) -> str:
    """Return the unit of places of some levels."""
    return _("个%(places)s") % {"places": listed(inside(LEVEL_NAMES[level]) for level in levels)}


def _of_rows(expression: Any, words: Vocabulary) -> str:
    source = words.sources.get(expression.source)
    rows = (source.intervals if isinstance(expression, e.Stock) else source.events) if source else None
    if rows is None or expression.mark not in rows.marks:
        return ""
    weight = rows.weights.get(expression.weight or "")
    return str(weight.unit if weight else rows.marks[expression.mark].unit)
