"""Says an expression in words: what is counted, of which month, and how the value comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.kit.measures import expressions as e
from governance.kit.measures.sources import RESPONDENTS, Source
from governance.kit.measures.vocabulary import Vocabulary
from governance.kit.wording import bracketed, inside, listed

LEVEL_NAMES = {
    "province": gettext_lazy("省级地区"),
    "prefecture": gettext_lazy("地级地区"),
    "county": gettext_lazy("区县"),
    "township": gettext_lazy("乡镇（街道）"),
    "community": gettext_lazy("村（社区）"),
}
KIND_NAMES = {
    "urban": gettext_lazy("城市社区"),
    "rural": gettext_lazy("农村社区"),
    "street_office": gettext_lazy("街道"),
    "street_or_town": gettext_lazy("街道和镇"),
}
WINDOW_NAMES = {
    "month": gettext_lazy("当月"),
    "ytd": gettext_lazy("本年累计"),
    "last12": gettext_lazy("近 12 个月"),
    "last24": gettext_lazy("近 24 个月"),
    "total": gettext_lazy("历年累计"),
    "now": gettext_lazy("月末"),
}


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula to be set out on a page: numerator over denominator (empty for none), times a factor (empty for 1)."""

    numerator: str
    denominator: str = ""
    factor: str = ""


def formula(
    numerator: e.Expression, denominator: e.Expression, factor: Decimal, unit: str, words: Vocabulary
) -> Formula:
    """Return the formula of an indicator in words."""
    below = "" if isinstance(denominator, e.One) else in_words(denominator, words)
    if factor == 1:
        return Formula(in_words(numerator, words), below)
    times = "100%" if unit == "%" and factor == 100 else f"{factor.normalize():f}"
    return Formula(in_words(numerator, words), below, times)


def in_words(expression: e.Expression, words: Vocabulary) -> str:
    """Return the expression as a phrase, in the reader's language."""
    return _Wording(words).of(expression)


class _Wording:
    def __init__(self, words: Vocabulary) -> None:
        self.words = words

    def of(self, expression: e.Expression, within: str | None = None) -> str:
        """Return the phrase of any expression; `within` narrows communities to one kind."""
        match expression:
            case e.Stock():
                return _("月末在册的%(rows)s") % {"rows": self._rows(expression, "intervals")}
            case e.Flow(window=window):
                return _("%(window)s的%(rows)s") % {
                    "window": WINDOW_NAMES[window],
                    "rows": self._rows(expression, "events"),
                }
            case e.Distinct(window=window):
                rows = self._rows(expression, "events")
                text = _("%(window)s的%(rows)s涉及人数") % {"window": WINDOW_NAMES[window], "rows": rows}
                return bracketed(text, _("每人在一处只计一次"))
            case e.Kinds(window=window):
                return self._kinds(expression)
            case e.Figure(name=name):
                return self._figure(name)
            case e.Units(levels=levels, kind=kind):
                return _("%(places)s总数") % {"places": self._places(levels, kind)}
            case e.RegionsWith(item=item, levels=levels, kind=kind):
                return self._regions_with(item, levels, within or kind, eligible=kind == e.ELIGIBLE)
            case e.RegionsEligible(item=item, levels=levels):
                return _("属于%(item)s适用范围的%(places)s数") % {
                    "item": self._item(item),
                    "places": self._places(levels, within),
                }
            case e.Components(item=item):
                return _("本级%(item)s已具备的分项数") % {"item": self._item(item)}
            case e.AtLeast(expression=inner, least=least, level=level):
                number = f"{Decimal(least.numerator) / Decimal(least.denominator):f}"
                return _("%(what)s达到 %(number)s 的%(places)s数") % {
                    "what": self.of(inner),
                    "number": number,
                    "places": self._places((level,), within),
                }
            case e.Within(expression=e.Stock() | e.Flow() | e.Distinct() | e.Figure() as inner, kind=kind):
                return _("%(places)s%(what)s") % {"places": inside(KIND_NAMES[kind]), "what": inside(self.of(inner))}
            case e.Within(expression=inner, kind=kind):
                return self.of(inner, kind)
            case e.AtBaseline(expression=inner, on=on):
                return _("%(date)s 的%(what)s") % {"date": on.isoformat(), "what": inside(self.of(inner))}
            case _:
                return "1"

    def _source(self, name: str) -> Source | None:
        return self.words.sources.get(name)

    def _rows(self, expression: Any, form: str) -> str:
        known = self._source(expression.source)
        rows = getattr(known, form) if known else None
        if rows is None or expression.mark not in rows.marks:
            return bracketed(f"{expression.source}.{expression.mark}", _("尚无数据来源"))
        label = inside(rows.marks[expression.mark].label)
        weight = rows.weights.get(getattr(expression, "weight", None) or "")
        return _("%(rows)s的%(weight)s合计") % {"rows": label, "weight": inside(weight.label)} if weight else label

    def _kinds(self, expression: e.Kinds) -> str:
        known = self._source(expression.source)
        rows = (known.intervals if expression.window == e.NOW else known.events) if known else None
        values = rows.kinds.get(expression.mark) if rows else None
        if values is None:
            return bracketed(f"{expression.source}.{expression.mark}", _("尚无数据来源"))
        text = _("%(window)s出现的%(values)s种数") % {
            "window": WINDOW_NAMES[expression.window],
            "values": values.label,
        }
        return bracketed(text, listed(values.values.values()))

    def _figure(self, name: str) -> str:
        found: Any = self.words.figures.get(name)
        if found is None:
            return name
        number, half = found
        return bracketed(_("受访人数"), number.name) if half == RESPONDENTS else str(number.name)

    def _item(self, slug: str) -> str:
        known = self.words.items.get(slug)
        label = known.label if known else slug
        return label if "“" in label else _("“%(name)s”") % {"name": label}

    def _places(self, levels: tuple[str, ...], kind: str | None) -> str:
        if kind and kind.startswith(e.NAMED):
            return self.words.sets.get(kind.removeprefix(e.NAMED), kind)
        if kind in KIND_NAMES:
            return inside(KIND_NAMES[kind])
        return listed(inside(LEVEL_NAMES[level]) for level in levels)

    def _regions_with(self, item: str, levels: tuple[str, ...], kind: str | None, *, eligible: bool) -> str:
        values = {"item": self._item(item), "places": self._places(levels, kind)}
        if eligible:
            return _("适用范围内具备%(item)s的%(places)s数") % values
        return _("具备%(item)s的%(places)s数") % values
