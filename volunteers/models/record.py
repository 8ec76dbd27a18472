"""What a volunteer did on a day, and for how long."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.past import refuse_future
from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.regions.keys import home
from governance.regions.models import Level
from volunteers.models.activity import Activity
from volunteers.models.volunteer import Volunteer

A_DAY = 24 * 60


class ServiceRecordQuerySet(ScopedQuerySet):
    """Records are homed at the community of the service, wherever the volunteer is registered."""

    region_path = "community__path"


@classified(
    public="id activity community service_date minutes confirmed_on voided corrects changed_at",
    internal="content",
    personal="volunteer",
)
class ServiceRecord(Record):
    """Minutes of service on one day; it counts once it is confirmed, and no longer when it is voided.

    A confirmed record is not rewritten: a new one corrects it, and it is voided. Millions of rows, as of volunteers.
    """

    volunteer = models.ForeignKey(
        Volunteer, models.PROTECT, db_index=False, related_name="service_records", verbose_name=_("志愿者")
    )
    activity = models.ForeignKey(
        Activity,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="service_records",
        verbose_name=_("活动"),
    )
    community = home("service_records", Level.COMMUNITY, label=_("服务所在社区"), db_index=False)
    service_date = models.DateField(_("服务日期"))
    minutes = models.PositiveIntegerField(
        _("服务时长（分钟）"), validators=[MinValueValidator(1), MaxValueValidator(A_DAY)]
    )
    content = models.CharField(_("服务内容"), max_length=200, blank=True)
    confirmed_on = models.DateField(
        _("确认日期"),
        null=True,
        blank=True,
        help_text=_("核对无误后填写。确认后才计入服务时长，此后不能再改，只能更正。"),
    )
    voided = models.BooleanField(_("已作废"), default=False)
    corrects = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="corrections",
        verbose_name=_("更正的记录"),
        help_text=_("更正已确认的记录时填写，原记录随即作废。"),
    )

    objects = ServiceRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("服务记录")
        verbose_name_plural = pgettext_lazy("plural", "服务记录")
        ordering = ("-community_id", "-service_date", "-pk")
        constraints = (
            models.CheckConstraint(
                name="service_record_minutes",
                condition=Q(minutes__gte=1, minutes__lte=A_DAY),
                violation_error_message=_("服务时长须在 1 到 1440 分钟之间。"),
            ),
            models.CheckConstraint(
                name="service_record_confirmed_after_service",
                condition=Q(confirmed_on__isnull=True) | Q(confirmed_on__gte=F("service_date")),
                violation_error_message=_("确认日期不能早于服务日期。"),
            ),
            models.UniqueConstraint(
                fields=("activity", "volunteer"),
                condition=Q(voided=False, activity__isnull=False),
                name="service_record_once",
                violation_error_message=_("这名志愿者在这次活动中已有服务记录。"),
            ),
            models.UniqueConstraint(
                fields=("corrects",),
                condition=Q(corrects__isnull=False),
                name="service_record_corrected_once",
                violation_error_message=_("这条记录已经更正过，请更正最新的那一条。"),
            ),
        )
        indexes = (
            models.Index(  # what the engine reads; read backwards it is the order of the list
                fields=("community", "service_date"),
                include=("confirmed_on", "voided", "minutes"),
                name="service_record_covering",
            ),
            models.Index(fields=("volunteer", "-service_date"), name="service_record_volunteer"),
            models.Index(  # of an activity, the voided ones too
                fields=("activity",), condition=Q(activity__isnull=False), name="service_record_activity"
            ),
        )

    def __str__(self) -> str:
        return f"{self.volunteer} · {self.service_date}"

    def clean(self) -> None:
        """Refuse service that is still to come."""
        super().clean()
        refuse_future(self, "service_date", "confirmed_on")
