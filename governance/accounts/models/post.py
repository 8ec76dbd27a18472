"""A post: a role in a region, for a time."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.accounts import roles
from governance.accounts.models.user import User
from governance.kit.privacy import classified
from governance.kit.scoping import ScopedQuerySet
from governance.kit.spans import AliveQuerySet, ends_after_start, no_overlap, refuse_backwards
from governance.regions.models import Region


class PostQuerySet(AliveQuerySet, ScopedQuerySet):
    """Posts are homed at their region."""


@classified(internal="id user role region since until")
class Post(models.Model):
    """What a user may do, where, and for how long."""

    user = models.ForeignKey(User, models.CASCADE, related_name="posts", verbose_name=_("用户"))
    role = models.CharField(_("角色"), max_length=20, choices=roles.choices)
    region = models.ForeignKey(Region, models.PROTECT, related_name="posts", verbose_name=_("地区"))
    since = models.DateField(_("任职日期"))
    until = models.DateField(_("离任日期"), null=True, blank=True, help_text=_("离任当天起不再有权限。"))

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("岗位")
        verbose_name_plural = pgettext_lazy("plural", "岗位")
        ordering = ("user", "since", "pk")
        constraints = (
            ends_after_start("post_ends_after_start"),
            models.CheckConstraint(name="post_role_known", condition=models.Q(role__in=sorted(roles.ROLES))),
            no_overlap("post_once", "user", "role", "region", message=_("这个用户在同一时间已有同样的岗位。")),
        )

    def __str__(self) -> str:
        return f"{self.region} {self.get_role_display()}"

    def clean(self) -> None:
        """Refuse a span that ends before it starts."""
        super().clean()
        refuse_backwards(self)
