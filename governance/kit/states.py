"""The life of a record as data: its states, who may move it from one to the next, and what must be there first.

A `Listing` names its states; buttons, the page that asks, the endpoints and the admin follow from them. The act itself
is `records.move`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from governance.kit.errors import DomainError
from governance.kit.scoping import may
from governance.kit.wording import listed

Text = str | Promise
# Why a move cannot be made (record, by), or nothing.
Need = Callable[[Any, Any], Text]
# Why `verb` (change, delete) is refused for a record in its state (record, by, verb, changed fields), or nothing.
Keep = Callable[[Any, Any, str, Collection[str]], Text]

TONES = frozenset({"primary", "plain", "danger"})


def _nothing_missing(record: Any, by: Any) -> Text:
    return ""


def _nothing_kept(record: Any, by: Any, verb: str, changed: Collection[str]) -> Text:
    return ""


@dataclass(frozen=True, slots=True, eq=False)
class Transition:
    """A move from one of `sources` to `target`; `verb` is the permission it asks for (`app.verb_model`).

    `name` ends its address and its event on the trail. `needs` gives the reason when something is missing. `asks` are
    form fields: an answer named like a field of the record is kept there, any other one on the trail alone.
    `sets` are further fields with the value they get, `by_field` and `at_field` those that keep who moved it and when;
    `apart` is the field with somebody who may not make this move: two people look at what is decided.
    """

    name: str
    label: Text
    sources: tuple[str, ...]
    target: str
    verb: str = "change"
    needs: Need = _nothing_missing
    asks: Mapping[str, forms.Field] = field(default_factory=dict)
    sets: Mapping[str, Any] = field(default_factory=dict)
    by_field: str = ""
    at_field: str = ""
    tone: str = "plain"
    icon: str = "arrow-right"
    hint: Text = ""
    apart: str = ""

    def missing(self, record: Any, by: Any) -> Text:
        """Return why `by` cannot make the move with a record in its state, or nothing."""
        if self.apart and by is not None and getattr(record, f"{self.apart}_id") == by.pk:
            return _("这一步要由另一个人办理：这条记录是您自己提交的。")
        return self.needs(record, by)

    def __post_init__(self) -> None:
        if self.tone not in TONES:
            raise ValueError(f"the transition {self.name} has the unknown tone {self.tone}")


@dataclass(frozen=True, slots=True, eq=False)
class States:
    """The states of a field; `looks` gives the class and the icon of each, `keeps` what a state does not let happen.

    `by_itself` are those that no person moves a record to: the portal brings it there.
    """

    field: str
    looks: Mapping[str, tuple[str, str]]
    transitions: tuple[Transition, ...]
    keeps: Keep = _nothing_kept
    by_itself: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        names = [transition.name for transition in self.transitions]
        unknown = {state for each in self.transitions for state in (*each.sources, each.target)} - set(self.looks)
        if len(names) != len(set(names)) or unknown:
            raise ValueError(f"transitions {names} repeat a name or lead to or from unknown states {sorted(unknown)}")

    def named(self, name: str) -> Transition | None:
        """Return the transition called `name`."""
        return next((transition for transition in self.transitions if transition.name == name), None)

    def of(self, record: Model) -> str:
        """Return the state that the record is in."""
        return str(getattr(record, self.field))

    def word(self, record: Model, state: str | None = None) -> str:
        """Return a state in words; without one, that of the record."""
        choices: Any = record._meta.get_field(self.field)
        return str(dict(choices.flatchoices)[self.of(record) if state is None else state])

    def offered(self, record: Model, by: Any) -> list[Transition]:
        """Return the moves that the state allows and `by` may make, also those for which something is still missing."""
        state = self.of(record)
        return [each for each in self.transitions if state in each.sources and may(by, each.verb, record)]

    def require(self, transition: Transition, record: Model, by: Any) -> None:
        """Raise `DomainError` where the state does not allow the move, or something is missing for it."""
        if self.of(record) not in transition.sources:
            allowed = listed(self.word(record, state) for state in transition.sources)
            values = {"now": self.word(record), "label": transition.label, "allowed": allowed}
            text = _("现在的状态是“%(now)s”，不能%(label)s；只有“%(allowed)s”的才能%(label)s。")
            raise DomainError(text % values, code="wrong_state")
        missing = transition.missing(record, by)
        if missing:
            raise DomainError(str(missing), code="not_ready")

    def require_free(self, record: Model, by: Any, verb: str, changed: Collection[str] = ()) -> None:
        """Raise `DomainError` where the record's state keeps it from being changed (in these fields) or removed."""
        reason = self.keeps(record, by, verb, changed)
        if not reason and self.field in changed:
            reason = _("状态只能通过办理来改变，不能直接修改。")
        if reason:
            raise DomainError(str(reason), code="kept_by_state")

    def lets(self, record: Model, by: Any, verb: str) -> bool:
        """Return whether the record's state lets `by` change anything of it, or remove it."""
        return not self.keeps(record, by, verb, ())


STATES: dict[type[Model], States] = {}


def states_of(record: Model) -> States | None:
    """Return the states of a record's kind, or None for a kind without."""
    return STATES.get(record._meta.model)
