"""Months of the trail that have moved to files."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.audit.models.whole import WholeQuerySet
from governance.kit.privacy import classified


@classified(
    internal="id at month part name sha256 first_seal last_seal events changes first_previous last_digest"
    " from_transaction to_transaction after_event after_change last_event last_change"
)
class AuditArchive(models.Model):
    """A file with some seals of a month, in order, and all their rows; it continues the chain of the file before."""

    at = models.DateTimeField(_("归档时间"))
    month = models.DateField(_("月份"))
    part = models.PositiveSmallIntegerField(_("分册"), default=1)
    name = models.CharField(_("文件"), max_length=100)
    sha256 = models.CharField(_("文件校验值"), max_length=64)
    first_seal = models.BigIntegerField(_("首个封存"))
    last_seal = models.BigIntegerField(_("末个封存"))
    from_transaction = models.BigIntegerField(_("起始事务"))
    to_transaction = models.BigIntegerField(_("截止事务"))
    after_event = models.BigIntegerField(_("事件起点"), default=0)
    after_change = models.BigIntegerField(_("变更起点"), default=0)
    last_event = models.BigIntegerField(_("最后事件"), default=0)
    last_change = models.BigIntegerField(_("最后变更"), default=0)
    events = models.PositiveBigIntegerField(_("事件数"))
    changes = models.PositiveBigIntegerField(_("变更数"))
    first_previous = models.CharField(_("起始校验值"), max_length=64, blank=True)
    last_digest = models.CharField(_("末尾校验值"), max_length=64)

    objects = WholeQuerySet.as_manager()

    class Meta:
        verbose_name = _("审计归档")
        verbose_name_plural = pgettext_lazy("plural", "审计归档")
        ordering = ("-pk",)
        default_permissions = ("view",)
        constraints = (
            models.UniqueConstraint(
                fields=("month", "part"), name="audit_archive_once", violation_error_message=_("这个月已经归档。")
            ),
            models.CheckConstraint(
                condition=Q(last_seal__gte=F("first_seal")),
                name="audit_archive_forward",
                violation_error_message=_("归档的末个封存不能早于首个。"),
            ),
        )

    def __str__(self) -> str:
        return self.name
