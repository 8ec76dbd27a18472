"""Calls by which a township summons departments (“街道吹哨、部门报到”)."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.past import not_before, refuse_future
from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.regions.keys import home
from governance.regions.models import Level


class WhistleCallQuerySet(ScopedQuerySet):
    """Calls are homed at the township that calls."""


@classified(
    public="id region number kind lead assisting issued_on due_on answered_on withdrawn_on rating changed_at",
    internal="matter",
)
class WhistleCall(Record):
    """A call, the day by which it has to be answered, and the day on which it was."""

    class Kind(models.TextChoices):
        """How urgent it is."""

        ROUTINE = "routine", _("日常")
        WORK = "work", _("攻坚")
        EMERGENCY = "emergency", _("应急")

    region = home("whistle_calls", Level.TOWNSHIP, label=_("吹哨街道（乡镇）"))
    number = models.CharField(_("编号"), max_length=40)
    kind = models.CharField(_("类型"), max_length=12, choices=Kind)
    matter = models.TextField(_("事项"), max_length=1000)
    lead = models.CharField(_("牵头部门"), max_length=120)
    assisting = models.CharField(_("配合部门"), max_length=200, blank=True)
    issued_on = models.DateField(_("吹哨日期"))
    due_on = models.DateField(_("报到时限"))
    answered_on = models.DateField(_("报到日期"), null=True, blank=True)
    withdrawn_on = models.DateField(_("撤回日期"), null=True, blank=True)
    rating = models.PositiveSmallIntegerField(
        _("评价（1–5）"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )

    objects = WhistleCallQuerySet.as_manager()

    class Meta:
        verbose_name = _("街道吹哨")
        verbose_name_plural = pgettext_lazy("plural", "街道吹哨")
        ordering = ("-issued_on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("region", "number"),
                name="whistle_call_number_once",
                violation_error_message=_("这个街道（乡镇）已有这个编号。"),
            ),
            models.CheckConstraint(
                name="whistle_call_due_after_issue",
                condition=Q(due_on__gte=F("issued_on")),
                violation_error_message=_("报到时限不能早于吹哨日期。"),
            ),
            models.CheckConstraint(
                name="whistle_call_answered_after_issue",
                condition=not_before("answered_on", "issued_on"),
                violation_error_message=_("报到日期不能早于吹哨日期。"),
            ),
            models.CheckConstraint(
                name="whistle_call_withdrawn_after_issue",
                condition=not_before("withdrawn_on", "issued_on"),
                violation_error_message=_("撤回日期不能早于吹哨日期。"),
            ),
            models.CheckConstraint(
                name="whistle_call_rating_in_range",
                condition=Q(rating__isnull=True) | Q(rating__gte=1, rating__lte=5),
                violation_error_message=_("评价应在 1 到 5 之间。"),
            ),
        )
        indexes = (
            models.Index(  # what the engine reads
                fields=("region", "due_on"), include=("answered_on", "withdrawn_on"), name="whistle_call_covering"
            ),
        )

    def __str__(self) -> str:
        return self.number

    def clean(self) -> None:
        """Refuse days that are still to come."""
        super().clean()
        refuse_future(self, "issued_on", "answered_on", "withdrawn_on")
