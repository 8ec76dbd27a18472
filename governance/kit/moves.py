"""Moving a record on in its life, as a person meets it: the buttons of its page and the form that asks."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model

from governance.kit import records
from governance.kit.choices import scope_choices
from governance.kit.errors import DomainError
from governance.kit.forms import ask_to_choose, read_seen
from governance.kit.states import States, Text, Transition

_CLASSES = {"primary": "btn-primary", "plain": "", "danger": "btn-danger-quiet"}


@dataclass(frozen=True, slots=True)
class Button:
    """A move on the page of a record: where it leads, whether it asks something first, why it cannot be made yet."""

    transition: Transition
    classes: str
    reason: str

    @property
    def name(self) -> str:
        """The name of the move, as its address has it."""
        return self.transition.name

    @property
    def label(self) -> Text:
        """The word on the button."""
        return self.transition.label

    @property
    def icon(self) -> str:
        """The icon on the button."""
        return self.transition.icon

    @property
    def primary(self) -> bool:
        """Whether this is the one act that the page is for now."""
        return "btn-primary" in self.classes

    @property
    def asks(self) -> bool:
        """Whether there is a question to answer first."""
        return bool(self.transition.asks)


def buttons(states: States, record: Model, by: Any) -> list[Button]:
    """Return the moves that `by` may make with the record as it stands, the primary one last and only once."""
    made: list[Button] = []
    for transition in states.offered(record, by):
        reason = str(transition.missing(record, by))
        first = not any(button.primary for button in made)
        tone = "plain" if transition.tone == "primary" and (reason or not first) else transition.tone
        made.append(Button(transition, _CLASSES[tone], reason))
    return sorted(made, key=lambda button: button.primary)


class MoveForm(forms.Form):
    """What a transition asks; `seen` carries the state of the record that the person had before her eyes."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, transition: Transition, record: Any, user: Any) -> None:
        super().__init__(data)
        self.transition, self.record, self.user = transition, record, user
        asked = {name: deepcopy(field) for name, field in transition.asks.items()}
        scope_choices(asked, user)
        for field in asked.values():
            ask_to_choose(field)
        self.fields |= asked
        self.fields["seen"].initial = record.changed_at.isoformat()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_seen(self) -> datetime:
        """Return the time of the last change that the person saw."""
        return read_seen(self.cleaned_data["seen"])

    def run(self) -> Model | None:
        """Move the record; put what is wrong with an answer at its field and return None. Let `DomainError` pass."""
        try:
            moved: Model = records.move(self.record, self.transition.name, by=self.user, **self.cleaned_data)
        except ValidationError as error:
            for name, texts in getattr(error, "error_dict", {"": error}).items():
                self.add_error(name if name in self.fields else None, ValidationError(texts))
            return None
        return moved

    def attempt(self) -> tuple[Model | None, str]:
        """Return the moved record, or None with the reason of a refusal; errors of the answers are on the form."""
        if not self.is_valid():
            return None, ""
        try:
            return self.run(), ""
        except DomainError as refusal:
            return None, refusal.reason
