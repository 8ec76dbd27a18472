"""Disputes that are mediated. What they are about is sealed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.past import not_before, refuse_future
from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.kit.sealed import SealedField
from governance.people.models import Person
from governance.regions.keys import home
from governance.regions.models import Level


class DisputeQuerySet(ScopedQuerySet):
    """Disputes are homed at the community where they were accepted."""

    region_path = "community__path"


@classified(
    internal="id community number kind channel accepted_on closed_on closed_level outcome changed_at",
    personal="mediator",
    sensitive="parties summary",
)
class Dispute(Record):
    """A dispute from the day it was accepted to the day it was closed."""

    class Kind(models.TextChoices):
        """What people quarrel about."""

        NEIGHBOUR = "neighbour", _("邻里")
        PROPERTY = "property", _("物业")
        FAMILY = "family", _("婚姻家庭")
        LABOUR = "labour", _("劳资")
        LAND = "land", _("土地")
        CONSUMER = "consumer", _("消费")
        OTHER = "other", _("其他")

    class Channel(models.TextChoices):
        """How it came in."""

        ONLINE = "online", _("线上")
        ONSITE = "onsite", _("现场")
        PHONE = "phone", _("电话")

    class ClosedLevel(models.TextChoices):
        """Where it was settled."""

        COMMUNITY = "community", _("村（社区）")
        TOWNSHIP = "township", _("街道（乡镇）")
        COUNTY = "county", _("县级")
        OUTSIDE = "outside", _("其他途径")

    class Outcome(models.TextChoices):
        """What came of it."""

        AGREED = "agreed", _("达成协议")
        PERFORMED = "performed", _("已履行")
        FAILED = "failed", _("未达成")
        WITHDRAWN = "withdrawn", _("撤回")
        REFERRED = "referred", _("转送")

    community = home("disputes", Level.COMMUNITY, label=_("村（社区）"))
    number = models.CharField(_("纠纷编号"), max_length=40)
    kind = models.CharField(_("类型"), max_length=12, choices=Kind)
    channel = models.CharField(_("受理渠道"), max_length=8, choices=Channel)
    parties = SealedField(_("当事人"), longest=500)
    summary = SealedField(_("纠纷摘要"), longest=2000)
    mediator = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="mediations", verbose_name=_("调解员")
    )
    accepted_on = models.DateField(_("受理日期"))
    closed_on = models.DateField(_("办结日期"), null=True, blank=True)
    closed_level = models.CharField(_("化解层级"), max_length=12, choices=ClosedLevel, blank=True)
    outcome = models.CharField(_("结果"), max_length=12, choices=Outcome, blank=True)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        verbose_name = _("矛盾纠纷")
        verbose_name_plural = pgettext_lazy("plural", "矛盾纠纷")
        ordering = ("-accepted_on", "-pk")
        permissions = (("reveal_dispute", "Can reveal whose dispute it is and what it is about"),)
        constraints = (
            models.UniqueConstraint(
                fields=("number",),
                name="dispute_number_once",
                violation_error_code="unique",
                violation_error_message=_("这个纠纷编号已被使用。"),
            ),
            models.CheckConstraint(
                name="dispute_closed_whole",
                condition=Q(closed_on__isnull=True, closed_level="", outcome="")
                | (Q(closed_on__isnull=False) & ~Q(closed_level="") & ~Q(outcome="")),
                violation_error_message=_("办结日期、化解层级和结果须一起填写。"),
            ),
            models.CheckConstraint(
                name="dispute_closed_after_acceptance",
                condition=not_before("closed_on", "accepted_on"),
                violation_error_message=_("办结日期不能早于受理日期。"),
            ),
        )
        indexes = (  # what the engine reads: what came in, and what was closed
            models.Index(fields=("community", "accepted_on"), include=("channel",), name="dispute_accepted"),
            models.Index(fields=("community", "closed_on"), include=("closed_level", "outcome"), name="dispute_closed"),
        )

    def __str__(self) -> str:
        return self.number

    def clean(self) -> None:
        """Refuse days that are still to come."""
        super().clean()
        refuse_future(self, "accepted_on", "closed_on")
