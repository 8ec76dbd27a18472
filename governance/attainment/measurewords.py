"""What is kept at a position of the arrays, in words: expressions, and what goes up the tree beside them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from governance.attainment.engine.areas import areas
from governance.attainment.rollup import keys as k
from governance.attainment.rounding import shown
from governance.kit.measures import expressions as e
from governance.kit.measures.vocabulary import Vocabulary
from governance.kit.measures.wording import KIND_NAMES, LEVEL_NAMES, in_words
from governance.kit.wording import inside, listed
from governance.policies.vocabulary import vocabulary


def measures_in_words(texts: Iterable[str]) -> dict[str, str]:
    """Return the stored texts of keys with their words; one that no indicator asks for any more is said to be so."""
    keys = {repr(key): key for area in areas() for key in area.layout.keys}
    words = vocabulary()
    return {text: key_in_words(keys[text], words) if text in keys else _("现在已不用的口径") for text in texts}


def key_in_words(key: k.Key, words: Vocabulary) -> str:
    """Return what a key stands for as a phrase, in the reader's language."""
    match key:
        case e.One():
            return _("当月有没有这个地区")
        case e.AtBaseline(inner, on):  # what is hidden may stand inside
            return _("%(date)s 的%(what)s") % {"date": on.isoformat(), "what": inside(key_in_words(inner, words))}
        case k.KeptUnits(register):
            source = words.sources.get(register)
            return _("启用“%(register)s”台账的村（社区）数") % {"register": source.label if source else register}
        case k.KindRows():
            return _("%(what)s：其中第 %(which)s 种的条数") % {
                "what": in_words(e.Kinds(key.source, key.mark, key.window), words),
                "which": key.which + 1,
            }
        case k.UnitsWithout(expression, levels, kind):
            values = {"what": in_words(expression, words), "places": _places(levels, kind, words)}
            return _("%(what)s：没有数据的%(places)s数") % values
        case k.UnitsWithValue(levels=levels, kind=kind):
            return _("自身有数值的%(places)s数") % {"places": _places(levels, kind, words)}
        case k.UnitsPassing(units=units, at_most=at_most, target=target):
            values = {"number": shown(target), "places": _places(units.levels, units.kind, words)}
            return (
                _("自身不高于 %(number)s 的%(places)s数") if at_most else _("自身达到 %(number)s 的%(places)s数")
            ) % values
        case k.UnitsLacking(passing):
            values = {
                "number": shown(passing.target),
                "places": _places(passing.units.levels, passing.units.kind, words),
            }
            return _("没有达到 %(number)s 的%(places)s合计还差的数") % values
        case _:
            return in_words(key, words)


def _places(levels: tuple[str, ...], kind: str | None, words: Vocabulary) -> str:
    name = {**words.sets, **KIND_NAMES}.get((kind or "").removeprefix(e.NAMED))
    return inside(name or listed(inside(LEVEL_NAMES[level]) for level in levels))
