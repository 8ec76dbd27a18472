"""A survey of what residents need; it speaks for a year."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Func
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.past import refuse_future
from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.regions.keys import home
from governance.regions.models import Level


class NeedsSurveyQuerySet(ScopedQuerySet):
    """Surveys are homed at their community."""

    region_path = "community__path"


@classified(public="id community title method households done_on valid_until changed_at")
class NeedsSurvey(Record):
    """A survey; without the day on which it was done it is planned, and counts for nothing."""

    community = home("needs_surveys", Level.COMMUNITY, label=_("村（社区）"))
    title = models.CharField(_("调研名称"), max_length=120)
    method = models.CharField(_("调研方式"), max_length=60, help_text=_("例如入户走访、问卷、座谈。"))
    households = models.PositiveIntegerField(
        _("调研户数"), null=True, blank=True, help_text=_("不清楚可以不填，不要填 0。")
    )
    done_on = models.DateField(_("完成日期"), null=True, blank=True, help_text=_("还没有完成就不填。"))
    valid_until = models.GeneratedField(
        verbose_name=_("有效期至"),
        expression=Func(F("done_on"), template="((%(expressions)s + interval '1 year')::date)"),
        output_field=models.DateField(),
        db_persist=True,
    )

    objects = NeedsSurveyQuerySet.as_manager()

    class Meta:
        verbose_name = _("需求调研")
        verbose_name_plural = pgettext_lazy("plural", "需求调研")
        ordering = ("-done_on", "-pk")  # planned ones, which have no day, come first
        constraints = (
            models.UniqueConstraint(
                fields=("community", "title", "done_on"),
                name="needs_survey_once",
                violation_error_message=_("这个村（社区）已登记过同名同日的调研。"),
            ),
        )
        indexes = (
            models.Index(  # what the engine reads
                fields=("community", "done_on"), include=("valid_until",), name="needs_survey_covering"
            ),
        )

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse a day that is still to come."""
        super().clean()
        refuse_future(self, "done_on")
