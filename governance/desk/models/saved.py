"""Filters of a list that a user has kept under a name."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.desk.models.own import OwnQuerySet
from governance.kit.privacy import classified

AT_MOST = 20  # for each list


@classified(internal="id user listing name slot", personal="query")
class SavedFilter(models.Model):
    """A name and what stands behind the question mark; `listing` is a model's label, `slot` counts those of a list.

    The query holds the words somebody searched for, which may be a person's name.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_filters", verbose_name=_("用户")
    )
    listing = models.CharField(_("台账"), max_length=80)
    name = models.CharField(_("名称"), max_length=30)
    query = models.CharField(_("筛选条件"), max_length=1000)
    slot = models.PositiveSmallIntegerField(_("序号"))

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("保存的筛选")
        verbose_name_plural = pgettext_lazy("plural", "保存的筛选")
        ordering = ("slot",)
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("user", "listing", "name"),
                name="savedfilter_name_once",
                violation_error_message=_("这个列表已有同名的筛选，请换一个名称。"),
            ),
            # the slots of a list are few, and each is taken once: so the database keeps how many there may be
            models.UniqueConstraint(fields=("user", "listing", "slot"), name="savedfilter_slot_once"),
            models.CheckConstraint(name="savedfilter_few", condition=Q(slot__gte=1, slot__lte=AT_MOST)),
            models.CheckConstraint(name="savedfilter_named", condition=~Q(name="") & ~Q(query="")),
        )

    def __str__(self) -> str:
        return self.name
