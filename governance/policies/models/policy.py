"""A policy document and the region that it binds."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.policies import fitting
from governance.policies.models.reach import SeenFromBelow
from governance.regions.models import Region


class PolicyQuerySet(SeenFromBelow):
    """Policies are homed at their root."""


@classified(
    public="id slug title title_en document_no issued_on region valid_from valid_to public responsible responsible_en "
    "note note_en changed_at"
)
class Policy(Record):
    """A document; `valid_from` and `valid_to` are its first and last day, both inclusive, no last day is open.

    `region` is the root: the policy speaks of it and of everything below. `public`: those below may see its results there.
    """

    slug = models.SlugField(_("标识"), max_length=50, unique=True)
    title = models.CharField(_("标题"), max_length=200)
    title_en = models.CharField(_("英文标题"), max_length=300)
    document_no = models.CharField(_("文号"), max_length=100, blank=True)
    issued_on = models.DateField(_("成文日期"))
    region = models.ForeignKey(Region, models.PROTECT, related_name="policies", verbose_name=_("适用地区"))
    valid_from = models.DateField(_("起效日期"))
    valid_to = models.DateField(_("有效期至"), null=True, blank=True)
    public = models.BooleanField(
        _("公开"), default=True, help_text=_("公开的政策，下级地区能看到适用地区的总体完成情况。")
    )
    responsible = models.CharField(_("责任单位"), max_length=500, blank=True)
    responsible_en = models.CharField(_("责任单位（英文）"), max_length=500, blank=True)
    note = models.TextField(_("说明"), blank=True)
    note_en = models.TextField(_("说明（英文）"), blank=True)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("政策")
        verbose_name_plural = pgettext_lazy("plural", "政策")
        ordering = ("-issued_on", "slug")
        constraints = (
            models.CheckConstraint(
                name="policy_valid_to_not_before_from",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("有效期不能在起效日期之前结束。"),
            ),
        )

    def __str__(self) -> str:
        return self.title_en if get_language() == "en" and self.title_en else self.title

    def get_absolute_url(self) -> str:
        """Return the page of this policy."""
        return reverse("policies:policy_detail", args=[self.slug])

    def clean(self) -> None:
        """Refuse another root once indicators speak of this one, and a validity that ends before it starts."""
        super().clean()
        if early := fitting.early_days(self):
            raise ValidationError(early)
        if self.valid_to is not None and self.valid_from is not None and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": _("有效期不能在起效日期之前结束。")})
        stored = Policy.objects.filter(pk=self.pk).first() if self.pk else None
        if stored is not None and stored.region_id != self.region_id and stored.indicators.exists():
            raise ValidationError({"region": _("已有指标的政策不能改换适用地区。")})
