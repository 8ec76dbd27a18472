"""Forms of persons: correcting what is recorded, finding by number."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.kit import identity
from governance.kit.forms import RecordForm
from governance.people import names
from governance.people.models import Person


class PersonForm(RecordForm):
    """What is recorded of a person; what is masked shows its mask, and stays as it is unless it is typed anew."""

    class Meta(RecordForm.Meta):
        model = Person
        fields = ("name", "identity_number", "gender", "birth_year", "phone", "email")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if self.instance.pk:
            self.initial["name"] = str(self.instance)

    def clean_name(self) -> str:
        """Return the name as typed; the mask that the form has shown means the name that is stored."""
        return names.unmasked(self.cleaned_data["name"], self.instance)


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
