"""Reads the text of an expression, checks every name against the vocabulary, and says where a fault stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from governance.kit.days import written_day
from governance.kit.measures import expressions as e
from governance.kit.measures.checks import Checks
from governance.kit.measures.scanner import Scanner, Word, refused
from governance.kit.measures.vocabulary import ExpressionError, Vocabulary, unknown


@dataclass(frozen=True, slots=True)
class Parsed:
    """An expression, and the sources in it that no installed app declares, with their positions."""

    expression: e.Expression
    undeclared: tuple[tuple[str, int], ...] = ()


def parse(text: str, vocabulary: Vocabulary) -> Parsed:
    """Return the expression that `text` says; raises `ExpressionError` with its position."""
    return _Parser(text, vocabulary).whole()


class _Parser:
    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.scan = Scanner(text)
        self.check = Checks(vocabulary)
        self.calls: dict[str, Callable[[], e.Expression]] = {
            "stock": self._stock,
            "flow": self._flow,
            "distinct": self._distinct,
            "kinds": self._kinds,
            "figure": self._figure,
            "units": self._units,
            "regions_with": self._regions_with,
            "regions_eligible": self._regions_eligible,
            "components": self._components,
            "at_least": self._at_least,
            "within": self._within,
            "at_baseline": self._at_baseline,
        }

    def whole(self) -> Parsed:
        if self.scan.next.text == "1":
            self.scan.take()
            found: e.Expression = e.One()
        else:
            found = self._expression()
        if self.scan.next.text:
            raise refused(self.scan.next, _("算式应在这里结束"))
        return Parsed(found, tuple(self.check.undeclared))

    def _expression(self) -> e.Expression:
        word = self.scan.name(_("算式"))
        call = self.calls.get(word.text)
        if call is None:
            raise ExpressionError(unknown(_("算法"), word.text, self.calls), word.position, len(word.text))
        self.scan.sign("(")
        found = call()
        self.scan.sign(")")
        return found

    def _mark(self) -> tuple[Word, Word]:
        source = self.scan.name(_("台账名"))
        self.scan.sign(".")
        return source, self.scan.name(_("口径名"))

    def _stock(self) -> e.Expression:
        source, mark = self._mark()
        weight = self.scan.name(_("权重名")) if self.scan.skip(",") else None
        self.check.stock(source, mark, weight)
        return e.Stock(source.text, mark.text, weight.text if weight else None)

    def _flow(self) -> e.Expression:
        source, mark, window = self._with_window(e.WINDOWS)
        weight = self.scan.name(_("权重名")) if self.scan.skip(",") else None
        self.check.flow(source, mark, weight)
        return e.Flow(source.text, mark.text, window, weight.text if weight else None)

    def _distinct(self) -> e.Expression:
        source, mark, window = self._with_window(e.WINDOWS)
        self.check.distinct(source, mark)
        return e.Distinct(source.text, mark.text, window)

    def _kinds(self) -> e.Expression:
        source, mark, window = self._with_window((*e.WINDOWS, e.NOW))
        self.check.kinds(source, mark, window, self.scan.words[self.scan.at - 1])
        return e.Kinds(source.text, mark.text, window)

    def _with_window(self, windows: tuple[str, ...]) -> tuple[Word, Word, str]:
        source, mark = self._mark()
        self.scan.sign(",")
        word = self.scan.name(_("时段"))
        if word.text not in windows:
            raise ExpressionError(unknown(_("时段"), word.text, windows), word.position, len(word.text))
        return source, mark, word.text

    def _figure(self) -> e.Expression:
        words = [self.scan.name(_("填报数的名称"))]
        while self.scan.skip("."):
            words.append(self.scan.name(_("填报数的名称")))
        name = ".".join(word.text for word in words)
        self.check.figure(name, words[0])
        return e.Figure(name)

    def _levels(self) -> tuple[list[Word], tuple[str, ...]]:
        words = [self.scan.name(_("级别"))]
        while self.scan.skip("+"):
            words.append(self.scan.name(_("级别")))
        self.check.levels(words)
        return words, tuple(word.text for word in words)

    def _kind(self, levels: tuple[str, ...], extra: tuple[str, ...] = ()) -> tuple[Word, str] | None:
        if not self.scan.skip(","):
            return None
        word = self.scan.name(_("类别"))
        name = word.text
        if name == "named":
            self.scan.sign(":")
            name = e.NAMED + self.scan.name(_("地区组")).text
        self.check.kind(word, name, levels, extra)
        return word, name

    def _units(self) -> e.Expression:
        _words, levels = self._levels()
        kind = self._kind(levels)
        return e.Units(levels, kind[1] if kind else None)

    def _regions_with(self) -> e.Expression:
        item = self.scan.name(_("能力项"))
        self.scan.sign(",")
        words, levels = self._levels()
        kind = self._kind(levels, (e.ELIGIBLE,))
        self.check.item(item, words, kind)
        return e.RegionsWith(item.text, levels, kind[1] if kind else None)

    def _regions_eligible(self) -> e.Expression:
        item = self.scan.name(_("能力项"))
        self.scan.sign(",")
        words, levels = self._levels()
        self.check.item(item, words, (item, e.ELIGIBLE))
        return e.RegionsEligible(item.text, levels)

    def _components(self) -> e.Expression:
        item = self.scan.name(_("能力项"))
        self.scan.sign(",")
        place = self.scan.next
        if place.text != "self":
            raise refused(place, _("分项只数本地区自己的，这里应是“self”"))
        self.scan.take()
        self.check.components(item)
        return e.Components(item.text)

    def _at_least(self) -> e.Expression:
        start = self.scan.next
        inner = self._expression()
        self.scan.sign(",")
        number = self.scan.take()
        if not number.text[:1].isdigit() or "-" in number.text:
            raise refused(number, _("这里应是一个数"))
        self.scan.sign(",")
        level = self.scan.name(_("级别"))
        self.check.levels([level])
        self.check.summable(inner, start)
        return e.AtLeast(inner, Fraction(number.text), level.text)

    def _within(self) -> e.Expression:
        start = self.scan.next
        inner = self._expression()
        self.scan.sign(",")
        kind = self.scan.name(_("类别"))
        if kind.text not in e.COMMITTEES:
            raise ExpressionError(unknown(_("类别"), kind.text, e.COMMITTEES), kind.position, len(kind.text))
        self.check.summable(inner, start)
        self.check.of_communities(inner, start)
        return e.Within(inner, kind.text)

    def _at_baseline(self) -> e.Expression:
        start = self.scan.next
        inner = self._expression()
        self.scan.sign(",")
        word = self.scan.take()
        try:
            on = written_day(word.text)
        except ValueError:
            raise refused(word, _("这里应是日期，如 2020-12-31")) from None
        if any(isinstance(part, e.AtBaseline) for part in e.parts(inner)):
            raise ExpressionError(_("基期里不能再有基期。"), start.position, len(start.text))
        return e.AtBaseline(inner, on)
