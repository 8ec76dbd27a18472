"""Which organisations meet the conditions for registration, and which of them were registered."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.privacy import classified
from governance.kit.spans import ends_after_start, no_overlap
from organizations.models.span import OrganizationSpan


@classified(public="id changed_at", internal="organization region registered_on opinion since until")
class RegistrationAssessment(OrganizationSpan):
    """An organisation meets the conditions for registration from `since` on; one that does not has no row.

    `registered_on` is kept by triggers: the first day of the span on which the organisation is registered.
    """

    registered_on = models.DateField(_("登记日期"), null=True, blank=True, editable=False)
    opinion = models.CharField(_("评估意见"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("登记条件评估")
        verbose_name_plural = pgettext_lazy("plural", "登记条件评估")
        ordering = ("organization__region__path", "organization__name", "-since", "pk")
        constraints = (
            ends_after_start("registration_assessment_ends_after_start"),
            no_overlap("registration_assessment_once", "organization", message=_("这段时间内已有登记条件评估。")),
        )
        indexes = (
            models.Index(fields=("organization", "since"), name="assessment_history"),
            models.Index(  # what the engine reads
                fields=("region", "since"), include=("until", "registered_on"), name="assessment_covering"
            ),
        )

    def __str__(self) -> str:
        return str(self.organization)
