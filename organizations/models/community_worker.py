"""Posts of community workers."""

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


class CommunityWorkerPostQuerySet(AliveQuerySet, ScopedQuerySet):
    """Posts are homed at their community."""

    region_path = "community__path"


@classified(public="id changed_at", internal="community position since until", personal="person")
class CommunityWorkerPost(Record):
    """A person works for a community, for one at a time."""

    class Position(models.TextChoices):
        """What makes somebody a community worker."""

        PARTY_MEMBER = "party_member", _("社区党组织成员")
        COMMITTEE_MEMBER = "committee_member", _("居（村）委会成员")
        DEDICATED = "dedicated", _("专职工作人员")

    person = models.ForeignKey(
        "people.Person", models.PROTECT, db_index=False, related_name="community_worker_posts", verbose_name=_("人员")
    )
    community = home("community_worker_posts", Level.COMMUNITY, label=_("村（社区）"), db_index=False)
    position = models.CharField(_("岗位类别"), max_length=20, choices=Position)
    since = models.DateField(_("任职日期"))
    until = models.DateField(_("离任日期"), null=True, blank=True)

    objects = CommunityWorkerPostQuerySet.as_manager()

    class Meta:
        verbose_name = _("社区工作者岗位")
        verbose_name_plural = pgettext_lazy("plural", "社区工作者岗位")
        ordering = ("community__path", "-since", "pk")
        constraints = (
            ends_after_start("community_worker_post_ends_after_start"),
            no_overlap("community_worker_post_once", "person", message=_("同一时间只能在一个社区任职。")),
        )
        indexes = (
            models.Index(fields=("person", "since"), name="community_worker_post_history"),
            models.Index(  # what the engine reads
                fields=("community", "since"),
                include=("until", "person", "position"),
                name="community_worker_post_covering",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} · {self.get_position_display()}"
