"""Forms of persons: correcting what is recorded, asking for what is sealed, finding by number."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.kit import identity
from governance.kit.forms import RecordForm
from governance.people.actions import PURPOSE, sealed_fields
from governance.people.models import Person


class PersonForm(RecordForm):
    """What is recorded of a person; what is sealed shows its mask, and stays as it is unless it is typed anew."""

    class Meta(RecordForm.Meta):
        model = Person
        fields = ("name", "identity_number", "gender", "birth_year", "phone", "email")


class RevealForm(forms.Form):
    """What is to be seen, and what for."""

    fields_wanted = forms.MultipleChoiceField(
        label=gettext_lazy("要查看的内容"), widget=forms.CheckboxSelectMultiple, choices=()
    )
    purpose = forms.CharField(
        label=gettext_lazy("查看的用途"),
        min_length=PURPOSE[0],
        max_length=PURPOSE[1],
        help_text=gettext_lazy("写明具体事由。查看会记入审计记录：谁、何时、看了什么、用途。"),
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        labels = {each.name: each.verbose_name for each in Person._meta.concrete_fields}
        field: Any = self.fields["fields_wanted"]
        field.choices = [(name, labels[name]) for name in sealed_fields()]


class FindForm(forms.Form):
    """A person by her identity number; the number is sent in the body, never in an address."""

    identity_number = forms.CharField(
        label=gettext_lazy("居民身份证号"), max_length=40, widget=forms.TextInput({"autocomplete": "off"})
    )

    def clean_identity_number(self) -> str:
        """Return the number as it is stored."""
        number = identity.normalised(self.cleaned_data["identity_number"])
        try:
            identity.read(number)
        except ValidationError:
            raise ValidationError(_("身份证号不对，请核对。")) from None
        return number
