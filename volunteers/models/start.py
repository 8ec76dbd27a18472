"""Since when a community has records of service."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.kit.spans import AliveQuerySet
from governance.regions.models import Region


class RecordStartQuerySet(AliveQuerySet, ScopedQuerySet):
    """Each is homed at its community."""

    region_path = "community__path"


@classified(public="id community since until changed_at")
class RecordStart(Record):
    """The day of the first confirmed record of a community: from it on, the place has a record system.

    Triggers of the service records keep it, so that no count of communities reads millions of records.
    """

    community = models.OneToOneField(
        Region, models.PROTECT, related_name="record_start", verbose_name=_("村（社区）"), editable=False
    )
    since = models.DateField(_("首次服务日期"), editable=False)
    until = models.DateField(_("停用日期"), null=True, blank=True, editable=False)

    objects = RecordStartQuerySet.as_manager()

    class Meta:
        verbose_name = _("服务记录开始")
        verbose_name_plural = pgettext_lazy("plural", "服务记录开始")
        ordering = ("community__path", "pk")
        indexes = (
            models.Index(  # what the engine reads
                fields=("community", "since"), include=("until",), name="record_start_covering"
            ),
        )

    def __str__(self) -> str:
        return str(self.community)
