"""What a region has or must have by the policies: items, their components, and the statements made of them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from governance.kit.files import FileCheck, evidence_path
from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.spanned import AliveScoped
from governance.kit.spans import ends_after_start, no_overlap
from governance.kit.wording import bracketed
from governance.regions.keys import home
from governance.regions.models.region import Level


class _Named(models.Model):
    name = models.CharField(_("名称"), max_length=50)
    name_en = models.CharField(_("英文名称"), max_length=100)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name


@classified(public="slug name name_en levels rule eligible policies roots note order")
class CapabilityItem(_Named):
    """An item of the policies; the rows are data of the code and follow its file after each migration."""

    class Rule(models.TextChoices):
        """How components make the item present."""

        ONE = "one", _("无分项")
        ALL = "all", _("分项全有才算有")
        COUNT = "count", _("只数分项")

    slug = models.SlugField(_("标识"), primary_key=True)
    levels = ArrayField(models.CharField(max_length=10, choices=Level), verbose_name=_("适用级别"))
    rule = models.CharField(_("规则"), max_length=5, choices=Rule, default=Rule.ONE)
    eligible = models.BooleanField(_("须先认定适用范围"), default=False)
    policies = ArrayField(models.SlugField(), verbose_name=_("政策"), default=list)
    roots = ArrayField(models.CharField(max_length=12), verbose_name=_("政策所在地区"), default=list)
    note = models.CharField(_("认定口径"), max_length=300, blank=True)
    order = models.PositiveIntegerField(_("次序"), default=0)

    class Meta:
        verbose_name = _("能力项")
        verbose_name_plural = pgettext_lazy("plural", "能力项")
        ordering = ("order", "slug")


@classified(public="id item slug name name_en order")
class CapabilityComponent(_Named):
    """A part of an item."""

    item = models.ForeignKey(CapabilityItem, models.CASCADE, related_name="components", verbose_name=_("能力项"))
    slug = models.SlugField(_("标识"))
    order = models.PositiveIntegerField(_("次序"), default=0)

    class Meta:
        verbose_name = _("能力分项")
        verbose_name_plural = pgettext_lazy("plural", "能力分项")
        ordering = ("item", "order")
        constraints = (models.UniqueConstraint(fields=("item", "slug"), name="capability_component_once"),)


@classified(public="slug name name_en codes")
class RegionSet(_Named):
    """A named set of regions that an expression may ask for (`named:<set>`)."""

    slug = models.SlugField(_("标识"), primary_key=True)
    codes = ArrayField(models.CharField(max_length=12), verbose_name=_("区划代码"))

    class Meta:
        verbose_name = _("地区组")
        verbose_name_plural = pgettext_lazy("plural", "地区组")
        ordering = ("slug",)


@classified(public="id region item component statement since until note changed_at", internal="evidence")
class RegionCapability(Record):
    """A statement: from a day on the region has an item (or one component of it), or is subject to it."""

    class Statement(models.TextChoices):
        """What is stated."""

        HAS = "has", _("具备")
        SUBJECT_TO = "subject_to", _("属于适用范围")

    region = home("capabilities")
    item = models.ForeignKey(CapabilityItem, models.PROTECT, related_name="statements", verbose_name=_("能力项"))
    component = models.ForeignKey(
        CapabilityComponent, models.PROTECT, null=True, blank=True, related_name="statements", verbose_name=_("分项")
    )
    statement = models.CharField(_("陈述"), max_length=10, choices=Statement, default=Statement.HAS)
    since = models.DateField(_("起始日期"))
    until = models.DateField(_("停用日期"), null=True, blank=True)
    evidence = models.FileField(
        _("佐证材料"),
        upload_to=evidence_path,
        blank=True,
        max_length=200,
        validators=[FileCheck()],
        help_text=_("PDF、图片、Word 或 Excel，不超过 10 MB。"),
    )
    note = models.CharField(_("说明"), max_length=200, blank=True)

    objects = AliveScoped.as_manager()

    class Meta:
        verbose_name = _("能力")
        verbose_name_plural = pgettext_lazy("plural", "能力")
        ordering = ("region__path", "item", "component", "since", "pk")
        constraints = (
            ends_after_start("capability_ends_after_start"),
            no_overlap(
                "capability_once",
                "region",
                "item",
                Coalesce(F("component"), Value(0)),
                "statement",
                message=_("这段时间内已有同样的记录。"),
            ),
        )
        indexes = (
            models.Index(fields=("item", "region"), name="capability_item_region"),  # an item's list and cards
            models.Index(  # what the engine reads
                fields=("region", "since"),
                include=("until", "item", "component", "statement"),
                name="capability_covering",
            ),
        )

    def __str__(self) -> str:
        return bracketed(self.item, self.component) if self.component else str(self.item)
