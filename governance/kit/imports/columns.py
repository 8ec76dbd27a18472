"""What a listing says about its import: which fields a file may fill, and how a row finds its record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BaseConstraint
from django.utils.functional import Promise

from governance.kit.files import MIB

Text = str | Promise
Rule = Callable[[Any], None]


@dataclass(frozen=True, slots=True, eq=False)
class Imports:
    """How files become records.

    `fields` are those of the form unless named, `natural` finds a record without its number (the listing's own unless
    named), `headings` are further names of a column, `rule` what an action of one's own asks of each record (raises
    `DomainError`); a listing whose actions are `written` has its rule already. `triggers` are what the database keeps
    by triggers, told as the constraints that they stand for, so that a row is refused at its check.
    """

    fields: tuple[str, ...] = ()
    natural: tuple[str, ...] = ()
    headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rule: Rule | None = None
    triggers: tuple[BaseConstraint, ...] = ()
    rows_at_most: int = 100_000
    bytes_at_most: int = 20 * MIB


@dataclass(frozen=True, slots=True, eq=False)
class NoImport:
    """No import, and why."""

    reason: Text
