"""What lists of organisations and their facts show."""

from __future__ import annotations

from typing import Any, ClassVar

import django_tables2
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.kit.columns import ListTable, own_page
from governance.kit.tables import StatusColumn, badge
from organizations.models import (
    CharityRecognition,
    Incubation,
    Organization,
    OrganizationEnding,
    OrganizationParty,
    OrganizationRestriction,
    OrganizationStatus,
    RegistrationAssessment,
)

STATUSES = {
    OrganizationStatus.Status.REGISTERED.value: ("st-met", "certificate"),
    OrganizationStatus.Status.FILED.value: ("st-track", "file-check"),
    OrganizationStatus.Status.COMMUNITY_GUIDED.value: ("st-pending", "users"),
}


class StandingColumn(django_tables2.Column):
    """The status of today."""

    attrs: ClassVar[dict[str, Any]] = {"td": {"class": "nw"}}

    def render(self, value: str) -> str:
        """Return the badge."""
        return badge(*STATUSES[value], str(OrganizationStatus.Status(value).label))

    def value(self, value: str) -> str:
        """Return the word for exports."""
        return str(OrganizationStatus.Status(value).label)


class OrganizationTable(ListTable):
    """Columns of the list of organisations, with what each is today."""

    standing = StandingColumn(verbose_name=_("当前状态"))

    class Meta(ListTable.Meta):
        model = Organization
        fields = (
            "name", "standing", "nature", "region", "uscc", "filing_no", "community_based", "category",
            "service_category", "contact", "address",
        )  # fmt: skip
        shown = ("name", "standing", "nature", "region", "uscc", "category")

    @classmethod
    def related_to(cls, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Add the status that holds today."""
        today = OrganizationStatus.objects.alive_on(timezone.localdate()).filter(organization=OuterRef("pk"))
        standing = Subquery(today.order_by().values("status")[:1])
        found: QuerySet[Any] = super().related_to(rows).annotate(standing=standing)
        return found


class OrganizationStatusTable(ListTable):
    """Columns of the list of statuses."""

    status = StatusColumn(STATUSES, linkify=own_page)

    class Meta(ListTable.Meta):
        model = OrganizationStatus
        fields = ("organization", "status", "region", "document_no", "since", "until")


class CharityRecognitionTable(ListTable):
    """Columns of the list of charities."""

    class Meta(ListTable.Meta):
        model = CharityRecognition
        fields = ("organization", "way", "region", "document_no", "since", "until")


class OrganizationRestrictionTable(ListTable):
    """Columns of the list of abnormal and suspended organisations."""

    class Meta(ListTable.Meta):
        model = OrganizationRestriction
        fields = ("organization", "kind", "region", "reason", "document_no", "since", "until")


class OrganizationEndingTable(ListTable):
    """Columns of the list of organisations that have ended."""

    class Meta(ListTable.Meta):
        model = OrganizationEnding
        fields = ("organization", "way", "on", "region", "into", "reason", "document_no")


class OrganizationPartyTable(ListTable):
    """Columns of the list of party organisations."""

    class Meta(ListTable.Meta):
        model = OrganizationParty
        fields = ("organization", "region", "full_members", "established_on", "form", "since", "until")


class RegistrationAssessmentTable(ListTable):
    """Columns of the list of assessments."""

    class Meta(ListTable.Meta):
        model = RegistrationAssessment
        fields = ("organization", "region", "since", "until", "registered_on", "opinion")


class IncubationTable(ListTable):
    """Columns of the list of incubations."""

    class Meta(ListTable.Meta):
        model = Incubation
        fields = (
            "organization", "tier", "mode", "region", "facility", "admitted_on", "graduated_on", "exited_on",
        )  # fmt: skip
