"""A row of an import: what the file says, what is wrong with it, and what it writes."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.desk.models.batch import ImportBatch
from governance.desk.models.job import JobQuerySet
from governance.kit.privacy import classified


class ImportRowQuerySet(JobQuerySet):
    """Rows are homed where their batch is."""

    region_path = "batch__region__path"
    owner = "batch__by"


@classified(internal="id batch number verdict target seen", sensitive="cells values errors before")
class ImportRow(models.Model):
    """One row; `cells` are forgotten some time after, `target` and `before` stay and tell who changed which record."""

    class Verdict(models.TextChoices):
        """What becomes of it."""

        NEW = "new", _("新增")
        CHANGE = "change", _("更改")
        SAME = "same", _("不变")
        REFUSED = "refused", _("有错")

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="lines", verbose_name=_("数据导入"))
    number = models.PositiveIntegerField(_("行号"))
    cells = ArrayField(models.TextField(), verbose_name=_("各格内容"))
    verdict = models.CharField(_("核对结果"), max_length=7, choices=Verdict)
    errors = models.JSONField(_("错误"), default=dict)
    values = models.JSONField(_("写入的值"), default=dict)
    before = models.JSONField(_("原值"), default=dict)
    target = models.BigIntegerField(_("记录编号"), null=True)
    seen = models.DateTimeField(_("核对时记录的更新时间"), null=True)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("导入的行")
        verbose_name_plural = pgettext_lazy("plural", "导入的行")
        ordering = ("batch", "number")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("batch", "number"), name="importrow_number_once"),
            models.CheckConstraint(
                name="importrow_known_verdict", condition=Q(verdict__in=["new", "change", "same", "refused"])
            ),
        )
        indexes = (
            models.Index(fields=("batch", "verdict", "number"), name="importrow_verdict"),  # the checked table
            models.Index(fields=("target",), name="importrow_target"),  # which imports touched a record
        )

    def __str__(self) -> str:
        return str(self.number)
