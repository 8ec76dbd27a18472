"""Experts in the panels of a region."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.privacy import classified
from governance.kit.spanned import SpannedRecord
from governance.kit.spans import ends_after_start, no_overlap
from governance.people.models import Person
from governance.regions.keys import home


@classified(public="id region field title unit since until changed_at", personal="person")
class Expert(SpannedRecord):
    """A person on the panel of a region, on one at a time."""

    person = models.ForeignKey(
        Person, models.PROTECT, db_index=False, related_name="expertises", verbose_name=_("人员")
    )
    region = home("experts")
    field = models.CharField(_("专业领域"), max_length=60)
    title = models.CharField(_("职称或职务"), max_length=60, blank=True)
    unit = models.CharField(_("工作单位"), max_length=120, blank=True)
    since = models.DateField(_("聘任日期"))
    until = models.DateField(_("解聘日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("专家")
        verbose_name_plural = pgettext_lazy("plural", "专家")
        ordering = ("region__path", "-since", "pk")
        constraints = (
            ends_after_start("expert_ends_after_start"),
            no_overlap("expert_once", "person", message=_("一位专家同一时间只登记在一个专家库。")),
        )
        indexes = (
            models.Index(fields=("person", "since"), name="expert_history"),  # a person's page
            models.Index(  # what the engine reads
                fields=("region", "since"), include=("until", "person"), name="expert_covering"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} · {self.field}"
