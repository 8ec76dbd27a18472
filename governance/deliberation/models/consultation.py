"""Consultations of residents, and who took part in them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.past import refuse_future
from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.people.models import Person
from governance.regions.keys import home
from governance.regions.models import Level


class ConsultationQuerySet(ScopedQuerySet):
    """Consultations are homed at their community."""

    region_path = "community__path"


@classified(public="id community title kind vital planned_on held_on four_parties changed_at", internal="result")
class Consultation(Record):
    """A consultation: planned, and held once it has a day on which it was.

    `four_parties` is kept by the database from the participants (重庆 2022: 社会工作者、社会组织、社区志愿者、慈善资源 take part).
    """

    class Kind(models.TextChoices):
        """Forms of consultation."""

        RESIDENTS = "residents", _("居民议事会")
        PARTY_GOVERNMENT = "party_government", _("党政联席会议")
        COORDINATION = "coordination", _("议事协调会")
        HEARING = "hearing", _("听证会")
        REPRESENTATIVES = "representatives", _("居（村）民代表会议")
        ONLINE = "online", _("网络议事")

    community = home("consultations", Level.COMMUNITY, label=_("村（社区）"))
    title = models.CharField(_("议题"), max_length=120)
    kind = models.CharField(_("形式"), max_length=20, choices=Kind)
    vital = models.BooleanField(_("重大事项"), default=False)
    planned_on = models.DateField(_("计划日期"), null=True, blank=True)
    held_on = models.DateField(_("召开日期"), null=True, blank=True)
    result = models.TextField(_("结果"), max_length=2000, blank=True)
    four_parties = models.BooleanField(_("四方参与"), default=False, editable=False)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("协商议事")
        verbose_name_plural = pgettext_lazy("plural", "协商议事")
        ordering = ("-held_on", "-planned_on", "-pk")
        constraints = (
            models.CheckConstraint(
                name="consultation_dated",
                condition=Q(planned_on__isnull=False) | Q(held_on__isnull=False),
                violation_error_message=_("计划日期和召开日期至少填一个。"),
            ),
        )
        indexes = (
            models.Index(  # what the engine reads
                fields=("community", "held_on"), include=("four_parties",), name="consultation_covering"
            ),
        )

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse a consultation that was held on a day to come."""
        super().clean()
        refuse_future(self, "held_on")


class ParticipantQuerySet(ScopedQuerySet):
    """Participants are seen where their consultation is."""

    region_path = "consultation__community__path"


@classified(public="id consultation role changed_at", internal="unit", personal="person name")
class ConsultationParticipant(Record):
    """Somebody who took part, as a known person or by name."""

    class Role(models.TextChoices):
        """For whom somebody speaks."""

        RESIDENT = "resident", _("居民")
        SOCIAL_WORKER = "social_worker", _("社会工作者")
        ORGANIZATION = "organization", _("社会组织代表")
        VOLUNTEER = "volunteer", _("社区志愿者")
        CHARITY = "charity", _("慈善资源代表")
        PROPERTY = "property", _("物业")
        DEPARTMENT = "department", _("部门")

    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="participants", verbose_name=_("协商议事")
    )
    role = models.CharField(_("身份"), max_length=16, choices=Role)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="consultations", verbose_name=_("人员")
    )
    name = models.CharField(_("姓名"), max_length=60, blank=True)
    unit = models.CharField(_("单位"), max_length=120, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("协商参加人")
        verbose_name_plural = pgettext_lazy("plural", "协商参加人")
        ordering = ("consultation", "role", "pk")
        constraints = (
            models.CheckConstraint(
                name="participant_is_named",
                condition=Q(person__isnull=False) | ~Q(name=""),
                violation_error_message=_("请选择人员或填写姓名。"),
            ),
            models.UniqueConstraint(
                fields=("consultation", "person"),
                condition=Q(person__isnull=False),
                name="participant_once",
                violation_error_message=_("这个人已在参加人中。"),
            ),
        )
        indexes = (models.Index(fields=("consultation", "role"), name="participant_roles"),)  # the trigger and the page

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.person or self.name}"
