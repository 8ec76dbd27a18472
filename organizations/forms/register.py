"""Forms of organisations and their facts."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.kit.creditcode import normalised
from governance.kit.forms import RecordForm
from organizations.fields import ContactField
from organizations.models import (
    CharityRecognition,
    Incubation,
    Organization,
    OrganizationParty,
    OrganizationRestriction,
    OrganizationStatus,
    RegistrationAssessment,
)

# what a file may say of an organisation: a contact is a person, who is entered on the page
OF_FILES = (
    "name", "region", "nature", "uscc", "uscc_proof", "filing_no", "community_based", "category", "service_category",
    "address",
)  # fmt: skip


class OrganizationForm(RecordForm):
    """An organisation."""

    uscc = forms.CharField(
        label=_("统一社会信用代码"),
        required=False,
        max_length=40,  # as it is typed, with blanks
        help_text=_("登记的组织必须填，备案的没有。"),
    )
    contact = ContactField(label=_("联系人"), required=False)

    def clean_uscc(self) -> str | None:
        """Return the code as it is stored."""
        return normalised(self.cleaned_data["uscc"]) or None

    class Meta(RecordForm.Meta):
        model = Organization
        fields = (*OF_FILES, "contact")


class OrganizationStatusForm(RecordForm):
    """A status."""

    class Meta(RecordForm.Meta):
        model = OrganizationStatus
        fields = ("organization", "status", "document_no", "since", "until")


class CharityRecognitionForm(RecordForm):
    """A recognition as a charity."""

    class Meta(RecordForm.Meta):
        model = CharityRecognition
        fields = ("organization", "way", "document_no", "since", "until")


class OrganizationRestrictionForm(RecordForm):
    """An order against an organisation."""

    class Meta(RecordForm.Meta):
        model = OrganizationRestriction
        fields = ("organization", "kind", "reason", "document_no", "since", "until")


class OrganizationPartyForm(RecordForm):
    """What is to be known of a party organisation."""

    class Meta(RecordForm.Meta):
        model = OrganizationParty
        fields = ("organization", "since", "full_members", "established_on", "form", "until")


class RegistrationAssessmentForm(RecordForm):
    """An assessment."""

    class Meta(RecordForm.Meta):
        model = RegistrationAssessment
        fields = ("organization", "since", "opinion", "until")


class IncubationForm(RecordForm):
    """An incubation."""

    class Meta(RecordForm.Meta):
        model = Incubation
        fields = (
            "organization", "region", "tier", "mode", "facility", "admitted_on", "graduated_on", "exited_on",
        )  # fmt: skip
