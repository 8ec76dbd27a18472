"""A fact that a policy states about a place."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.policies import fitting
from governance.policies.models.indicator import Indicator
from governance.policies.models.reach import SeenFromBelow
from governance.regions.models import Region


class ReferencePointQuerySet(SeenFromBelow):
    """What the text states is seen and written like its policy."""

    region_path = "indicator__policy__region__path"


@classified(public="id indicator region on value text bound changed_at")
class ReferencePoint(Record):
    """Shown beside the computed value and never instead of it; without a day it is of the policy's date."""

    class Bound(models.TextChoices):
        """How the number is meant."""

        EXACT = "exact", _("恰为")
        ABOUT = "about", _("约为")
        AT_LEAST = "at_least", _("至少")
        AT_MOST = "at_most", _("至多")

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="references", verbose_name=_("指标"))
    region = models.ForeignKey(Region, models.PROTECT, related_name="references", verbose_name=_("地区"))
    on = models.DateField(_("时点"), null=True, blank=True)
    value = models.DecimalField(_("数值"), max_digits=18, decimal_places=4, null=True, blank=True)
    text = models.CharField(_("原文表述"), max_length=200)
    bound = models.CharField(_("数值含义"), max_length=10, choices=Bound, default=Bound.EXACT)

    objects = ReferencePointQuerySet.as_manager()

    class Meta:
        verbose_name = _("参考事实")
        verbose_name_plural = pgettext_lazy("plural", "参考事实")
        ordering = ("indicator", "region__path", "on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("indicator", "region", "on", "text"),
                name="reference_point_once",
                nulls_distinct=False,
                violation_error_message=_("这条参考事实已经登记过。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator} {self.text}"

    def get_absolute_url(self) -> str:
        """Return the page of this fact."""
        return reverse("policies:reference_point_detail", args=[self.pk])

    def get_value_unit(self) -> str:
        """Return the unit of the number, for its page."""
        return self.indicator.unit

    def clean(self) -> None:
        """Refuse a place outside the policy, a fact of an indicator that is none, and a number below 0."""
        super().clean()
        refused: dict[str, Any] = dict(fitting.early_days(self))
        if self.value is not None and self.value < 0:
            refused["value"] = _("数值不能小于 0。")
        try:
            root, region = self.indicator.policy.region, self.region
            if not region.path.startswith(root.path):
                refused["region"] = _("地区要在政策的适用地区之内。")
            if self.indicator.role != Indicator.Role.REFERENCE:
                refused["indicator"] = _("只有性质为“参考事实”的指标才登记文件所述的事实。")
        except (Indicator.DoesNotExist, Region.DoesNotExist):
            pass  # the form says that they are missing
        if refused:
            raise ValidationError(refused)
