"""Whether the names in an expression exist and fit together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from governance.kit.measures import expressions as e
from governance.kit.measures.scanner import Word
from governance.kit.measures.sources import Events, Intervals
from governance.kit.measures.vocabulary import ExpressionError, Item, Vocabulary, unknown


class Checks:
    """Raises `ExpressionError` at the word that is wrong; notes sources that nobody declares."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.undeclared: list[tuple[str, int]] = []

    def stock(self, source: Word, mark: Word, weight: Word | None) -> None:
        """Check a mark of intervals."""
        self._counted(source, mark, weight, "intervals", _("不是有起止的台账，不能按月末在册数"))

    def flow(self, source: Word, mark: Word, weight: Word | None) -> None:
        """Check a mark of events."""
        self._counted(source, mark, weight, "events", _("不是按日发生的台账，不能按时段累计"))

    def distinct(self, source: Word, mark: Word) -> None:
        """Check a mark of events that name a person."""
        rows = self._counted(source, mark, None, "events", _("不是按日发生的台账，不能按时段累计"))
        if rows is not None and not rows.person:
            _refuse(source, _("台账“%(name)s”不记人，不能数人。") % {"name": source.text})

    def kinds(self, source: Word, mark: Word, window: str, at: Word) -> None:
        """Check a field with listed values; over intervals the window is `now`."""
        known = self._known(source)
        if known is None:
            return
        rows: Intervals | Events | None = known.intervals if window == e.NOW else known.events
        if rows is None:
            other = _("有起止的台账只能用“now”") if known.intervals else _("按日发生的台账不能用“now”")
            _refuse(at, other + _("。"))
        elif mark.text not in rows.kinds:
            _refuse(mark, unknown(_("可分列的口径"), mark.text, rows.kinds))

    def figure(self, name: str, at: Word) -> None:
        """Check a reported number."""
        if name not in self.vocabulary.figures:
            raise ExpressionError(unknown(_("填报数"), name, self.vocabulary.figures), at.position, len(name))

    def levels(self, words: list[Word]) -> None:
        """Check levels: known, each once."""
        seen: set[str] = set()
        for word in words:
            if word.text not in e.LEVELS:
                _refuse(word, unknown(_("级别"), word.text, e.LEVELS))
            if word.text in seen:
                _refuse(word, _("级别“%(name)s”写了两次。") % {"name": word.text})
            seen.add(word.text)

    def kind(self, word: Word, name: str, levels: tuple[str, ...], extra: Iterable[str]) -> None:
        """Check that the levels know this kind."""
        if name.startswith(e.NAMED):
            wanted = name.removeprefix(e.NAMED)
            if wanted not in self.vocabulary.sets:
                at = ExpressionError(unknown(_("地区组"), wanted, self.vocabulary.sets), word.position, len(name))
                raise at
            return
        known = (*(e.KINDS.get(levels[0], ()) if len(levels) == 1 else ()), *extra)
        if name not in known:
            _refuse(word, unknown(_("类别"), name, known))

    def item(self, item: Word, levels: list[Word], kind: tuple[Word, str] | None) -> None:
        """Check an item, that places of these levels can have it, and that its scope is declared where asked for."""
        known = self._item(item)
        for word in levels:
            if word.text not in known.levels:
                _refuse(word, unknown(_("能力项“%(item)s”的级别") % {"item": item.text}, word.text, known.levels))
        if kind is not None and kind[1] == e.ELIGIBLE and not known.eligible:
            _refuse(kind[0], _("能力项“%(item)s”没有适用范围，处处适用。") % {"item": item.text})
        if known.rule == "count" and not (kind and kind[1] == e.ELIGIBLE and kind[0] is item):
            _refuse(item, _("能力项“%(item)s”只数分项，请用 components。") % {"item": item.text})

    def components(self, item: Word) -> None:
        """Check an item with components."""
        if not self._item(item).components:
            _refuse(item, _("能力项“%(item)s”没有分项。") % {"item": item.text})

    def summable(self, inner: e.Expression, at: Word) -> None:
        """Refuse what has no value of its own at a unit."""
        if isinstance(e.parts(inner)[0], e.Components | e.Kinds | e.AtBaseline | e.One):
            _refuse(at, _("“%(name)s”不能逐级相加，不能用在这里。") % {"name": at.text})

    def of_communities(self, inner: e.Expression, at: Word) -> None:
        """Refuse what is not counted at communities."""
        levels: tuple[str, ...] = ("community",)
        for part in e.parts(inner):
            if isinstance(part, e.RegionsWith | e.RegionsEligible | e.Units):
                levels = part.levels
            elif isinstance(part, e.AtLeast):
                levels = (part.level,)
                break
        if levels != ("community",):
            _refuse(at, _("只有村（社区）分城乡，“%(name)s”数的是别的级别。") % {"name": at.text})

    def _counted(self, source: Word, mark: Word, weight: Word | None, form: str, refusal: str) -> Any:
        known = self._known(source)
        if known is None:
            return None
        rows = getattr(known, form)
        if rows is None:
            _refuse(source, _("“%(name)s”%(why)s。") % {"name": source.text, "why": refusal})
        if mark.text not in rows.marks:
            _refuse(mark, unknown(_("口径"), mark.text, rows.marks))
        if weight is not None and weight.text not in rows.weights:
            _refuse(weight, unknown(_("权重"), weight.text, rows.weights))
        return rows

    def _known(self, source: Word) -> Any:
        known = self.vocabulary.sources.get(source.text)
        if known is None:
            self.undeclared.append((source.text, source.position))
        return known

    def _item(self, word: Word) -> Item:
        known = self.vocabulary.items.get(word.text)
        if known is None:
            raise ExpressionError(unknown(_("能力项"), word.text, self.vocabulary.items), word.position, len(word.text))
        return known


def _refuse(word: Word, reason: str) -> None:
    raise ExpressionError(reason, word.position, len(word.text))
