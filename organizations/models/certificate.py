"""Certificates of social workers."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.privacy import classified
from governance.kit.spans import ends_after_start, no_overlap
from governance.people.models import PersonRecord


@classified(public="id changed_at", internal="level since until", personal="person number")
class SocialWorkCertificate(PersonRecord):
    """A person holds a certificate of a level from a day on."""

    class Level(models.TextChoices):
        """Levels of the national examination."""

        ASSISTANT = "assistant", _("助理社会工作师")
        INTERMEDIATE = "intermediate", _("社会工作师")
        SENIOR = "senior", _("高级社会工作师")

    person = models.ForeignKey(
        "people.Person", models.PROTECT, db_index=False, related_name="social_work_certificates", verbose_name=_("人员")
    )
    level = models.CharField(_("级别"), max_length=12, choices=Level)
    number = models.CharField(_("证书编号"), max_length=40)
    since = models.DateField(_("取得日期"))
    until = models.DateField(_("失效日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("社会工作者证书")
        verbose_name_plural = pgettext_lazy("plural", "社会工作者证书")
        ordering = ("-since", "pk")
        constraints = (
            ends_after_start("certificate_ends_after_start"),
            models.UniqueConstraint(
                fields=("number",),
                name="certificate_number_once",
                violation_error_message=_("这个证书编号已登记。"),
            ),
            no_overlap("certificate_once", "person", "level", message=_("这段时间内已有同级别的证书。")),
        )
        indexes = (
            models.Index(  # what the qualified spans are cut from
                fields=("person", "since"), include=("until", "level"), name="certificate_history"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} · {self.get_level_display()}"
