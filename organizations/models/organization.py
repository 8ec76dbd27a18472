"""A social organisation: registered with civil affairs, filed with the street, or guided by the community."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.creditcode import SHAPE, is_valid, is_written_right, normalised
from governance.kit.initialsfield import InitialsField
from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.regions.keys import home


class Nature(models.TextChoices):
    """What an organisation is by law or by custom."""

    ASSOCIATION = "association", _("社会团体")
    SERVICE_BODY = "service_body", _("社会服务机构")
    FOUNDATION = "foundation", _("基金会")
    SOCIAL_WORK_AGENCY = "social_work_agency", _("社会工作服务机构")
    FEDERATION = "federation", _("社区社会组织联合会")
    TEAM = "team", _("群众活动团队")


class Category(models.TextChoices):
    """Categories of organisations of a community."""

    LIFE_SERVICES = "life_services", _("生活服务类")
    CHARITY = "charity", _("公益慈善类")
    COMMUNITY_AFFAIRS = "community_affairs", _("社区事务类")
    CULTURE_SPORT = "culture_sport", _("文体活动类")
    RURAL_TECHNOLOGY = "rural_technology", _("农村生产技术服务类")
    OTHER = "other", _("其他")


class ServiceCategory(models.TextChoices):
    """Six categories of what organisations of a community do for its people."""

    PUBLIC_WELFARE = "public_welfare", _("公益服务")
    CONVENIENCE = "convenience", _("便民服务")
    SOCIAL_AFFAIRS = "social_affairs", _("社会事务")
    CULTURE_AND_SPORT = "culture_and_sport", _("文体活动")
    CHARITY_RELIEF = "charity_relief", _("慈善救助")
    RESIDENTS_RIGHTS = "residents_rights", _("居民维权")


class OrganizationQuerySet(ScopedQuerySet):
    """Organisations are homed where they are registered or filed; their names are public."""

    def nameable_by(self, user: Any) -> OrganizationQuerySet:
        """Return the rows that a record of `user` may point to: a street works with what its county has registered."""
        seen = self.visible_to(user)
        if not getattr(user, "is_authenticated", False):
            return seen
        scope = user.scope_for("organizations.view_organization")
        above = {path[: at + 1] for path in scope.paths for at, sign in enumerate(path) if sign == "/"}
        return self.filter(scope.q(self.region_path) | Q(region__path__in=above)) if above else seen


@classified(
    public="id name pinyin region uscc filing_no nature community_based category service_category address changed_at",
    internal="uscc_proof",
    personal="contact",
)
class Organization(Record):
    """A social organisation; how it stands with the authorities is told by its dated statuses."""

    Nature = Nature
    Category = Category
    ServiceCategory = ServiceCategory

    name = models.CharField(_("名称"), max_length=120)
    pinyin = InitialsField(_("拼音首字母"), of="name", max_length=60)
    region = home("organizations")
    uscc = models.CharField(  # noqa: DJ001  unique where there is one
        _("统一社会信用代码"), max_length=18, null=True, blank=True, help_text=_("登记的组织必须填，备案的没有。")
    )
    uscc_proof = models.CharField(
        _("代码校验未通过的依据"), max_length=200, blank=True,
        help_text=_("个别早期试点代码不合校验规则，写明登记证书等依据后可以保存。"),
    )  # fmt: skip
    filing_no = models.CharField(_("备案编号"), max_length=40, blank=True)
    nature = models.CharField(_("性质"), max_length=20, choices=Nature)
    community_based = models.BooleanField(_("社区社会组织"), default=False)
    category = models.CharField(_("社区社会组织类别"), max_length=20, choices=Category, blank=True)
    service_category = models.CharField(_("服务门类"), max_length=20, choices=ServiceCategory, blank=True)
    contact = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("联系人")
    )
    address = models.CharField(_("住所"), max_length=200, blank=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("社会组织")
        verbose_name_plural = pgettext_lazy("plural", "社会组织")
        ordering = ("region__path", "name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("uscc",),
                name="organization_uscc_once",
                violation_error_message=_("该统一社会信用代码已登记。"),
            ),
            models.UniqueConstraint(
                fields=("region", "name"),
                name="organization_name_once_in_region",
                violation_error_message=_("这个地区已有同名组织。"),
            ),
            models.CheckConstraint(
                name="organization_uscc_written_right",
                condition=Q(uscc__isnull=True) | Q(uscc__regex=SHAPE),
                violation_error_message=_("统一社会信用代码是 18 位数字和大写字母，不含 I、O、S、V、Z。"),
            ),
            models.CheckConstraint(
                name="organization_category_when_community",
                condition=Q(community_based=False) | ~Q(category=""),
                violation_error_message=_("社区社会组织必须填类别。"),
            ),
        )
        indexes = (
            models.Index(fields=("nature", "region"), name="organization_nature_region"),  # a nature's list and cards
            models.Index(fields=("pinyin",), name="organization_pinyin"),  # search by initials
        )

    def __str__(self) -> str:
        return self.name

    def clean_fields(self, exclude: Any = None) -> None:
        """Write the credit code as it is stored."""
        self.uscc = normalised(self.uscc or "") or None
        super().clean_fields(exclude=exclude)

    def clean(self) -> None:
        """Refuse a credit code that fails its check without a proof."""
        super().clean()
        if self.uscc is None:
            return
        if not is_written_right(self.uscc):
            reason = _("统一社会信用代码是 18 位数字和大写字母，不含 I、O、S、V、Z。")
            raise ValidationError({"uscc": reason})
        if not is_valid(self.uscc) and not self.uscc_proof:
            reason = _("统一社会信用代码的校验位不对，请核对。确认无误的，请填“代码校验未通过的依据”。")
            raise ValidationError({"uscc": reason})
