"""What somebody offers a community: hands, rooms, money, goods, skills."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.privacy import classified
from governance.regions.models import Facility
from organizations.models import Organization
from projects.models.listed import ListedRecord


@classified(
    public="id community title kind provider organization facility quantity unit listed_on refreshed_on closed_on "
    "changed_at"
)
class Resource(ListedRecord):
    """A resource, as long as it is offered."""

    class Kind(models.TextChoices):
        """What it is."""

        PEOPLE = "people", _("人力")
        VENUE = "venue", _("场地")
        MONEY = "money", _("资金")
        GOODS = "goods", _("物资")
        PROFESSIONAL = "professional", _("专业服务")

    kind = models.CharField(_("资源类型"), max_length=12, choices=Kind)
    provider = models.CharField(_("提供方"), max_length=120)
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="resources",
        verbose_name=_("提供资源的社会组织"),
    )
    facility = models.ForeignKey(
        Facility, models.PROTECT, null=True, blank=True, related_name="resources", verbose_name=_("所用设施")
    )
    quantity = models.DecimalField(
        _("数量"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("说不清数量可以不填，不要填 0。"),
    )
    unit = models.CharField(_("计量单位"), max_length=20, blank=True)

    class Meta(ListedRecord.Meta):
        verbose_name = _("资源")
        verbose_name_plural = pgettext_lazy("plural", "资源")
        constraints = (
            *ListedRecord.Meta.constraints,
            models.CheckConstraint(
                name="resource_quantity_not_negative",
                condition=Q(quantity__isnull=True) | Q(quantity__gte=0),
                violation_error_message=_("数量不能小于 0。"),
            ),
        )

    def get_quantity_unit(self) -> str:
        """Return what the quantity is counted in."""
        return self.unit
