"""A person who is registered as a volunteer of a community."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.past import refuse_future
from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.kit.spans import AliveQuerySet, ends_after_start
from governance.kit.wording import bracketed
from governance.people.models import Person
from governance.regions.keys import home
from governance.regions.models import Level

ONCE = _("这个人在这段时间内已经是注册志愿者，一人同一时间只能在一个社区注册。")


class VolunteerQuerySet(AliveQuerySet, ScopedQuerySet):
    """Volunteers are homed at the community where they are registered."""

    region_path = "community__path"


@classified(public="id community changed_at", internal="number since until verified_on", personal="person")
class Volunteer(Record):
    """A registration: from `since` to `until` the person is a volunteer of this community.

    Who moves has two of them, one behind the other, with one number. Millions of rows: every index has its reader, and
    the list is ordered by what the engine's index holds. That spans of a person do not overlap is kept by
    `volunteer_once` where two are open, and else by triggers under the same name, which cost a tenth of an exclusion
    constraint where a city is loaded.
    """

    person = models.ForeignKey(
        Person, models.PROTECT, db_index=False, related_name="volunteers", verbose_name=_("人员")
    )  # volunteer_once finds the rows of a person
    community = home("volunteers", Level.COMMUNITY, label=_("注册社区"), db_index=False)
    number = models.CharField(_("志愿者编号"), max_length=24, db_collation="C")
    since = models.DateField(_("注册日期"))
    until = models.DateField(_("注销日期"), null=True, blank=True, help_text=_("仍在册就不填。"))
    verified_on = models.DateField(
        _("实名认证日期"), null=True, blank=True, help_text=_("没有实名认证就不填。从这一天起计入实名志愿者。")
    )

    objects = VolunteerQuerySet.as_manager()

    class Meta:
        verbose_name = _("志愿者")
        verbose_name_plural = pgettext_lazy("plural", "志愿者")
        ordering = ("-community_id", "-since", "-pk")
        constraints = (
            ends_after_start("volunteer_ends_after_start"),
            models.CheckConstraint(
                name="volunteer_verified_inside_span",
                condition=Q(verified_on__isnull=True) | Q(until__isnull=True) | Q(verified_on__lt=F("until")),
                violation_error_message=_("实名认证日期必须早于注销日期。"),
            ),
            models.UniqueConstraint(
                fields=("person", "until"),
                name="volunteer_once",
                nulls_distinct=False,
                violation_error_message=ONCE,
            ),
            models.UniqueConstraint(
                fields=("number",),
                condition=Q(until__isnull=True),
                name="volunteer_number_once",
                violation_error_message=_("这个志愿者编号已登记。"),
            ),
        )
        indexes = (
            models.Index(  # what the engine reads; read backwards it is the order of the list
                fields=("community", "since"), include=("until", "verified_on"), name="volunteer_covering"
            ),
            models.Index(  # few: what the triggers look at for each new registration
                fields=("person",), condition=Q(until__isnull=False), name="volunteer_ended"
            ),
        )

    def __str__(self) -> str:
        return bracketed(self.person, self.number)

    def clean(self) -> None:
        """Refuse a verification that is still to come."""
        super().clean()
        refuse_future(self, "verified_on")
