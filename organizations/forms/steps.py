"""What is asked before an organisation moves or is dissolved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.kit.choices import scope_choices
from governance.kit.errors import DomainError
from governance.kit.scoping import permission
from governance.regions.fields import RegionField
from organizations.models import Organization


class StepForm(forms.Form):
    """A day, and what else a step asks; `run` puts a refusal at its field."""

    on = forms.DateField(
        label=_("日期"),
        initial=timezone.localdate,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, *arguments: Any, user: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.user = user
        scope_choices(self.fields, user, user.scope_for(permission(Organization, "change")), home="region")
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def run(self, action: Callable[..., Organization], organization: Organization) -> Organization | None:
        """Call the action with the answers; return nothing where it refuses."""
        try:
            return action(organization, by=self.user, **self.cleaned_data)
        except DomainError as refusal:
            self.add_error(refusal.field if refusal.field in self.fields else None, refusal.reason)
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))
        except PermissionDenied as refusal:
            self.add_error(None, str(refusal))
        return None


class RelocationForm(StepForm):
    """Where an organisation moves."""

    field_order = ("region", "on")

    region = RegionField(label=_("迁往地区"))


class DissolutionForm(StepForm):
    """When an organisation ceases."""
