"""A fund of one of the four kinds that the policies ask for."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.past import refuse_future
from governance.kit.privacy import classified
from governance.kit.spanned import SpannedRecord
from governance.kit.spans import ends_after_start, no_overlap
from governance.regions.keys import home
from governance.regions.models import Level
from organizations.models import Organization


@classified(public="id region kind name organization agreement_on document_no since until changed_at")
class Fund(SpannedRecord):
    """A fund from the day it was set up to the day it was wound up.

    A community fund is a special fund of a charity, which manages it by agreement (重庆 2022, 设立社区基金).
    """

    class Kind(models.TextChoices):
        """Kinds that the policies name."""

        COMMUNITY_FUND = "community_fund", _("社区基金")
        DEVELOPMENT_FUND = "development_fund", _("社区发展基金")
        SELF_GOVERNANCE_FUND = "self_governance_fund", _("社区自治金")
        MICRO_FUND = "micro_fund", _("社区微基金")

    region = home("funds", Level.TOWNSHIP, Level.COMMUNITY)
    kind = models.CharField(_("类型"), max_length=24, choices=Kind)
    name = models.CharField(_("基金名称"), max_length=120)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="funds", verbose_name=_("管理的慈善组织")
    )
    agreement_on = models.DateField(_("设立协议签订日期"), null=True, blank=True)
    document_no = models.CharField(_("文号"), max_length=60, blank=True)
    since = models.DateField(_("设立日期"))
    until = models.DateField(_("终止日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("社区基金")
        verbose_name_plural = pgettext_lazy("plural", "社区基金")
        ordering = ("region__path", "kind", "name", "pk")
        constraints = (
            ends_after_start("fund_ends_after_start"),
            no_overlap("fund_name_once", "region", "name", message=_("这个地区在同一时间已有同名的基金。")),
            models.CheckConstraint(
                name="fund_community_fund_has_charity",
                condition=~Q(kind="community_fund") | Q(organization__isnull=False),
                violation_error_message=_("社区基金须有管理的慈善组织。"),
            ),
            models.CheckConstraint(
                name="fund_agreed_before_start",
                condition=Q(agreement_on__isnull=True) | Q(agreement_on__lte=F("since")),
                violation_error_message=_("设立协议不能晚于设立日期。"),
            ),
        )
        indexes = (
            models.Index(fields=("kind", "region"), name="fund_kind_region"),  # a kind's list and cards
            models.Index(  # what the engine reads
                fields=("region", "since"), include=("until", "kind"), name="fund_covering"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse days that are still to come."""
        super().clean()
        refuse_future(self, "since", "agreement_on")
