"""A number to reach: what the text demands, or what a region was allocated of it."""

from __future__ import annotations

from typing import Any, Self, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import permission
from governance.policies import agreement, fitting
from governance.policies.models.indicator import Indicator
from governance.policies.models.reach import SeenFromBelow
from governance.regions.models import Region

TEXT, ALLOCATED = "text", "allocated"


class TargetQuerySet(SeenFromBelow):
    """A target is seen at its region and from below it, as a policy is.

    Who may change it depends on its origin: the text's belongs to the policy's root, an allocated one to the place
    above its region, for a county does not change what the city asks of it.
    """

    def allowed_to(self, user: Any, verb: str) -> Self:
        """Return the rows on which `user` may do `verb`."""
        if verb == "view" or not getattr(user, "is_authenticated", False):
            return super().allowed_to(user, verb)
        scope = user.scope_for(permission(self.model, verb))
        of_text = Q(origin=TEXT) & scope.q("indicator__policy__region__path")
        return self.filter(of_text | (Q(origin=ALLOCATED) & scope.q("region__parent__path")))

    @classmethod
    def allows(cls, user: Any, verb: str, record: models.Model) -> bool:
        """Return the same for one record."""
        if verb == "view":
            return super().allows(user, verb, record)
        target = cast("Target", record)
        home = target.indicator.policy.region if target.origin == TEXT else target.region.parent
        return home is not None and bool(user.scope_for(permission(Target, verb)).covers(home.path))


@classified(public="id indicator region due value high origin yearly changed_at")
class Target(Record):
    """`value` until `due` (none: always), in the indicator's unit; `high` is the upper bound of a range."""

    class Origin(models.TextChoices):
        """Where the number comes from."""

        TEXT = TEXT, _("文件规定")
        ALLOCATED = ALLOCATED, _("分解下达")

    class Yearly(models.TextChoices):
        """Judged within each calendar year: the years that are listed, or every one."""

        LISTED = "listed", _("按所列年份")
        EVERY_YEAR = "every_year", _("每年")

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="targets", verbose_name=_("指标"))
    region = models.ForeignKey(Region, models.PROTECT, related_name="targets", verbose_name=_("地区"))
    due = models.DateField(_("期限"), null=True, blank=True)
    value = models.DecimalField(_("目标数"), max_digits=18, decimal_places=4)
    high = models.DecimalField(_("上限"), max_digits=18, decimal_places=4, null=True, blank=True)
    origin = models.CharField(_("来源"), max_length=10, choices=Origin, default=Origin.TEXT)
    yearly = models.CharField(_("按年判断"), max_length=10, choices=Yearly, blank=True)

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("目标")
        verbose_name_plural = pgettext_lazy("plural", "目标")
        ordering = ("indicator", "region__path", F("due").asc(nulls_last=True))
        constraints = (
            models.UniqueConstraint(
                fields=("indicator", "region", "due"),
                name="target_once",
                nulls_distinct=False,
                violation_error_message=_("这个地区在这个期限已有目标。"),
            ),
            models.CheckConstraint(
                name="target_not_negative",
                condition=Q(value__gte=0),
                violation_error_message=_("目标数不能小于 0。"),
            ),
            models.CheckConstraint(
                name="target_high_above_value",
                condition=Q(high__isnull=True) | Q(high__gt=F("value")),
                violation_error_message=_("上限必须大于下限。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator} {self.region} {self.due or ''}".rstrip()

    def get_absolute_url(self) -> str:
        """Return the page of this target."""
        return reverse("policies:target_detail", args=[self.pk])

    def get_value_unit(self) -> str:
        """Return the unit of the number, for its page."""
        return self.indicator.unit

    get_high_unit = get_value_unit

    def clean(self) -> None:
        """Refuse a place that its origin does not allow, and targets of one place that do not go together."""
        super().clean()
        try:
            indicator, region = self.indicator, self.region
        except (Indicator.DoesNotExist, Region.DoesNotExist):
            return  # the form says that they are missing
        refused: dict[str, Any] = {}
        root = indicator.policy.region
        if self.origin == TEXT and region.pk not in (root.pk, indicator.region_id):
            refused["region"] = _("文件规定的目标只能在政策的适用地区，或指标专指的地区。")
        own = (root.pk, indicator.region_id)  # where the text's number is
        if self.origin == ALLOCATED and (region.pk in own or not region.path.startswith(root.path)):
            refused["region"] = _("分解下达的目标只能在政策适用地区的下级，也不能在指标专指的地区。")
        if indicator.role == Indicator.Role.REFERENCE:
            refused["indicator"] = _("参考事实没有目标。")
        if indicator.role == Indicator.Role.SHOWN and self.origin == TEXT:
            refused["indicator"] = _("只作展示的指标没有文件规定的目标；文件写了数的，先把指标的性质改为“有目标数”。")
        reason = fitting.high_reason(indicator.direction, self.value, self.high)
        if reason:
            refused["high"] = reason
        due = fitting.day_reason(self.due) or fitting.due_reason(self.yearly, self.due)
        if due:
            refused["due"] = due
        refused = self._beside(list(indicator.targets.exclude(pk=self.pk))) | refused
        if refused:
            raise ValidationError(refused)

    def _beside(self, others: list[Target]) -> dict[str, Any]:
        """Refuse what does not go with the other targets of the place, of the indicator, and of the policy."""
        here = [other for other in others if other.region_id == self.region_id]
        if any((other.due is None) != (self.due is None) for other in here):
            return {"due": _("同一地区的目标要么都有期限，要么都没有。")}
        if any(other.yearly != self.yearly for other in here):
            return {"yearly": _("同一地区的目标要么都按年判断，要么都不按年。")}
        if any(other.yearly != self.yearly for other in others):
            return {"yearly": _("同一指标的目标要么都按年判断，要么都不按年。")}
        if self.origin != TEXT or self.value is None:
            return {}
        of_text = [*(other for other in others if other.origin == TEXT), self]
        if reason := fitting.places_reason([target.region_id for target in of_text]):
            return {"region": reason}
        reasons = [reason for target, reason in agreement.conflicts(self.indicator, of_text) if target is self]
        return {"value": reasons} if reasons else {}
