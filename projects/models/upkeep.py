"""While a community's list is kept up: a year from each change of what stands on it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.kit.spans import AliveQuerySet, ends_after_start, no_overlap
from governance.kit.wording import bracketed
from governance.regions.keys import home
from governance.regions.models import Level


class ListUpkeepQuerySet(AliveQuerySet, ScopedQuerySet):
    """Spans are homed at their community."""

    region_path = "community__path"


@classified(public="id community part since until changed_at")
class ListUpkeep(Record):
    """A span during which one of the three lists is kept up; the database writes it, see the migration of triggers.

    What a list once was it stays: a later change of its rows makes spans longer, never shorter.
    """

    class Part(models.TextChoices):
        """The three lists."""

        NEEDS = "needs", _("需求清单")
        RESOURCES = "resources", _("资源清单")
        PROJECTS = "projects", _("项目清单")

    community = home("list_upkeep", Level.COMMUNITY, label=_("村（社区）"))
    part = models.CharField(_("清单"), max_length=10, choices=Part)
    since = models.DateField(_("开始日期"))
    until = models.DateField(_("到期日期"))

    objects = ListUpkeepQuerySet.as_manager()

    class Meta:
        verbose_name = _("清单维护时段")
        verbose_name_plural = pgettext_lazy("plural", "清单维护时段")
        ordering = ("community__path", "part", "since")
        constraints = (
            ends_after_start("list_upkeep_ends_after_start"),
            no_overlap("list_upkeep_once", "community", "part", message=_("这段时间内已有同样的记录。")),
        )
        indexes = (
            models.Index(  # what the engine reads
                fields=("community", "since"), include=("until", "part"), name="list_upkeep_covering"
            ),
        )

    def __str__(self) -> str:
        return bracketed(self.get_part_display(), self.community)
