"""What may be wrong with records: how many there are of each kind at each place, and which of them are right after all."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.privacy import classified
from governance.kit.quality import CHECKS
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.regions.keys import home
from governance.regions.models import Region


class FindingQuerySet(ScopedQuerySet):
    """Counts and accepted findings are homed where the records are."""


@classified(internal="id check_name region number counted_at")
class QualityCount(models.Model):
    """How many records of a place a check found when all were counted last; places without one have no row."""

    check_name = models.CharField(_("检查"), max_length=100)
    region = models.ForeignKey(Region, models.CASCADE, related_name="+", db_index=False, verbose_name=_("地区"))
    number = models.PositiveIntegerField(_("条数"))
    counted_at = models.DateTimeField(_("计数时间"), default=timezone.now)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("数据质量计数")
        verbose_name_plural = pgettext_lazy("plural", "数据质量计数")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("check_name", "region"), name="quality_count_once"),
            models.CheckConstraint(name="quality_count_positive", condition=Q(number__gt=0)),
        )
        indexes = (models.Index(fields=("region",), include=("check_name", "number"), name="quality_count_region"),)

    def __str__(self) -> str:
        return f"{self.check_name} {self.number}"


@classified(internal="id check_name key region reason by accepted_at changed_at")
class AcceptedFinding(Record):
    """A finding that somebody looked into and found right: it does not come back until the acceptance is taken back."""

    check_name = models.CharField(_("检查"), max_length=100)
    key = models.BigIntegerField(_("记录编号"))
    region = home("accepted_findings")
    reason = models.CharField(_("理由"), max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("接受人")
    )
    accepted_at = models.DateTimeField(_("接受时间"), default=timezone.now, editable=False)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("已接受的数据质量问题")
        verbose_name_plural = pgettext_lazy("plural", "已接受的数据质量问题")
        ordering = ("-accepted_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("check_name", "key"),
                name="accepted_finding_once",
                violation_error_message=_("这个问题已经接受过了。"),
            ),
            models.CheckConstraint(
                name="accepted_finding_has_reason",
                condition=~Q(reason=""),
                violation_error_message=_("请写明理由。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.label} · {self.key}"

    @property
    def label(self) -> str:
        """What the check is called; its name, where the portal has it no more."""
        check = CHECKS.get(self.check_name)
        return str(check.label) if check is not None else self.check_name
