"""Spot checks of service records and of certificates."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.past import refuse_future
from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.regions.keys import home


@classified(
    public="id region title kind period_from period_to population sample failed concluded_on published_on changed_at",
    internal="seed",
)
class SpotCheck(Record):
    """A sample drawn of a period's records or certificates, and what was found; it counts when it is concluded."""

    class Kind(models.TextChoices):
        """What is looked at."""

        RECORDS = "records", _("服务记录")
        CERTIFICATES = "certificates", _("志愿服务证明")

    region = home("spot_checks", db_index=False)
    title = models.CharField(_("抽查名称"), max_length=120)
    kind = models.CharField(_("抽查对象"), max_length=12, choices=Kind)
    period_from = models.DateField(_("时段起"))
    period_to = models.DateField(_("时段止"))
    seed = models.CharField(
        _("抽样种子"), max_length=40, blank=True, help_text=_("按同一种子可以重新抽出同一批样本，便于复核。")
    )
    population = models.PositiveIntegerField(_("总数"))
    sample = models.PositiveIntegerField(_("抽查数"))
    failed = models.PositiveIntegerField(
        _("不合格数"), null=True, blank=True, help_text=_("没有不合格填 0；还没有查完就不填。")
    )
    concluded_on = models.DateField(
        _("办结日期"), null=True, blank=True, help_text=_("还没有查完就不填。办结后计入抽查次数。")
    )
    published_on = models.DateField(_("公布日期"), null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("记录与证明抽查")
        verbose_name_plural = pgettext_lazy("plural", "记录与证明抽查")
        ordering = ("region__path", "-period_to", "-pk")
        constraints = (
            models.CheckConstraint(
                name="spot_check_period",
                condition=Q(period_to__gte=F("period_from")),
                violation_error_message=_("时段止不能早于时段起。"),
            ),
            models.CheckConstraint(
                name="spot_check_sample",
                condition=Q(sample__lte=F("population")),
                violation_error_message=_("抽查数不能大于总数。"),
            ),
            models.CheckConstraint(
                name="spot_check_failed",
                condition=Q(failed__isnull=True) | Q(failed__lte=F("sample")),
                violation_error_message=_("不合格数不能大于抽查数。"),
            ),
            models.CheckConstraint(
                name="spot_check_concluded_with_result",
                condition=Q(concluded_on__isnull=True) | Q(failed__isnull=False),
                violation_error_message=_("办结时必须填不合格数，没有就填 0。"),
            ),
            models.CheckConstraint(
                name="spot_check_published_after_concluded",
                condition=Q(published_on__isnull=True)
                | Q(concluded_on__isnull=False, published_on__gte=F("concluded_on")),
                violation_error_message=_("公布日期不能早于办结日期。"),
            ),
        )
        indexes = (
            models.Index(fields=("region", "concluded_on"), name="spot_check_covering"),  # what the engine reads
        )

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse results that are still to come."""
        super().clean()
        refuse_future(self, "concluded_on", "published_on")
