"""The names that an expression may use, and the refusal that says where a wrong one stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from django.utils.translation import gettext as _

from governance.kit.measures.sources import SOURCES, Source, figure_names
from governance.kit.wording import listed

_FEW = 3


@dataclass(frozen=True, slots=True)
class Item:
    """A capability item: the levels that can have it, its components, and whether its scope is declared."""

    label: str
    levels: tuple[str, ...]
    rule: str = "one"
    components: tuple[str, ...] = ()
    eligible: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the installed apps and the tables offer; sets map a name to its label."""

    items: Mapping[str, Item]
    sets: Mapping[str, str]
    sources: Mapping[str, Source] = field(default_factory=lambda: SOURCES)
    figures: Mapping[str, object] = field(default_factory=figure_names)


class ExpressionError(Exception):
    """A refused expression: the reason in words, and where it stands (`position` from 0, `length` in characters)."""

    def __init__(self, reason: str, position: int, length: int = 1) -> None:
        super().__init__(reason)
        self.reason, self.position, self.length = reason, position, max(1, length)


def nearest(name: str, known: Iterable[str]) -> str:
    """Return ` 您是不是要找：…` with the most similar names, or the few that there are; else nothing."""
    names = list(known)
    close = get_close_matches(name, names, _FEW, 0.5) or (names if len(names) <= 2 * _FEW else [])
    return _("可用的有：%(names)s。") % {"names": listed(close)} if close else ""


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """Return the sentence that refuses an unknown name, with the nearest ones."""
    return _("没有%(what)s“%(name)s”。") % {"what": what, "name": name} + nearest(name, known)
