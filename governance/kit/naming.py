"""A form field for a record that is named by a text: a code, a number, or a name that only one record has."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from governance.kit.limits import Limit, misfit
from governance.kit.texts import refused_character


class NamingField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Takes what was picked from suggestions (`<key> <name>`) or typed; what it cannot find is said in words.

    `limit` is what the foreign key says of the records that it may lead to.
    """

    default_error_messages: ClassVar[dict[str, Any]] = {
        "unseen": _("含有看不见的控制字符，请重新填写。"),
        "unknown": _("没有“%(given)s”。%(hint)s"),
        "ambiguous": _("叫“%(given)s”的不止一个。%(hint)s"),
    }

    def __init__(self, queryset: Any, *, limit: Limit | None = None, **options: Any) -> None:
        options.pop("limit_choices_to", None)
        options.pop("blank", None)
        super().__init__(queryset, **options)
        self.limit = limit or {}

    def found(self, text: str) -> list[Any]:
        """Return the record behind a text, or two where it is not clear which one is meant."""
        raise NotImplementedError

    def key_of(self, value: Any) -> str:
        """Return what names a stored record."""
        raise NotImplementedError

    def hint(self, code: str, text: str) -> str:
        """Return what to do next, as the end of a refusal."""
        raise NotImplementedError

    def prepare_value(self, value: Any) -> Any:
        """Show what names a stored record."""
        if isinstance(value, Model):
            return self.key_of(value)
        if isinstance(value, int):
            rows: Any = self.queryset.model._default_manager  # type: ignore[union-attr]
            stored = rows.filter(pk=value).first()
            return None if stored is None else self.key_of(stored)
        return value

    def to_python(self, value: Any) -> Any:
        """Return the record, or say what is wrong."""
        text = str(value or "").strip()
        if not text:
            return None
        if refused_character(text):
            raise ValidationError(self.error_messages["unseen"], code="unknown")
        found = self.found(text)
        if len(found) != 1:
            code = "ambiguous" if found else "unknown"
            raise ValidationError(
                self.error_messages[code], code=code, params={"given": text[:50], "hint": self.hint(code, text)}
            )
        reason = misfit(self.limit, found[0])
        if reason:
            raise ValidationError(reason, code="wrong_level")
        return found[0]

    def validate(self, value: Any) -> None:
        """Only ask whether something was given; the look-up has checked the rest."""
        forms.Field.validate(self, value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare keys."""
        return str(self.prepare_value(initial) or "").split(" ", 1)[0] != str(data or "").strip().split(" ", 1)[0]
