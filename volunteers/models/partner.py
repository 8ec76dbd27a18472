"""Who gives something for the points of volunteers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.kit.spans import AliveQuerySet, ends_after_start, no_overlap
from governance.people.models import Person
from governance.regions.keys import home
from organizations.models import Organization


class PointsPartnerQuerySet(AliveQuerySet, ScopedQuerySet):
    """Partners are homed at a region of any level."""


@classified(public="id region kind organization since until changed_at", personal="name person")
class PointsPartner(Record):
    """A merchant, or a resident with a skill (达人), with whom points can be exchanged."""

    class Kind(models.TextChoices):
        """Who it is."""

        MERCHANT = "merchant", _("商家")
        TALENT = "talent", _("达人")

    region = home("points_partners", db_index=False)
    kind = models.CharField(_("类型"), max_length=10, choices=Kind)
    name = models.CharField(_("名称"), max_length=120)
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="points_partners",
        verbose_name=_("达人本人"),
        help_text=_("商家不填。"),
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="points_partners", verbose_name=_("所属组织")
    )
    since = models.DateField(_("加入日期"))
    until = models.DateField(_("退出日期"), null=True, blank=True)

    objects = PointsPartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("积分兑换伙伴")
        verbose_name_plural = pgettext_lazy("plural", "积分兑换伙伴")
        ordering = ("region__path", "kind", "name", "pk")
        constraints = (
            ends_after_start("points_partner_ends_after_start"),
            models.CheckConstraint(
                name="points_partner_merchant_no_person",
                condition=~Q(kind="merchant") | Q(person__isnull=True),
                violation_error_message=_("商家不填达人本人。"),
            ),
            no_overlap(
                "points_partner_once",
                "region",
                "kind",
                "name",
                message=_("这个地区在同一时间已有同名的积分兑换伙伴。"),
            ),
        )
        indexes = (
            models.Index(  # what the engine reads
                fields=("region", "since"), include=("until", "kind"), name="points_partner_covering"
            ),
        )

    def __str__(self) -> str:
        return self.name
