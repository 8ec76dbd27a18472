"""Computed numbers: a row for each place and month, an array with a number for each measure.

There are two sides. Readers read the side that is current; a rebuild fills the other one and makes it current in one
short transaction. The tables are partitioned by side (migration 0004), so that a side is emptied at once.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.attainment.models.run import AttainmentRun
from governance.kit.privacy import classified
from governance.kit.scoping import ScopedQuerySet
from governance.policies.models import Indicator
from governance.regions.models import Region


class RegionalQuerySet(ScopedQuerySet):
    """Numbers are scoped like the records of their place."""


class AreaQuerySet(ScopedQuerySet):
    """Areas are scoped by their root."""

    region_path = "root__path"


class MeasureQuerySet(ScopedQuerySet):
    """What is computed is the same for everybody and speaks of no place."""

    def allowed_to(self, user: object, verb: str) -> MeasureQuerySet:
        """Return everything to whoever is signed in."""
        return self.all() if getattr(user, "is_authenticated", False) else self.none()


@classified(internal="slot key")
class Measure(models.Model):
    """What stands at a position of the arrays, from 0 on; positions are given once and for ever."""

    slot = models.PositiveIntegerField(_("位置"), primary_key=True)
    key = models.TextField(_("口径"), unique=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("计量")
        verbose_name_plural = pgettext_lazy("plural", "计量")
        ordering = ("slot",)
        default_permissions = ()

    def __str__(self) -> str:
        return self.key


@classified(internal="id side root first last slots current run refreshed_at")
class ComputedArea(models.Model):
    """A place whose whole sub-tree is computed: for the months `first` to `last`, the measures at `slots`."""

    side = models.SmallIntegerField(_("一侧"))
    root = models.ForeignKey(
        Region, models.DO_NOTHING, db_constraint=False, related_name="+", verbose_name=_("范围所在地区")
    )
    first = models.IntegerField(_("首月"))
    last = models.IntegerField(_("末月"))
    slots = ArrayField(models.IntegerField(), verbose_name=_("计量位置"))
    current = models.BooleanField(_("当前可读"), default=False)
    run = models.ForeignKey(
        AttainmentRun, models.SET_NULL, null=True, related_name="areas", verbose_name=_("来自哪次计算")
    )
    refreshed_at = models.DateTimeField(_("最近更新"), null=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("计算范围")
        verbose_name_plural = pgettext_lazy("plural", "计算范围")
        ordering = ("side", "root")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("side", "root"), name="computed_area_once"),
            models.UniqueConstraint(fields=("root",), condition=Q(current=True), name="computed_area_one_current"),
        )

    def __str__(self) -> str:
        return str(self.root)


@classified(internal="side region month amounts known")
class MeasureValue(models.Model):
    """The numbers of a place at a month end; how they are written is told in `attainment.engine.cells`."""

    pk = models.CompositePrimaryKey("side", "region", "month")
    side = models.SmallIntegerField(_("一侧"))
    region = models.ForeignKey(
        Region, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+", verbose_name=_("地区")
    )
    month = models.IntegerField(_("月份"))
    amounts = ArrayField(models.BigIntegerField(null=True), verbose_name=_("数"))
    known = ArrayField(models.IntegerField(null=True), null=True, verbose_name=_("已知单位数"))

    objects = RegionalQuerySet.as_manager()

    class Meta:
        verbose_name = _("计算值")
        verbose_name_plural = pgettext_lazy("plural", "计算值")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.region_id} {self.month}"


@classified(internal="side region indicator month status numerator denominator provisional")
class CurrentStatus(models.Model):
    """How an indicator stands at a place in the running month: for rankings, maps and filters.

    `numerator` and `denominator` in hundredths, each missing where it is not known; the value is factor × n / d.
    """

    pk = models.CompositePrimaryKey("side", "region", "indicator")
    side = models.SmallIntegerField(_("一侧"))
    region = models.ForeignKey(
        Region, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+", verbose_name=_("地区")
    )
    indicator = models.ForeignKey(
        Indicator, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+", verbose_name=_("指标")
    )
    month = models.IntegerField(_("月份"))
    status = models.CharField(_("状态"), max_length=14, null=True)  # noqa: DJ001 a stated fact has none
    numerator = models.BigIntegerField(_("分子"), null=True)
    denominator = models.BigIntegerField(_("分母"), null=True)
    provisional = models.BooleanField(_("暂定"), default=False)

    objects = RegionalQuerySet.as_manager()

    class Meta:
        verbose_name = _("当前状态")
        verbose_name_plural = pgettext_lazy("plural", "当前状态")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.region_id} {self.indicator_id} {self.status}"
