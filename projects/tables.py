"""What lists of this app show."""

from __future__ import annotations

from typing import Any, ClassVar

import django_tables2
from django.utils.translation import gettext_lazy as _

from governance.kit.columns import ListTable
from governance.kit.tables import DateColumn, badge
from projects import stages
from projects.models import (
    Catalogue,
    ListUpkeep,
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
from projects.stages import Stages


class StageColumn(django_tables2.Column):
    """Where something stands today, as colour, icon and word."""

    def __init__(self, steps: Stages, **options: Any) -> None:
        super().__init__(accessor="pk", orderable=False, **options)
        self.steps = steps

    def render(self, value: Any, record: Any) -> str:
        """Return the badge."""
        stage = self.steps.of(record)
        return badge(stage.look, stage.icon, str(stage.word))

    def value(self, value: Any, record: Any) -> str:
        """Return the word for exports."""
        return str(self.steps.of(record).word)


class SocialWorkerColumn(django_tables2.Column):
    """The post of a social worker, with her name as far as lists show it."""

    attrs: ClassVar[dict[str, Any]] = {"td": {"class": "sec"}}

    def __init__(self, **options: Any) -> None:
        super().__init__(orderable=False, **options)

    def render(self, value: Any) -> str:
        """Return the post."""
        return str(value)


class NeedTable(ListTable):
    """Columns of the list of needs."""

    stage = StageColumn(stages.LISTED, verbose_name=_("清单状态"))

    class Meta(ListTable.Meta):
        model = Need
        fields = (
            "title", "stage", "field", "group", "community", "source", "listed_on", "refreshed_on", "closed_on",
            "outcome",
        )  # fmt: skip
        shown = ("title", "stage", "field", "group", "community", "source", "refreshed_on")


class ResourceTable(ListTable):
    """Columns of the list of resources."""

    stage = StageColumn(stages.LISTED, verbose_name=_("清单状态"))

    class Meta(ListTable.Meta):
        model = Resource
        fields = (
            "title", "stage", "kind", "provider", "organization", "facility", "community", "quantity", "unit",
            "listed_on", "refreshed_on", "closed_on",
        )  # fmt: skip
        shown = ("title", "stage", "kind", "provider", "community", "quantity", "unit", "refreshed_on")


class ListUpkeepTable(ListTable):
    """Columns of the list of spans in which lists are kept up."""

    class Meta(ListTable.Meta):
        model = ListUpkeep
        fields = ("part", "community", "since", "until")


class NeedsSurveyTable(ListTable):
    """Columns of the list of surveys."""

    valid_until = DateColumn()

    class Meta(ListTable.Meta):
        model = NeedsSurvey
        fields = ("title", "community", "method", "households", "done_on", "valid_until")


class ProjectTable(ListTable):
    """Columns of the list of projects."""

    stage = StageColumn(stages.PROJECT, verbose_name=_("进度"))
    social_worker = SocialWorkerColumn()

    class Meta(ListTable.Meta):
        model = Project
        fields = (
            "title", "number", "stage", "field", "region", "community", "organization", "social_worker",
            "charity_source", "planned_start", "planned_end", "started_on", "completed_on", "evaluated_on",
            "struck_off_on", "listed_on", "refreshed_on",
        )  # fmt: skip
        shown = ("title", "number", "stage", "field", "region", "organization", "planned_end")
        related = ("social_worker__person",)


class ProjectEvaluationTable(ListTable):
    """Columns of the list of evaluations."""

    class Meta(ListTable.Meta):
        model = ProjectEvaluation
        fields = ("project", "kind", "evaluator", "evaluated_on", "score", "report")


class ProjectSessionTable(ListTable):
    """Columns of the list of sessions."""

    social_worker = SocialWorkerColumn()

    class Meta(ListTable.Meta):
        model = ProjectSession
        fields = (
            "title", "held_on", "community", "project", "field", "civil_affairs_field", "person_times",
            "with_social_worker", "social_worker",
        )  # fmt: skip
        shown = ("title", "held_on", "community", "project", "field", "person_times", "with_social_worker")
        related = ("social_worker__person",)


class PurchaseProjectTable(ListTable):
    """Columns of the list of purchases."""

    stage = StageColumn(stages.PURCHASE, verbose_name=_("办理环节"))

    class Meta(ListTable.Meta):
        model = PurchaseProject
        fields = (
            "title", "stage", "region", "project", "catalogue", "initiated_on", "procured_on", "contracted_on",
            "started_on", "evaluated_on", "cancelled_on",
        )  # fmt: skip
        shown = ("title", "stage", "region", "project", "initiated_on", "evaluated_on")


class PurchaseContractTable(ListTable):
    """Columns of the list of contracts."""

    class Meta(ListTable.Meta):
        model = PurchaseContract
        fields = (
            "title", "number", "region", "supplier_kind", "organization", "supplier", "amount", "signed_on", "purchase",
        )  # fmt: skip
        shown = ("title", "number", "region", "supplier_kind", "organization", "amount", "signed_on")


class CatalogueTable(ListTable):
    """Columns of the list of catalogues."""

    class Meta(ListTable.Meta):
        model = Catalogue
        fields = ("title", "kind", "region", "document_no", "since", "until", "file")


class ServiceCaseTable(ListTable):
    """Columns of the list of cases: never whose."""

    social_worker = SocialWorkerColumn()

    class Meta(ListTable.Meta):
        model = ServiceCase
        fields = ("number", "community", "field", "organization", "social_worker", "project", "opened_on", "closed_on")
        related = ("social_worker__person",)
