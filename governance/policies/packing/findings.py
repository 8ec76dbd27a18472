"""What is wrong in a pack, and where."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _


class Place(NamedTuple):
    """Line and column in a file, from 1; columns count characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault (`code` names its sort) or, as a warning, something that does not keep the pack from being loaded."""

    file: str
    place: Place
    code: str
    message: str
    warning: bool = False

    def __str__(self) -> str:
        text = _("警告：%(message)s") % {"message": self.message} if self.warning else self.message
        return f"{self.file}:{self.place.line}:{self.place.column}: {text}"


@dataclass(slots=True)
class Findings:
    """All that was found; `strict` makes errors of warnings."""

    strict: bool = False
    rows: list[Finding] = field(default_factory=list)

    def add(self, file: str, place: Place, code: str, message: str, *, warning: bool = False) -> None:
        """Keep one."""
        self.rows.append(Finding(file, place, code, message, warning and not self.strict))

    @property
    def errors(self) -> list[Finding]:
        """Those that keep everything from being loaded."""
        return [row for row in self.rows if not row.warning]
