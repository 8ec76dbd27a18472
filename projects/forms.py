"""Forms of this app."""

from __future__ import annotations

from django import forms

from governance.kit.forms import RecordForm
from projects.models import (
    Catalogue,
    Need,
    NeedsSurvey,
    Project,
    ProjectEvaluation,
    ProjectSession,
    PurchaseContract,
    PurchaseProject,
    Resource,
    ServiceCase,
)


class NeedForm(RecordForm):
    """A need."""

    class Meta(RecordForm.Meta):
        model = Need
        fields = (
            "community", "title", "field", "group", "source", "description", "person", "listed_on", "refreshed_on",
            "closed_on", "outcome",
        )  # fmt: skip


class ResourceForm(RecordForm):
    """A resource."""

    class Meta(RecordForm.Meta):
        model = Resource
        fields = (
            "community", "title", "kind", "provider", "organization", "facility", "quantity", "unit", "listed_on",
            "refreshed_on", "closed_on",
        )  # fmt: skip


class NeedsSurveyForm(RecordForm):
    """A survey."""

    class Meta(RecordForm.Meta):
        model = NeedsSurvey
        fields = ("community", "title", "method", "households", "done_on")


class ProjectForm(RecordForm):
    """A project."""

    class Meta(RecordForm.Meta):
        model = Project
        fields = (
            "number", "title", "region", "community", "field", "organization", "social_worker", "charity_source",
            "planned_start", "planned_end", "started_on", "completed_on", "struck_off_on", "listed_on", "refreshed_on",
        )  # fmt: skip


class ProjectEvaluationForm(RecordForm):
    """An evaluation."""

    class Meta(RecordForm.Meta):
        model = ProjectEvaluation
        fields = ("project", "kind", "evaluator", "evaluated_on", "score", "opinion", "report")


class ProjectSessionForm(RecordForm):
    """A session."""

    class Meta(RecordForm.Meta):
        model = ProjectSession
        fields = (
            "community", "project", "title", "held_on", "field", "civil_affairs_field", "person_times",
            "with_social_worker", "social_worker",
        )  # fmt: skip


class PurchaseProjectForm(RecordForm):
    """A purchase, step by step."""

    class Meta(RecordForm.Meta):
        model = PurchaseProject
        fields = (
            "region", "title", "project", "catalogue", "initiated_on", "procured_on", "contracted_on", "started_on",
            "evaluated_on", "cancelled_on",
        )  # fmt: skip


class PurchaseContractForm(RecordForm):
    """A contract."""

    class Meta(RecordForm.Meta):
        model = PurchaseContract
        fields = (
            "region", "purchase", "number", "title", "supplier_kind", "organization", "supplier", "amount", "signed_on",
        )  # fmt: skip


class CatalogueForm(RecordForm):
    """A catalogue."""

    class Meta(RecordForm.Meta):
        model = Catalogue
        fields = ("region", "kind", "title", "document_no", "file", "since", "until")


class ServiceCaseForm(RecordForm):
    """A case; what is sealed shows its mask, and stays as it is unless it is typed anew."""

    class Meta(RecordForm.Meta):
        model = ServiceCase
        fields = (
            "community", "number", "client", "field", "social_worker", "organization", "project", "opened_on",
            "closed_on", "summary",
        )  # fmt: skip
        widgets = {"summary": forms.Textarea(attrs={"rows": 4, "autocomplete": "off"})}  # noqa: RUF012
