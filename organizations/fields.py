"""Naming the contact of an organisation, who may be replaced by another person."""

from __future__ import annotations

from typing import Any

from governance.people.fields import PersonField, PersonInput


class ContactInput(PersonInput):
    """The inputs for another person below the one who is the contact now."""

    template_name = "organizations/contact_input.html"


class ContactField(PersonField):
    """The contact: left empty the present one stays."""

    widget = ContactInput

    def get_bound_field(self, form: Any, field_name: str) -> Any:
        """Show the present contact and keep the inputs open."""
        bound = super().get_bound_field(form, field_name)
        self.disabled = False
        return bound

    def clean(self, value: Any) -> Any:
        """Return the person or the entry that is named, else the present contact."""
        widget: Any = self.widget
        return super().clean(value) or widget.person
