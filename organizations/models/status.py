"""How an organisation stands with the authorities: guided, filed, registered."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.privacy import classified
from governance.kit.spans import ends_after_start, no_overlap
from organizations.models.span import OrganizationSpan


@classified(public="id organization region status document_no since until changed_at")
class OrganizationStatus(OrganizationSpan):
    """A status of an organisation; a climb from filed to registered is two rows."""

    class Status(models.TextChoices):
        """Filed and registered ones count, guided ones do not."""

        COMMUNITY_GUIDED = "community_guided", _("社区指导")
        FILED = "filed", _("备案")
        REGISTERED = "registered", _("登记")

    status = models.CharField(_("状态"), max_length=20, choices=Status)
    document_no = models.CharField(_("文号"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("组织状态")
        verbose_name_plural = pgettext_lazy("plural", "组织状态")
        ordering = ("organization__region__path", "organization__name", "-since", "pk")
        constraints = (
            ends_after_start("organization_status_ends_after_start"),
            no_overlap("organization_status_once", "organization", message=_("同一时间只能有一种状态。")),
        )
        indexes = (
            models.Index(fields=("organization", "since"), name="organization_status_history"),
            models.Index(  # what the engine reads
                fields=("region", "since"),
                include=("until", "status", "organization"),
                name="organization_status_covering",
            ),
        )

    def __str__(self) -> str:
        return f"{self.organization} · {self.get_status_display()}"

    def clean(self) -> None:
        """Ask for a credit code before an organisation is called registered."""
        super().clean()
        if self.status == self.Status.REGISTERED and not self.organization.uscc:
            raise ValidationError({"status": _("登记的组织必须有统一社会信用代码。")})
