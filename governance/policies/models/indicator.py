"""What a clause asks for, as an expression over the registers, and how the value is judged."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.policies import indicator_rules
from governance.policies.models.clause import Clause
from governance.policies.models.policy import Policy
from governance.policies.models.reach import SeenFromBelow
from governance.regions.models import Level, Region


def _levels(label: Any) -> Any:
    return ArrayField(models.CharField(max_length=10, choices=Level), verbose_name=label, default=list, blank=True)


def _text(label: Any) -> Any:
    return models.CharField(label, max_length=500, blank=True)


class IndicatorQuerySet(SeenFromBelow):
    """Indicators are seen and written like their policy."""

    region_path = "policy__region__path"


@classified(
    public="id policy clause slug position role name name_en kind numerator denominator factor unit test unit_levels "
    "verdict_levels show_levels direction region baseline_on baseline_value baseline_note baseline_note_en subset_of "
    "counts counts_en per per_en responsible responsible_en note note_en reading reading_en checklist checklist_en "
    "changed_at"
)
class Indicator(Record):
    """value = factor * numerator / denominator; the readings that bind are in docs/attainment.md.

    `verdict_levels` get a status, `show_levels` the value beside the root's target. `region`: the one place below the
    root of which the text speaks. `note` says what is open in the text, `reading` how the portal reads it.
    """

    class Role(models.TextChoices):
        """What the text gives: a number to reach, a wish without a number, or a stated fact."""

        TARGET = "target", _("有目标数")
        SHOWN = "shown", _("只作展示")
        REFERENCE = "reference", _("参考事实")

    class Kind(models.TextChoices):
        """What sort of a number it is."""

        COUNT = "count", _("总数")
        COVERAGE = "coverage", _("覆盖率")
        PER_10K = "per_10k", _("每万人拥有数")
        SHARE = "share", _("占比")
        AVERAGE_PER_UNIT = "average_per_unit", _("平均数")
        GROWTH_VS_BASELINE = "growth_vs_baseline", _("较基期倍数")
        YEARLY_FLOW_PER_UNIT = "yearly_flow_per_unit", _("每年新增")
        QUALITATIVE_CHECKLIST = "qualitative_checklist", _("定性要求")
        SURVEY = "survey", _("问卷调查")

    class Test(models.TextChoices):
        """Whether one value is judged, or that of every unit."""

        POOLED = "pooled", _("合计判断")
        EACH_UNIT = "each_unit", _("逐个判断")

    class Direction(models.TextChoices):
        """On which side of the number it has to lie."""

        AT_LEAST = "at_least", _("不低于")
        AT_MOST = "at_most", _("不高于")
        RANGE = "range", _("区间")

    policy = models.ForeignKey(Policy, models.CASCADE, related_name="indicators", verbose_name=_("政策"))
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="indicators", verbose_name=_("条款"))
    slug = models.SlugField(_("标识"), max_length=60, unique=True)
    position = models.PositiveIntegerField(_("次序"))
    role = models.CharField(_("性质"), max_length=10, choices=Role)
    name = models.CharField(_("名称"), max_length=100)
    name_en = models.CharField(_("英文名称"), max_length=200)
    kind = models.CharField(_("类型"), max_length=25, choices=Kind)
    numerator = models.CharField(_("分子"), max_length=300)
    denominator = models.CharField(_("分母"), max_length=300, default="1", help_text=_("没有分母时填 1。"))
    factor = models.DecimalField(_("系数"), max_digits=18, decimal_places=6, default=1)
    unit = models.CharField(_("单位"), max_length=20)
    test = models.CharField(_("判断方式"), max_length=10, choices=Test, default=Test.POOLED)
    unit_levels = _levels(_("单位级别"))
    verdict_levels = _levels(_("判断级别"))
    show_levels = _levels(_("参考级别"))
    direction = models.CharField(_("方向"), max_length=10, choices=Direction, blank=True)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="indicators", verbose_name=_("专指地区")
    )
    baseline_on = models.DateField(_("基期日期"), null=True, blank=True)
    baseline_value = models.DecimalField(_("基期数"), max_digits=18, decimal_places=4, null=True, blank=True)
    baseline_note = _text(_("基期说明"))
    baseline_note_en = _text(_("基期说明（英文）"))
    subset_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="subsets", verbose_name=_("属于其中一部分")
    )
    counts = _text(_("计数对象"))
    counts_en = _text(_("计数对象（英文）"))
    per = _text(_("分母对象"))
    per_en = _text(_("分母对象（英文）"))
    responsible = models.CharField(
        _("责任单位"), max_length=500, blank=True, help_text=_("与政策的责任单位相同时不填。")
    )
    responsible_en = _text(_("责任单位（英文）"))
    note = models.TextField(_("原文的疑义"), blank=True)
    note_en = models.TextField(_("原文的疑义（英文）"), blank=True)
    reading = models.TextField(_("本系统的读法"), blank=True)
    reading_en = models.TextField(_("本系统的读法（英文）"), blank=True)
    checklist = ArrayField(models.CharField(max_length=200), verbose_name=_("要点清单"), default=list, blank=True)
    checklist_en = ArrayField(
        models.CharField(max_length=200), verbose_name=_("要点清单（英文）"), default=list, blank=True
    )

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("指标")
        verbose_name_plural = pgettext_lazy("plural", "指标")
        ordering = ("policy", "position", "pk")
        constraints = (
            models.CheckConstraint(name="indicator_factor_positive", condition=Q(factor__gt=0)),
            models.CheckConstraint(
                name="indicator_baseline_not_negative",
                condition=Q(baseline_value__isnull=True) | Q(baseline_value__gte=0),
                violation_error_message=_("基期数不能小于 0。"),
            ),
            models.CheckConstraint(
                name="indicator_each_unit_of_one_level",
                condition=~Q(test="each_unit") | Q(unit_levels__len=1),
                violation_error_message=_("逐个达标的指标要有且只有一个单位级别。"),
            ),
            models.CheckConstraint(
                name="indicator_target_has_direction",
                condition=~Q(role="target") | ~Q(direction=""),
                violation_error_message=_("有目标的指标要写明方向。"),
            ),
            models.CheckConstraint(
                name="indicator_not_subset_of_itself",
                condition=Q(subset_of__isnull=True) | ~Q(subset_of=F("pk")),
                violation_error_message=_("指标不能属于它自己。"),
            ),
        )
        indexes = (models.Index(fields=("policy", "position"), name="indicator_in_order"),)  # a policy's page

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name

    def get_absolute_url(self) -> str:
        """Return the page of this indicator."""
        return reverse("policies:indicator_detail", args=[self.slug])

    def clean(self) -> None:
        """Refuse, field by field, what the database and the arithmetic could not live with."""
        super().clean()
        refused = indicator_rules.refusals(self)
        if refused:
            raise ValidationError(refused)
