"""Marks of what has changed: written by triggers whoever writes, taken by the refresh."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.attainment.models.run import AttainmentRun
from governance.kit.privacy import classified
from governance.kit.scoping import ScopedQuerySet
from governance.regions.models import Region


class DirtyMarkQuerySet(ScopedQuerySet):
    """Marks are homed at the place that has changed; those of everything are seen by nobody in particular."""

    def free(self) -> Self:
        """Return the marks that no run has taken along."""
        return self.filter(run=None)


@classified(internal="id region below month run made_at")
class DirtyMark(models.Model):
    """The numbers of a place are out of date from a month on; the places above it follow of themselves.

    No region: everything is (a policy has changed, a table was emptied). `below`: so are all places below the region.
    `month` (year * 12 + month - 1): the first month touched; without it all of them.
    """

    region = models.ForeignKey(
        Region,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,  # a mark may outlive its place
        db_index=False,
        related_name="+",
        verbose_name=_("地区"),
    )
    below = models.BooleanField(_("含下级"), db_default=False)
    month = models.IntegerField(_("起始月份"), null=True)
    run = models.ForeignKey(
        AttainmentRun, models.SET_NULL, null=True, related_name="marks", verbose_name=_("所在的计算")
    )
    made_at = models.DateTimeField(_("记录时间"), db_default=Now())

    objects = DirtyMarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("待更新标记")
        verbose_name_plural = pgettext_lazy("plural", "待更新标记")
        ordering = ("pk",)
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.region) if self.region_id is not None else str(_("全部地区"))

    def as_tuple(self) -> tuple[Any, ...]:
        """Return region, below and month, which say all that matters."""
        return self.region_id, self.below, self.month
