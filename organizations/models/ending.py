"""How an organisation ceased: its registration or filing was ended, it disbanded, or it went over into another one."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.regions.models import Region
from organizations.models.organization import Organization


@classified(public="id organization region way on into document_no changed_at", internal="reason")
class OrganizationEnding(Record):
    """The end of an organisation, with its way and reason. No status, recognition or order goes beyond it: triggers see to that."""

    class Way(models.TextChoices):
        """How an organisation ceases, by what it was."""

        DEREGISTERED = "deregistered", _("注销登记")
        REVOKED = "revoked", _("撤销登记")
        FILING_ENDED = "filing_ended", _("注销备案")
        DISBANDED = "disbanded", _("自行解散")
        MERGED = "merged", _("合并")

    organization = models.OneToOneField(Organization, models.PROTECT, related_name="ending", verbose_name=_("社会组织"))
    region = models.ForeignKey(Region, models.PROTECT, editable=False, related_name="+", verbose_name=_("所在地区"))
    way = models.CharField(_("终止方式"), max_length=16, choices=Way)
    on = models.DateField(_("终止日期"))
    into = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="taken_over", verbose_name=_("并入的组织")
    )
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    document_no = models.CharField(_("文号"), max_length=60, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("组织终止")
        verbose_name_plural = pgettext_lazy("plural", "组织终止")
        ordering = ("-on", "organization__region__path", "organization__name", "pk")
        constraints = (
            models.CheckConstraint(
                name="organization_ending_merged_into",
                condition=(Q(way="merged") & Q(into__isnull=False)) | (~Q(way="merged") & Q(into__isnull=True)),
                violation_error_message=_("合并的须填并入的组织，其他方式不填。"),
            ),
            models.CheckConstraint(
                name="organization_ending_not_into_itself",
                condition=Q(into__isnull=True) | ~Q(into=F("organization")),
                violation_error_message=_("组织不能并入自己。"),
            ),
            models.CheckConstraint(
                name="organization_ending_has_reason",
                condition=~Q(way="revoked") | ~Q(reason=""),
                violation_error_message=_("撤销登记须写明原因。"),
            ),
        )
        indexes = (models.Index(fields=("region", "on"), name="organization_ending_region"),)

    def __str__(self) -> str:
        return f"{self.organization} · {self.get_way_display()}"

    def clean_fields(self, exclude: Any = None) -> None:
        """Take the place of the organisation: it stands where the organisation ended."""
        self._be_homed()
        super().clean_fields(exclude=exclude)

    def save(self, *args: Any, **options: Any) -> None:
        """Do the same for rows that nobody has cleaned."""
        self._be_homed()
        super().save(*args, **options)

    def _be_homed(self) -> None:
        if self.region_id is None and self.organization_id is not None:
            self.region = self.organization.region
