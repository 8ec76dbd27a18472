"""A residential estate (小区) inside a community."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.spanned import AliveScoped
from governance.kit.spans import ends_after_start, no_overlap
from governance.regions.keys import home
from governance.regions.models.region import Level


class EstateQuerySet(AliveScoped):
    """Estates are homed at their community."""

    region_path = "community__path"


@classified(public="id community name since until party_branch_from changed_at", internal="households")
class Estate(Record):
    """A residential estate; its party branch counts from `party_branch_from` on."""

    community = home("estates", Level.COMMUNITY, label=_("村（社区）"))
    name = models.CharField(_("小区名称"), max_length=100)
    households = models.PositiveIntegerField(
        _("户数"), null=True, blank=True, help_text=_("不清楚可以不填，不要填 0。")
    )
    party_branch_from = models.DateField(
        _("党支部成立日期"), null=True, blank=True, help_text=_("没有小区党支部就不填。")
    )
    since = models.DateField(_("建成日期"), null=True, blank=True)
    until = models.DateField(_("停用日期"), null=True, blank=True)

    objects = EstateQuerySet.as_manager()

    class Meta:
        verbose_name = _("小区")
        verbose_name_plural = pgettext_lazy("plural", "小区")
        ordering = ("community__path", "name", "pk")
        constraints = (
            ends_after_start("estate_ends_after_start"),
            models.CheckConstraint(
                name="estate_party_branch_inside_span",
                condition=Q(party_branch_from__isnull=True)
                | (
                    Q(party_branch_from__gte=Coalesce(F("since"), F("party_branch_from")))
                    & (Q(until__isnull=True) | Q(party_branch_from__lt=F("until")))
                ),
                violation_error_message=_("党支部成立日期必须在小区建成之后、停用之前。"),
            ),
            no_overlap("estate_name_once", "community", "name", message=_("这个社区在同一时间已有同名小区。")),
        )
        indexes = (
            models.Index(  # what the engine reads
                fields=("community", "since"), include=("until", "party_branch_from"), name="estate_covering"
            ),
        )

    def __str__(self) -> str:
        return self.name
