"""What a user looked at last."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.desk.models.own import OwnQuerySet
from governance.kit.privacy import classified
from governance.regions.models import Region


@classified(internal="user region policy")
class LastUsed(models.Model):
    """The place and the policy of the dashboard that a user saw last; one row for each.

    The policy is named by its slug: policies stand above the desk. Both are checked against her reach when they are read.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="last_used", verbose_name=_("用户")
    )
    region = models.ForeignKey(Region, models.CASCADE, related_name="+", verbose_name=_("地区"))
    policy = models.CharField(_("政策标识"), max_length=50)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("上次查看")
        verbose_name_plural = pgettext_lazy("plural", "上次查看")
        default_permissions = ()
        constraints = (models.CheckConstraint(name="lastused_names_a_policy", condition=~Q(policy="")),)

    def __str__(self) -> str:
        return self.policy
