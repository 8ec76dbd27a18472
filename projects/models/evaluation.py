"""What an evaluation found of a project."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.files import FileCheck, evidence_path
from governance.kit.past import refuse_future
from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.kit.wording import bracketed
from projects.models.project import Project


class ProjectEvaluationQuerySet(ScopedQuerySet):
    """Evaluations are homed where their project is."""

    region_path = "project__region__path"


@classified(public="id project kind evaluator evaluated_on score changed_at", internal="opinion report")
class ProjectEvaluation(Record):
    """An evaluation; the first one by a third party counts for the project from its completion on."""

    class Kind(models.TextChoices):
        """By whom."""

        THIRD_PARTY = "third_party", _("第三方评估")
        SELF = "self", _("自评")
        DEPARTMENT = "department", _("主管部门评估")

    project = models.ForeignKey(Project, models.PROTECT, related_name="evaluations", verbose_name=_("项目"))
    kind = models.CharField(_("评估方式"), max_length=12, choices=Kind)
    evaluator = models.CharField(_("评估机构"), max_length=120, blank=True, help_text=_("第三方评估必须填。"))
    evaluated_on = models.DateField(_("评估日期"))
    score = models.DecimalField(
        _("得分"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("百分制。没有打分就不填。"),
    )
    opinion = models.TextField(_("评估意见"), max_length=2000, blank=True)
    report = models.FileField(
        _("评估报告"),
        upload_to=evidence_path,
        blank=True,
        max_length=200,
        validators=[FileCheck()],
        help_text=_("PDF、图片、Word 或 Excel，不超过 10 MB。"),
    )

    objects = ProjectEvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("项目评估")
        verbose_name_plural = pgettext_lazy("plural", "项目评估")
        ordering = ("-evaluated_on", "-pk")
        constraints = (
            models.CheckConstraint(
                name="project_evaluation_score_in_hundred",
                condition=Q(score__isnull=True) | Q(score__range=(0, 100)),
                violation_error_message=_("得分在 0 到 100 之间。"),
            ),
            models.CheckConstraint(
                name="project_evaluation_third_party_named",
                condition=~Q(kind="third_party") | ~Q(evaluator=""),
                violation_error_message=_("第三方评估必须填评估机构。"),
            ),
        )
        indexes = (  # the first evaluation of a kind
            models.Index(fields=("project", "kind", "evaluated_on"), name="project_evaluation_first"),
        )

    def __str__(self) -> str:
        return bracketed(self.get_kind_display(), self.project)

    def clean(self) -> None:
        """Refuse a day that is still to come."""
        super().clean()
        refuse_future(self, "evaluated_on")
