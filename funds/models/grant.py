"""What a fund gives to a project."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from funds.models.fund import Fund
from governance.kit.past import refuse_future
from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.kit.wording import bracketed
from projects.models import Project


class FundGrantQuerySet(ScopedQuerySet):
    """Grants are homed where their fund is."""

    region_path = "fund__region__path"


@classified(public="id fund project amount granted_on purpose document_no changed_at")
class FundGrant(Record):
    """Money of a fund for a project, in yuan; what is given in parts is a row each (重庆 2022, 慈善资源支持项目)."""

    fund = models.ForeignKey(Fund, models.PROTECT, db_index=False, related_name="grants", verbose_name=_("基金"))
    project = models.ForeignKey(Project, models.PROTECT, related_name="grants", verbose_name=_("资助的项目"))
    amount = models.DecimalField(
        _("资助金额（元）"), max_digits=14, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    granted_on = models.DateField(_("拨付日期"))
    purpose = models.CharField(_("资金用途"), max_length=120, blank=True)
    document_no = models.CharField(_("文号"), max_length=60, blank=True)

    objects = FundGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("项目资助")
        verbose_name_plural = pgettext_lazy("plural", "项目资助")
        ordering = ("-granted_on", "-pk")
        constraints = (
            models.CheckConstraint(
                name="fund_grant_amount_positive",
                condition=Q(amount__gt=0),
                violation_error_message=_("资助金额必须大于 0。"),
            ),
            models.UniqueConstraint(
                fields=("fund", "project", "granted_on"),
                name="fund_grant_once",
                violation_error_message=_("这只基金当天给这个项目的资助已登记。"),
            ),
        )

    def __str__(self) -> str:
        return bracketed(self.project, self.granted_on)

    def clean(self) -> None:
        """Refuse a day that is still to come."""
        super().clean()
        refuse_future(self, "granted_on")
