"""Naming a person in a form, a filter or a request: by what stands on her identity card, or by a record that one sees."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError as Invalid

from governance.kit.serializers import refuse_unknown
from governance.kit.texts import refused_character
from governance.people.entry import Entry
from governance.people.models import Person

PARTS = ("name", "identity_number", "phone")
_LONGEST = {"name": 60, "identity_number": 40, "phone": 40}


class PersonInput(forms.MultiWidget):
    """Three inputs; a person who is named already is shown by her masked name instead."""

    template_name = "people/person_input.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        off = {"autocomplete": "off", "class": "form-control"}
        labels = (gettext_lazy("姓名"), gettext_lazy("居民身份证号"), gettext_lazy("电话"))
        inputs: dict[str, Any] = {
            part: forms.TextInput(off | {"aria-label": label, "placeholder": label, "maxlength": _LONGEST[part]})
            for part, label in zip(PARTS, labels, strict=True)
        }
        self.person: Person | None = None
        super().__init__({**inputs, "known": forms.HiddenInput()}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        """Return the parts: of a person who is known only her number in the portal."""
        return ["", "", "", value if isinstance(value, int | str) else getattr(value, "pk", "")]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the person who is named already."""
        return super().get_context(name, value, attrs) | {"person": self.person}

    def id_for_label(self, id_: str) -> str:
        """Let the label lead to the name."""
        return f"{id_}_0" if id_ else id_


class PersonField(forms.MultiValueField):
    """A person: an `Entry` of somebody to be found or recorded, or a record that the user sees.

    Once the role is stored the person is shown and stays.
    """

    widget = PersonInput

    def __init__(self, **options: Any) -> None:
        options.pop("limit", None)
        options.setdefault(
            "help_text", gettext_lazy("填了证件号码，同一个人只建一份档案；没有证件号码可以不填，但可能重复建档。")
        )
        self.queryset: Any = Person.objects.all()  # narrowed to those that the user may name
        parts = [forms.CharField(required=False, max_length=_LONGEST[part]) for part in PARTS]
        super().__init__([*parts, forms.CharField(required=False)], require_all_fields=False, **options)

    def get_bound_field(self, form: Any, field_name: str) -> Any:
        """Fix the person of a stored record, and show one whom the address names."""
        instance = getattr(form, "instance", None)
        stored = getattr(instance, field_name, None) if getattr(instance, "pk", None) else None
        self.disabled = stored is not None
        if self.disabled:
            self.help_text = ""  # it tells how to name somebody
        given = form.get_initial_for_field(self, field_name) if stored is None else None
        shown: Any = self.widget
        shown.person = stored or (self._seen(given) if given else None)
        return super().get_bound_field(form, field_name)

    def clean(self, value: Any) -> Any:
        """Return the person or the entry."""
        if self.disabled:
            kept: Any = self.widget
            return kept.person
        parts = [str(part or "") for part in (value or ())] + [""] * 4
        if any(refused_character(part) for part in parts):
            raise ValidationError(_("含有看不见的控制字符，请重新填写。"), code="unseen")
        typed, known = [part.strip() for part in parts[:3]], parts[3]
        if not any(typed) and known:
            person = self._seen(known)
            if person is None:
                raise ValidationError(_("没有这个人员，或者不在您的地区内。"), code="unknown")
            return person
        if not any(typed):
            if self.required:
                raise ValidationError(_("请填写姓名和证件号码。"), code="required")
            return None
        for part, text in zip(PARTS, typed, strict=True):
            if len(text) > _LONGEST[part]:
                raise ValidationError(_("填写的内容太长。"), code="long")
        return Entry.of(*typed)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether something was typed."""
        return not self.disabled and any(data or ())

    def _seen(self, key: Any) -> Person | None:
        text = str(getattr(key, "pk", key)).split(" ", 1)[0]
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
        return None if number is None else self.queryset.filter(pk=number).first()


@extend_schema_field(OpenApiTypes.INT)
class PersonFilter(django_filters.ModelChoiceFilter):
    """Keeps the records of one person, by her number in the portal; `?person=17`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"queryset": Person.objects.all(), "widget": forms.HiddenInput} | options)


class _EntrySerializer(serializers.Serializer[Any]):
    """A person as a partner system names her."""

    name = serializers.CharField(max_length=60)
    identity_number = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")

    def to_internal_value(self, data: Any) -> Any:
        """Refuse keys that would be passed over."""
        refuse_unknown(self, data)
        return super().to_internal_value(data)


@extend_schema_field(
    {
        "oneOf": [
            {"type": "integer", "description": "The number of a person whom the caller sees."},
            {
                "type": "object",
                "required": ["name"],
                "properties": {part: {"type": "string"} for part in PARTS},
                "description": "A person to be found by her identity number, or to be recorded.",
            },
        ]
    }
)
class PersonKeyField(serializers.RelatedField[Any, Any, Any]):
    """A person in the API: read as her number, written as that number or by name, identity number and phone."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "does_not_exist": gettext_lazy("没有这个人员，或者不在您的地区内。"),
        "invalid": gettext_lazy("请填人员的编号，或 name、identity_number 和 phone。"),
    }

    def __init__(self, **options: Any) -> None:
        if not options.get("read_only"):
            options.setdefault("queryset", Person.objects.all())
        super().__init__(**options)

    def use_pk_only_optimization(self) -> bool:
        """Read no row for a number."""
        return True

    def to_representation(self, value: Any) -> int:
        """Return her number."""
        return int(value.pk)

    def to_internal_value(self, data: Any) -> Any:
        """Return the person in scope, or an entry."""
        if isinstance(data, Mapping):
            entry = _EntrySerializer(data=data)
            entry.is_valid(raise_exception=True)
            try:
                return Entry.of(**entry.validated_data)
            except ValidationError as error:
                raise Invalid(error.messages) from error
        if isinstance(data, bool) or not isinstance(data, int) or not 0 < data < 2**63:
            self.fail("invalid")
        request = self.context.get("request")
        rows: Any = self.get_queryset()
        person = rows.nameable_by(getattr(request, "user", None)).filter(pk=data).first()
        if person is None:
            self.fail("does_not_exist")
        return person

    def get_choices(self, cutoff: Any = None) -> dict[Any, Any]:
        """Offer nobody: a list of persons is no description."""
        return {}
