"""A sentence of a policy."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Deferrable, F
from django.db.models.functions import MD5
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.texts import full_width
from governance.policies import fitting
from governance.policies.models.policy import Policy
from governance.policies.models.reach import SeenFromBelow


class ClauseQuerySet(SeenFromBelow):
    """Clauses are seen and written like their policy."""

    region_path = "policy__region__path"


@classified(public="id policy position quote display changed_at")
class Clause(Record):
    """A passage, verbatim with its flaws; `display` is the same passage mended for a page, blank when it needs none."""

    policy = models.ForeignKey(Policy, models.CASCADE, related_name="clauses", verbose_name=_("政策"))
    position = models.PositiveIntegerField(_("次序"))
    quote = models.TextField(_("原文"))
    display = models.TextField(_("显示文本"), blank=True)

    objects = ClauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("条款")
        verbose_name_plural = pgettext_lazy("plural", "条款")
        ordering = ("policy", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("policy", "position"),
                name="clause_position_once",
                deferrable=Deferrable.IMMEDIATE,  # asked at the end of a statement, so that two can change places
                violation_error_message=_("这份政策里已有这个次序的条款。"),
            ),
            # by its digest: a passage may be longer than an index entry
            models.UniqueConstraint(
                F("policy"),
                MD5("quote"),
                name="clause_quote_once",
                violation_error_message=_("这份政策里已有这段原文。"),
            ),
            models.CheckConstraint(
                name="clause_quote_not_blank",
                condition=models.Q(quote__regex=r"\S"),
                violation_error_message=_("原文不能为空。"),
            ),
        )

    def __str__(self) -> str:
        return self.shown

    def get_absolute_url(self) -> str:
        """Return the page of this clause."""
        return reverse("policies:clause_detail", args=[self.pk])

    @property
    def shown(self) -> str:
        """The passage as a page shows it: mended where it needs it, with full-width punctuation."""
        return full_width(self.display or self.quote)

    def clean(self) -> None:
        """Refuse a passage without words, and to move it to another policy while indicators stand on it."""
        super().clean()
        if not self.quote.strip():
            raise ValidationError({"quote": _("原文不能为空。")})
        if reason := fitting.position_reason(self.position):
            raise ValidationError({"position": reason})
        stored = Clause.objects.filter(pk=self.pk).first() if self.pk else None
        if stored is not None and stored.policy_id != self.policy_id and stored.indicators.exists():
            raise ValidationError({"policy": _("已有指标的条款不能改到别的政策。")})
