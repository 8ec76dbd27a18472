"""Trainings that persons have finished."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.past import refuse_future
from governance.kit.privacy import classified
from governance.people.models import PersonRecord


@classified(public="id changed_at", internal="title organizer finished_on hours", personal="person")
class TrainingRecord(PersonRecord):
    """A person has finished a training; it counts for one year."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, db_index=False, related_name="training_records", verbose_name=_("人员")
    )
    title = models.CharField(_("培训名称"), max_length=120)
    organizer = models.CharField(_("举办单位"), max_length=120, blank=True)
    finished_on = models.DateField(_("结业日期"))
    hours = models.DecimalField(
        _("学时"), max_digits=5, decimal_places=1, null=True, blank=True, validators=[MinValueValidator(0)]
    )

    class Meta:
        verbose_name = _("培训记录")
        verbose_name_plural = pgettext_lazy("plural", "培训记录")
        ordering = ("-finished_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "title", "finished_on"),
                name="training_record_once",
                violation_error_message=_("这次培训已登记。"),
            ),
            models.CheckConstraint(
                name="training_record_hours_not_negative",
                condition=Q(hours__isnull=True) | Q(hours__gte=0),
                violation_error_message=_("学时不能小于 0。"),
            ),
        )
        indexes = (models.Index(fields=("person", "finished_on"), name="training_record_history"),)

    def __str__(self) -> str:
        return f"{self.person} · {self.title}"

    def clean(self) -> None:
        """Refuse a training that is still to be finished."""
        super().clean()
        refuse_future(self, "finished_on")
