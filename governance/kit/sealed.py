"""Texts that are encrypted in the database, and show nothing but a mask wherever they turn up by accident.

What a model holds is a `Sealed`: as a text it is its mask, it is never logged, cached or written as JSON, and only
`open()` gives the text itself. So a page, a file or an answer that prints it prints the mask.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

from django import forms
from django.core.exceptions import FieldError
from django.db import models

from governance.kit import keyring
from governance.kit.masks import mask_all

Change = Callable[[str], str]


class Sealed:
    """A secret text, open or still encrypted, with the mask that may be shown."""

    __slots__ = ("_label", "_mask", "_text", "_token")

    def __init__(self, label: str, mask: Change, *, text: str | None = None, token: bytes | None = None) -> None:
        self._label, self._mask, self._text, self._token = label, mask, text, token

    def open(self) -> str:
        """Return the text. Who calls this shows it to somebody: see that it is asked for, allowed and audited."""
        if self._text is None:
            self._text = keyring.unseal(bytes(self._token or b""), self._label)
        return self._text

    @property
    def token(self) -> bytes:
        """What the database keeps; an unchanged text keeps what it was read as."""
        if self._token is None:
            self._token = keyring.seal(self.open(), self._label)
        return self._token

    def __str__(self) -> str:
        return self._mask(self.open())

    def __repr__(self) -> str:
        return "<sealed>"

    def __eq__(self, other: object) -> bool:
        # a form sends back the mask of what nobody has touched: that is no change
        if isinstance(other, Sealed):
            return self.open() == other.open()
        return isinstance(other, str) and other in (self.open(), str(self))

    def __hash__(self) -> int:
        return hash(self._label)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: Any) -> Self:
        return self

    def __reduce__(self) -> Any:
        raise TypeError("a sealed text is neither cached nor sent")


class _SealedAttribute:
    """Turns every text that is put on a record into a `Sealed` at once."""

    def __init__(self, field: SealedField) -> None:
        self.field = field

    def __get__(self, record: Any, owner: Any = None) -> Any:
        if record is None:
            return self
        if self.field.attname not in record.__dict__:
            record.refresh_from_db(fields=[self.field.attname])  # it was deferred
        return record.__dict__[self.field.attname]

    def __set__(self, record: Any, value: Any) -> None:
        held = record.__dict__.get(self.field.attname)
        if not (isinstance(value, str) and held is not None and value == str(held)):
            record.__dict__[self.field.attname] = self.field.to_python(value)


class SealedField(models.BinaryField):  # type: ignore[type-arg]
    """A text that the database keeps encrypted. `mask` gives what may be shown, `normalised` how it is written."""

    def __init__(
        self, *args: Any, mask: Change = mask_all, normalised: Change = str.strip, longest: int = 100, **options: Any
    ) -> None:
        self.mask, self.normalised, self.longest = mask, normalised, longest
        super().__init__(*args, **{"null": True, "blank": True, "editable": True} | options)

    def deconstruct(self) -> Any:
        """Be bytes to migrations: the database knows nothing of masks."""
        name, _path, args, options = super().deconstruct()
        options.pop("validators", None)
        return name, "django.db.models.BinaryField", args, options

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        """Put the attribute on the model."""
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _SealedAttribute(self))

    @property
    def label(self) -> str:
        """The column to which a text is bound."""
        return f"{self.model._meta.label_lower}.{self.name}"

    def to_python(self, value: Any) -> Any:
        """Return a `Sealed` of a text or of what the database keeps; None where there is none."""
        if value is None or isinstance(value, Sealed):
            return value
        if isinstance(value, bytes | bytearray | memoryview):
            return Sealed(self.label, self.mask, token=bytes(value))
        text = self.normalised(str(value))
        return Sealed(self.label, self.mask, text=text) if text else None

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Wrap what was read; it is opened when somebody asks for it."""
        return self.to_python(value)

    def get_prep_value(self, value: Any) -> Any:
        """Return what the database keeps."""
        sealed = self.to_python(value)
        return None if sealed is None else sealed.token

    def run_validators(self, value: Any) -> None:
        """Check the text itself."""
        if value is not None:
            super().run_validators(value.open())

    def get_lookup(self, lookup_name: str) -> Any:
        """Allow only whether there is one: each encryption of a text is another, so nothing could be found."""
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is sealed: look it up by its blind index")
        return super().get_lookup(lookup_name)

    def value_to_string(self, obj: Any) -> str:
        """Return the mask for whatever writes records as text."""
        value = self.value_from_object(obj)
        return "" if value is None else str(value)

    def formfield(self, **options: Any) -> Any:
        """Return an input that shows the mask; sent back as it is, nothing changes."""
        given = {
            "required": not self.blank,
            "label": self.verbose_name,
            "help_text": self.help_text,
            "max_length": self.longest,
            "empty_value": None,
            "widget": forms.TextInput(attrs={"autocomplete": "off"}),
        }
        options.pop("form_class", None)
        options.pop("choices_form_class", None)
        return forms.CharField(**given | options)


class BlindIndexField(models.BinaryField):  # type: ignore[type-arg]
    """The keyed checksum of the sealed field `of`, by which an equal text is found; whoever saves, it follows.

    Rows that are not saved one by one (COPY, `update`) bring it along: `keyring.index_of`.
    """

    def __init__(self, *args: Any, of: str = "", purpose: str = "", **options: Any) -> None:
        self.of, self.purpose = of, purpose
        super().__init__(*args, **{"null": True, "blank": True, "editable": False} | options)

    def deconstruct(self) -> Any:
        """Be bytes to migrations."""
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.BinaryField", args, options

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes | None:
        """Return the checksum of the text as it stands now."""
        sealed = getattr(model_instance, self.of)
        value = None if sealed is None else keyring.index_of(sealed.open(), self.purpose)
        setattr(model_instance, self.attname, value)
        return value
