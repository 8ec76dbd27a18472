"""What is budgeted for a year."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import BigIntegerField, DateField, F, Func, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from funds.models.fund import Fund
from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.regions.keys import home

FIRST_YEAR, LAST_YEAR = 2000, 2100


class FundBudgetQuerySet(ScopedQuerySet):
    """Budgets are homed at the region that decides them."""


@classified(public="id region year purpose fund amount starts_on cents document_no changed_at")
class FundBudget(Record):
    """An amount that a region sets aside for a year, in yuan."""

    class Purpose(models.TextChoices):
        """What the money is for."""

        LIVELIHOOD = "livelihood", _("惠民资金")
        OTHER = "other", _("其他")

    region = home("fund_budgets")
    year = models.SmallIntegerField(_("年度"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)])
    purpose = models.CharField(_("用途"), max_length=12, choices=Purpose)
    fund = models.ForeignKey(
        Fund, models.PROTECT, null=True, blank=True, related_name="budgets", verbose_name=_("所属基金")
    )
    amount = models.DecimalField(
        _("预算金额（元）"), max_digits=14, decimal_places=2, validators=[MinValueValidator(0)]
    )
    starts_on = models.GeneratedField(
        expression=Func(F("year"), 1, 1, function="make_date"),
        output_field=DateField(),
        db_persist=True,
        verbose_name=_("年度开始"),
    )
    cents = models.GeneratedField(
        expression=Cast(F("amount") * 100, BigIntegerField()),
        output_field=BigIntegerField(),
        db_persist=True,
        verbose_name=_("预算金额（分）"),
    )
    document_no = models.CharField(_("文号"), max_length=60, blank=True)

    objects = FundBudgetQuerySet.as_manager()

    class Meta:
        verbose_name = _("年度预算")
        verbose_name_plural = pgettext_lazy("plural", "年度预算")
        ordering = ("-year", "region__path", "purpose", "pk")
        constraints = (
            models.CheckConstraint(
                name="fund_budget_year_in_range",
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                violation_error_message=_("年度应在 2000 到 2100 之间。"),
            ),
            models.CheckConstraint(
                name="fund_budget_amount_not_negative",
                condition=Q(amount__gte=0),
                violation_error_message=_("金额不能小于 0。"),
            ),
            models.CheckConstraint(
                name="fund_budget_of_a_fund_is_no_livelihood",
                condition=Q(fund__isnull=True) | Q(purpose="other"),
                violation_error_message=_("惠民资金不属于任何一个基金。"),
            ),
            models.UniqueConstraint(
                fields=("region", "year", "purpose", "fund"),
                name="fund_budget_once",
                nulls_distinct=False,
                violation_error_message=_("这一年度的这项预算已登记。"),
            ),
        )
        indexes = (
            models.Index(  # what the engine reads
                fields=("region", "starts_on"), include=("purpose", "cents"), name="fund_budget_covering"
            ),
        )

    def __str__(self) -> str:
        return f"{self.year} · {self.get_purpose_display()}"
