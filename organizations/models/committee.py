"""Members of the two committees of a community: party and residents or villagers."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.kit.spans import AliveQuerySet, ends_after_start, no_overlap
from governance.regions.keys import home
from governance.regions.models import Level


class CommitteeMemberQuerySet(AliveQuerySet, ScopedQuerySet):
    """Members are homed at their community."""

    region_path = "community__path"


@classified(public="id changed_at", internal="community body position education since until", personal="person")
class CommitteeMember(Record):
    """A person sits on one or both committees of a community."""

    class Body(models.TextChoices):
        """Which committee."""

        PARTY = "party", _("党组织")
        COMMITTEE = "committee", _("居（村）委会")
        BOTH = "both", _("交叉任职")

    class Education(models.IntegerChoices):
        """Degrees in their order, so that "at least" is a comparison."""

        JUNIOR = 10, _("初中及以下")
        SECONDARY = 20, _("高中（中专）")
        COLLEGE = 30, _("大专")
        BACHELOR = 40, _("本科")
        POSTGRADUATE = 50, _("研究生")

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="committee_memberships", verbose_name=_("人员")
    )
    community = home("committee_members", Level.COMMUNITY, label=_("村（社区）"), db_index=False)
    body = models.CharField(_("所在组织"), max_length=10, choices=Body)
    position = models.CharField(_("职务"), max_length=40)
    education = models.PositiveSmallIntegerField(_("学历"), choices=Education)
    since = models.DateField(_("任职日期"))
    until = models.DateField(_("离任日期"), null=True, blank=True)

    objects = CommitteeMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("“两委”成员")
        verbose_name_plural = pgettext_lazy("plural", "“两委”成员")
        ordering = ("community__path", "-since", "pk")
        constraints = (
            ends_after_start("committee_member_ends_after_start"),
            no_overlap("committee_member_once", "person", message=_("一人同一时间只记一次，交叉任职请选“交叉任职”。")),
            models.CheckConstraint(
                name="committee_member_education_known",
                condition=models.Q(education__in=(10, 20, 30, 40, 50)),
                violation_error_message=_("请从列表中选学历。"),
            ),
        )
        indexes = (
            models.Index(  # what the engine reads
                fields=("community", "since"),
                include=("until", "person", "education"),
                name="committee_member_covering",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} · {self.position}"
