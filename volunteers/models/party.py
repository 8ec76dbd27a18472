"""Party members who report to the community where they live."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.kit.spans import AliveQuerySet, ends_after_start, no_overlap
from governance.people.models import Person
from governance.regions.keys import home
from governance.regions.models import Level


class PartyReportQuerySet(AliveQuerySet, ScopedQuerySet):
    """Reports are homed at the community reported to."""

    region_path = "community__path"


@classified(public="id changed_at", internal="community post since until", sensitive="person unit_name")
class PartyReport(Record):
    """A party member has reported to a community (双报到); that she is one is sensitive."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="party_reports", verbose_name=_("人员"))
    community = home("party_reports", Level.COMMUNITY, label=_("报到社区"), db_index=False)
    unit_name = models.CharField(_("所在单位党组织"), max_length=120)
    post = models.CharField(_("认领岗位"), max_length=60, blank=True)
    since = models.DateField(_("报到日期"))
    until = models.DateField(_("转出日期"), null=True, blank=True)

    objects = PartyReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("党员“双报到”")
        verbose_name_plural = pgettext_lazy("plural", "党员“双报到”")
        ordering = ("community__path", "-since", "pk")
        constraints = (
            ends_after_start("party_report_ends_after_start"),
            no_overlap("party_report_once", "person", message=_("这名党员在这段时间内已向社区报到。")),
        )
        indexes = (
            models.Index(  # what the engine reads
                fields=("community", "since"), include=("until", "person"), name="party_report_covering"
            ),
        )

    def __str__(self) -> str:
        return str(self.person)
