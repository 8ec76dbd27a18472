"""The form of a record: choices inside the user's scope, refusals of the action shown at their field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import DateField, FileField, Model, TextField
from django.db.models.constants import LOOKUP_SEP
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from governance.kit.choices import scope_choices
from governance.kit.errors import DomainError
from governance.kit.homes import home_of
from governance.kit.references import ToBeMade, reference_for
from governance.kit.scoping import permission, writing_scope


class PrivateFileInput(forms.ClearableFileInput):
    """A file input for the private store: it says that there is a file, and links nowhere."""

    template_name = "kit/file_input.html"

    def is_initial(self, value: Any) -> bool:
        """Return whether a file is stored already."""
        return bool(value)


def fitting_input(field: Any, **options: Any) -> Any:
    """Return the form field of a model field; dates get the browser's own picker, files a private input."""
    if isinstance(field, DateField):
        options["widget"] = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    elif isinstance(field, FileField):
        options["widget"] = PrivateFileInput
    elif isinstance(field, TextField) and not field.choices:
        options.setdefault("widget", forms.Textarea(attrs={"rows": 3}))  # it grows by its corner
    return field.formfield(**options)


def ask_to_choose(field: Any) -> None:
    """Say in words that a choice is to be made, where the framework shows a row of dashes."""
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = None if field.empty_label is None else str(_("请选择") if field.required else _("不选"))
    elif isinstance(field, forms.ChoiceField):
        pairs: Any = field.choices
        field.choices = [
            ("", _("请选择") if field.required else _("不选")) if key in ("", None) else (key, label)
            for key, label in pairs
        ]


def read_seen(text: str | None) -> datetime:
    """Return the moment that a form's `seen` names, or refuse the form."""
    try:
        seen = parse_datetime(text or "")
    except ValueError:  # the form of a time, but none of the calendar
        seen = None
    if seen is None:
        raise ValidationError(_("页面已失效，请刷新后再改。"))
    return seen


def _as_stored(value: Any) -> Any:
    """Return a text with the line breaks of the store: a browser sends its own, which would look like a change."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _home(model: type[Model]) -> str:
    """Return the field through which records are homed: the first step of the way to their place."""
    return home_of(model).split(LOOKUP_SEP)[0]


class RecordForm(forms.ModelForm):  # type: ignore[type-arg]
    """A model form that saves through an action; `seen` carries the state that the person had before her eyes."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        fields: tuple[str, ...] = ()
        formfield_callback = staticmethod(fitting_input)

    def __init__(self, *arguments: Any, user: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.user = user
        self._name_related()
        # What may be chosen is where this very form may write: an administrator of accounts sees no business data,
        # and still names the places of her accounts.
        verb = "change" if self.instance.pk else "add"
        scope_choices(
            self.fields, user, writing_scope(user, permission(self._meta.model, verb)), _home(self._meta.model)
        )
        for field in self.fields.values():
            ask_to_choose(field)
        for name, value in self.initial.items():
            if isinstance(value, Decimal):
                self.initial[name] = f"{value.normalize():f}"  # without the zeros of the store
        changed_at = getattr(self.instance, "changed_at", None)
        if self.instance.pk and changed_at:
            self.fields["seen"].initial = changed_at.isoformat()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def _name_related(self) -> None:
        """Let related records be named as their kind is named everywhere; a field that the form declares stays."""
        for name, field in self.fields.items():
            if type(field) is forms.ModelChoiceField and name not in self.declared_fields:
                key = self._meta.model._meta.get_field(name)
                reference = reference_for(key)
                if reference is not None:
                    self.fields[name] = reference.form(key)

    def clean_seen(self) -> datetime | None:
        """Return the time of the last change that the person saw."""
        if not (self.instance.pk and hasattr(self.instance, "changed_at")):
            return None
        return read_seen(self.cleaned_data.get("seen"))

    def _get_validation_exclusions(self) -> set[str]:
        """Leave out what names a record that is still to be made."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded | self._waiting.keys()

    def _post_clean(self) -> None:
        """Check the rest of the record: what is still to be made waits for the action."""
        self._waiting = {name: value for name, value in self.cleaned_data.items() if isinstance(value, ToBeMade)}
        self.cleaned_data = {name: value for name, value in self.cleaned_data.items() if name not in self._waiting}
        super()._post_clean()  # type: ignore[misc]
        self.cleaned_data |= self._waiting

    def values(self) -> dict[str, Any]:
        """Return the cleaned values of the model's fields."""
        own = set(self._meta.fields or ()) - {"seen"}  # the admin names it among the fields to show
        return {name: _as_stored(value) for name, value in self.cleaned_data.items() if name in own}

    def run(self, action: Callable[..., Model], *target: Model) -> Model | None:
        """Call the action with the values; put a refusal at its field and return None."""
        try:
            if target:
                # the form has put the new values on its instance; rules that compare need the record as it is stored
                stored = [
                    record._meta.model._default_manager.filter(pk=record.pk).first() or record for record in target
                ]
                return action(*stored, by=self.user, seen=self.cleaned_data.get("seen"), **self.values())
            return action(by=self.user, **self.values())
        except DomainError as refusal:
            self.add_error(refusal.field if refusal.field in self.fields else None, refusal.reason)
        except ValidationError as error:
            self.add_error(None, error)
        except PermissionDenied as refusal:
            self.add_error(None, str(refusal) or str(_("没有权限。")))
        return None
