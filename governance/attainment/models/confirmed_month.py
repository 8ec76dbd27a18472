"""That the records of a month are complete, as a place says itself."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from governance.attainment.periods import as_text, last_day, month_of
from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.regions.keys import home
from governance.regions.models import Level

# Whoever has places below answers for their records as well; a community's month is confirmed by its township.
CONFIRMING = (Level.PROVINCE, Level.PREFECTURE, Level.COUNTY, Level.TOWNSHIP)


class ConfirmedMonthQuerySet(ScopedQuerySet):
    """Confirmations are homed at the place that confirms."""

    def standing(self) -> ConfirmedMonthQuerySet:
        """Return those that have not been taken back."""
        return self.filter(state=ConfirmedMonth.State.STANDING)


@classified(public="id region month state confirmed_at changed_at", internal="note confirmed_by reason")
class ConfirmedMonth(Record):
    """A row for each time; at most one of a place and month stands. `month` is its first day.

    Records may still change afterwards: the row says who vouched for them and when.
    """

    class State(models.TextChoices):
        """A confirmation stands until it is taken back."""

        STANDING = "standing", _("已确认")
        TAKEN_BACK = "taken_back", _("已撤回")

    region = home("confirmed_months", *CONFIRMING, label=_("地区"))
    month = models.DateField(_("月份"), help_text=_("只能确认已经结束的月份。"))
    note = models.CharField(_("说明"), max_length=200, blank=True, help_text=_("例如哪些数据以后还会补录。"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="confirmed_months", editable=False,
        verbose_name=_("确认人"),
    )  # fmt: skip
    confirmed_at = models.DateTimeField(_("确认时间"), default=timezone.now, editable=False)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.STANDING, editable=False)
    reason = models.CharField(_("撤回原因"), max_length=200, blank=True, editable=False)

    objects = ConfirmedMonthQuerySet.as_manager()

    class Meta:
        verbose_name = _("月度确认")
        verbose_name_plural = pgettext_lazy("plural", "月度确认")
        ordering = ("-month", "region__path", "-pk")
        permissions = (("take_back_confirmedmonth", "Can take back confirmations"),)
        constraints = (
            models.UniqueConstraint(
                fields=("region", "month"),
                condition=Q(state="standing"),
                name="confirmed_month_once",
                violation_error_message=_("这个地区的这个月已经确认过。"),
            ),
            models.CheckConstraint(
                name="confirmed_month_first_day",
                condition=Q(month__day=1),
                violation_error_message=_("月份要填当月的第一天。"),
            ),
            models.CheckConstraint(
                name="confirmed_month_state_known", condition=Q(state__in=["standing", "taken_back"])
            ),
            models.CheckConstraint(
                name="confirmed_month_taken_back_for_a_reason",
                condition=Q(state="standing", reason="") | (Q(state="taken_back") & ~Q(reason="")),
                violation_error_message=_("撤回要写原因。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.region} {self.get_month_display()}"

    def get_month_display(self) -> str:
        """Return `2025-12`."""
        return as_text(month_of(self.month))

    def clean(self) -> None:
        """Refuse a month that has not ended, and one in which there was no such place."""
        super().clean()
        if self.month is None:
            return  # the form says that it is missing
        if month_of(self.month) >= month_of(timezone.localdate()):
            raise ValidationError({"month": gettext("这个月还没有结束，结束以后再确认。")})
        if self.region_id is not None and not self.region.alive_on(last_day(month_of(self.month))):
            raise ValidationError({"month": gettext("这个月月底没有这个地区。")})
