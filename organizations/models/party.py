"""Which organisations should have a party organisation, and which have one."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.privacy import classified
from governance.kit.spans import ends_after_start, no_overlap
from organizations.models.span import OrganizationSpan


@classified(public="id changed_at", internal="organization region full_members established_on form since until")
class OrganizationParty(OrganizationSpan):
    """An organisation meets the conditions for a party organisation; it has one from `established_on` on."""

    class Form(models.TextChoices):
        """Alone, or together with others."""

        INDEPENDENT = "independent", _("单独组建")
        JOINT = "joint", _("联合组建")

    full_members = models.PositiveIntegerField(
        _("正式党员数"), null=True, blank=True, help_text=_("不清楚可以不填，不要填 0。")
    )
    established_on = models.DateField(_("党组织成立日期"), null=True, blank=True, help_text=_("还没有成立就不填。"))
    form = models.CharField(_("组建形式"), max_length=12, choices=Form, blank=True)

    class Meta:
        verbose_name = _("党组织应建情况")
        verbose_name_plural = pgettext_lazy("plural", "党组织应建情况")
        ordering = ("organization__region__path", "organization__name", "-since", "pk")
        constraints = (
            ends_after_start("organization_party_ends_after_start"),
            no_overlap("organization_party_once", "organization", message=_("这段时间内已登记应建情况。")),
            models.CheckConstraint(
                name="organization_party_inside_span",
                # it may be older than the span: an organisation that moves takes its party organisation along
                condition=Q(established_on__isnull=True) | Q(until__isnull=True) | Q(established_on__lt=F("until")),
                violation_error_message=_("党组织成立日期必须早于终止日期。"),
            ),
        )
        indexes = (
            models.Index(fields=("organization", "since"), name="organization_party_history"),
            models.Index(  # what the engine reads
                fields=("region", "since"), include=("until", "established_on"), name="organization_party_covering"
            ),
        )

    def __str__(self) -> str:
        return str(self.organization)
