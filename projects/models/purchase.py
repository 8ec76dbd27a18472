"""Services that government purchases: the five steps of a purchase, and the contracts."""

from __future__ import annotations

from itertools import pairwise

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from governance.kit.past import refuse_future
from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.regions.keys import home
from organizations.models import Organization
from projects.models.catalogue import Catalogue
from projects.models.project import Project

STEPS = ("initiated_on", "procured_on", "contracted_on", "started_on", "evaluated_on")


def _in_order() -> Q:
    """Return the condition that each step follows the one before it, on a day that is not earlier."""
    condition = Q()
    for before, step in pairwise(STEPS):
        condition &= Q(**{f"{step}__isnull": True}) | Q(**{f"{before}__isnull": False, f"{step}__gte": F(before)})
    return condition


class PurchaseQuerySet(ScopedQuerySet):
    """Purchases are homed at the region that pays."""


@classified(
    public="id region title project catalogue initiated_on procured_on contracted_on started_on evaluated_on "
    "cancelled_on changed_at"
)
class PurchaseProject(Record):
    """A purchase on its way through the five steps."""

    region = home("purchase_projects", label=_("购买方所在地区"))
    title = models.CharField(_("购买项目名称"), max_length=120)
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="purchases", verbose_name=_("对应的服务项目")
    )
    catalogue = models.ForeignKey(
        Catalogue, models.PROTECT, null=True, blank=True, related_name="purchases", verbose_name=_("依据的目录")
    )
    initiated_on = models.DateField(_("政府立项日期"))
    procured_on = models.DateField(_("政府采购日期"), null=True, blank=True)
    contracted_on = models.DateField(_("合同管理日期"), null=True, blank=True)
    started_on = models.DateField(_("民间运作日期"), null=True, blank=True)
    evaluated_on = models.DateField(_("评估兑现日期"), null=True, blank=True)
    cancelled_on = models.DateField(_("取消日期"), null=True, blank=True, help_text=_("从这一天起不再计入。"))

    objects = PurchaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("购买服务项目")
        verbose_name_plural = pgettext_lazy("plural", "购买服务项目")
        ordering = ("-initiated_on", "-pk")
        constraints = (
            models.CheckConstraint(
                name="purchase_steps_in_order",
                condition=_in_order(),
                violation_error_message=_("五个环节须按顺序办理，日期不能倒置，中间不能空缺。"),
            ),
            models.CheckConstraint(
                name="purchase_cancelled_after_initiation",
                condition=Q(cancelled_on__isnull=True) | Q(cancelled_on__gt=F("initiated_on")),
                violation_error_message=_("取消日期必须晚于立项日期。"),
            ),
            # a contract names its purchase together with the region, so that the two cannot part
            models.UniqueConstraint(fields=("id", "region"), name="purchase_project_with_region"),
        )
        indexes = (
            models.Index(  # what the engine reads
                fields=("region", "initiated_on"),
                include=("cancelled_on", "procured_on", "contracted_on", "started_on", "evaluated_on"),
                name="purchase_project_covering",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse steps that are still to come."""
        super().clean()
        refuse_future(self, *STEPS, "cancelled_on")


@classified(public="id region purchase number title supplier_kind organization supplier amount signed_on changed_at")
class PurchaseContract(Record):
    """A contract; its region is that of its purchase, which the database keeps."""

    class SupplierKind(models.TextChoices):
        """Who serves."""

        SOCIAL_ORGANIZATION = "social_organization", _("社会组织")
        ENTERPRISE = "enterprise", _("企业")
        PUBLIC_INSTITUTION = "public_institution", _("事业单位")
        COMMITTEE = "committee", _("基层自治组织")
        INDIVIDUAL = "individual", _("个人")

    region = home("purchase_contracts", label=_("购买方所在地区"))
    purchase = models.ForeignKey(
        PurchaseProject,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contracts",
        verbose_name=_("购买服务项目"),
    )
    number = models.CharField(_("合同编号"), max_length=40)
    title = models.CharField(_("合同名称"), max_length=120)
    supplier_kind = models.CharField(_("承接主体类型"), max_length=20, choices=SupplierKind)
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="purchase_contracts",
        verbose_name=_("承接的社会组织"),
        help_text=_("承接主体是社会组织时必须填。"),
    )
    supplier = models.CharField(
        _("其他承接主体"), max_length=120, blank=True, help_text=_("承接主体不是社会组织时必须填名称。")
    )
    amount = models.DecimalField(
        _("合同金额（元）"), max_digits=14, decimal_places=2, validators=[MinValueValidator(0)]
    )
    signed_on = models.DateField(_("签订日期"))

    objects = PurchaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("购买合同")
        verbose_name_plural = pgettext_lazy("plural", "购买合同")
        ordering = ("-signed_on", "-pk")
        constraints = (
            models.CheckConstraint(
                name="purchase_contract_supplier_named",
                condition=Q(supplier_kind="social_organization", organization__isnull=False)
                | (~Q(supplier_kind="social_organization") & Q(organization__isnull=True) & ~Q(supplier="")),
                violation_error_message=_("承接主体是社会组织的，选社会组织；不是的，只填其他承接主体的名称。"),
            ),
            models.CheckConstraint(
                name="purchase_contract_amount_not_negative",
                condition=Q(amount__gte=0),
                violation_error_message=_("合同金额不能小于 0。"),
            ),
            models.UniqueConstraint(
                fields=("region", "number"),
                name="purchase_contract_number_once",
                violation_error_message=_("这个地区已有同样编号的合同。"),
            ),
        )
        indexes = (
            models.Index(  # what the engine reads
                fields=("region", "signed_on"), include=("supplier_kind",), name="purchase_contract_covering"
            ),
        )

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse a day that is still to come, and a region other than the purchase's."""
        super().clean()
        refuse_future(self, "signed_on")
        if self.purchase is not None and self.region_id and self.purchase.region_id != self.region_id:
            raise ValidationError({"region": gettext("合同的地区必须与购买服务项目一致。")})
