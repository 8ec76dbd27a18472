"""A dated fact of an organisation, homed where the organisation was when the fact began."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.kit.spans import AliveQuerySet
from governance.regions.models import Region
from organizations.models.organization import Organization


class OrganizationSpanQuerySet(AliveQuerySet, ScopedQuerySet):
    """Rows are homed at the place that was the organisation's when they began: the past does not move."""


class OrganizationSpan(Record):
    """A fact with a span; `region` is taken from the organisation, here and by a trigger."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, db_index=False, related_name="%(class)s_set", verbose_name=_("社会组织")
    )
    region = models.ForeignKey(
        Region, models.PROTECT, db_index=False, editable=False, related_name="+", verbose_name=_("所在地区")
    )
    since = models.DateField(_("起始日期"))
    until = models.DateField(_("终止日期"), null=True, blank=True)

    objects = OrganizationSpanQuerySet.as_manager()

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Any = None) -> None:
        """Take the place of the organisation where none is told yet."""
        self._be_homed()
        super().clean_fields(exclude=exclude)

    def save(self, *args: Any, **options: Any) -> None:
        """Do the same for rows that nobody has cleaned; for those that are copied in a trigger does."""
        self._be_homed()
        super().save(*args, **options)

    def _be_homed(self) -> None:
        if self.region_id is None and self.organization_id is not None:
            self.region = self.organization.region
