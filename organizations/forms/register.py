"""Forms of organisations and their facts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from governance.kit.forms import RecordForm
from organizations.fields import ContactField
from organizations.models import (
    CharityRecognition,
    Incubation,
    Organization,
    OrganizationParty,
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

    contact = ContactField(label=_("联系人"), required=False)

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
