"""Reads an expression into words with their positions."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from governance.kit.measures.vocabulary import ExpressionError
from governance.kit.wording import inside

_WORD = re.compile(r"\s*(?P<word>\d{4}-\d{2}-\d{2}|\d+(?:\.\d+)?|[A-Za-z_][A-Za-z0-9_]*|[(),.+:])")
_NAME = re.compile(r"[a-z_][a-z0-9_]*\Z")


@dataclass(frozen=True, slots=True)
class Word:
    """A name, a number, a date or a sign; the empty word ends the text."""

    text: str
    position: int

    @property
    def is_name(self) -> bool:
        """Whether it can name something."""
        return bool(_NAME.match(self.text))


class Scanner:
    """Hands out the words of a text one by one."""

    def __init__(self, text: str) -> None:
        self.words = list(_words(text))
        self.at = 0

    @property
    def next(self) -> Word:
        """The word to come."""
        return self.words[self.at]

    def take(self) -> Word:
        """Return the word to come and go on."""
        word = self.next
        self.at += word.text != ""
        return word

    def sign(self, text: str) -> Word:
        """Take a sign or refuse what stands in its place."""
        if self.next.text != text:
            raise refused(self.next, _("这里应是“%(sign)s”") % {"sign": text})
        return self.take()

    def skip(self, text: str) -> bool:
        """Take the sign if it is there."""
        found = self.next.text == text
        if found:
            self.take()
        return found

    def name(self, what: str) -> Word:
        """Take a name or refuse what stands in its place."""
        if not self.next.is_name:
            raise refused(self.next, _("这里应是%(what)s") % {"what": inside(what)})
        return self.take()


def refused(word: Word, wanted: str) -> ExpressionError:
    """Return the refusal of a word, saying what was wanted and what stands there."""
    if not word.text:
        return ExpressionError(_("%(wanted)s，算式却已结束。") % {"wanted": wanted}, word.position)
    reason = _("%(wanted)s，却写了“%(text)s”。") % {"wanted": wanted, "text": word.text}
    return ExpressionError(reason, word.position, len(word.text))


def _words(text: str) -> list[Word]:
    found, at = [], 0
    end = len(text.rstrip())
    while at < end:
        match = _WORD.match(text, at)
        if match is None:
            at += len(text[at:]) - len(text[at:].lstrip())
            raise ExpressionError(_("算式里不能有“%(sign)s”。") % {"sign": text[at]}, at)
        found.append(Word(match["word"], match.start("word")))
        at = match.end()
    return [*found, Word("", end)]
