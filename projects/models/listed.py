"""What stands on a community's list: published on a day, refreshed since, and taken off in the end."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.kit.past import not_before, refuse_future
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.regions.keys import home
from governance.regions.models import Level


class ListedQuerySet(ScopedQuerySet):
    """Rows are homed at their community."""

    region_path = "community__path"


class ListedRecord(Record):
    """A row of a list; only what has been published (`listed_on`) keeps the list alive."""

    community = home("%(class)ss", Level.COMMUNITY, label=_("村（社区）"))
    title = models.CharField(_("名称"), max_length=120)
    listed_on = models.DateField(_("列入清单日期"), null=True, blank=True, help_text=_("还没有列入公布的清单就不填。"))
    refreshed_on = models.DateField(
        _("最近更新日期"), default=timezone.localdate, help_text=_("核对过仍然有效，也算更新。")
    )
    closed_on = models.DateField(_("移出清单日期"), null=True, blank=True)

    objects = ListedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("-refreshed_on", "-pk")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="%(class)s_refreshed_after_listed",
                condition=not_before("refreshed_on", "listed_on"),
                violation_error_message=_("最近更新日期不能早于列入清单日期。"),
            ),
            models.CheckConstraint(
                name="%(class)s_closed_after_listed",
                condition=not_before("closed_on", "listed_on"),
                violation_error_message=_("移出清单日期不能早于列入清单日期。"),
            ),
        )
        indexes = (models.Index(fields=("community", "-refreshed_on"), name="%(class)s_community_refreshed"),)

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse days that are still to come."""
        super().clean()
        refuse_future(self, "listed_on", "refreshed_on", "closed_on")
