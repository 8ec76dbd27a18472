"""Recognition of an organisation as a charity."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.privacy import classified
from governance.kit.spans import ends_after_start, no_overlap
from organizations.models.span import OrganizationSpan


@classified(public="id organization region way document_no since until changed_at")
class CharityRecognition(OrganizationSpan):
    """An organisation is a charity from a day on, by recognition or because it was registered as one."""

    class Way(models.TextChoices):
        """The two ways of the Charity Law."""

        RECOGNISED = "recognised", _("认定")
        REGISTERED_AS = "registered_as", _("登记")

    way = models.CharField(_("取得方式"), max_length=16, choices=Way)
    document_no = models.CharField(_("文号"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("慈善组织认定")
        verbose_name_plural = pgettext_lazy("plural", "慈善组织认定")
        ordering = ("organization__region__path", "organization__name", "-since", "pk")
        constraints = (
            ends_after_start("charity_recognition_ends_after_start"),
            no_overlap("charity_recognition_once", "organization", message=_("这段时间内已有慈善组织认定。")),
        )
        indexes = (
            models.Index(fields=("organization", "since"), name="charity_recognition_history"),
            models.Index(  # what the engine reads
                fields=("region", "since"), include=("until",), name="charity_recognition_covering"
            ),
        )

    def __str__(self) -> str:
        return f"{self.organization} · {self.get_way_display()}"
