"""A post: a role in a region, for a time; of a stand-in too, as long as she stands in."""

from __future__ import annotations

from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.accounts import roles
from governance.accounts.models.user import User
from governance.kit.privacy import classified
from governance.kit.scoping import ScopedQuerySet
from governance.kit.spans import AliveQuerySet, Span, ends_after_start, no_overlap, refuse_backwards
from governance.regions.models import Region

STAND_IN_DAYS = 90
APART_MESSAGE = _("系统管理员、安全管理员、审计管理员三个岗位，同一个人在同一时间只能有一个。")


class PostQuerySet(AliveQuerySet, ScopedQuerySet):
    """Posts are homed at their region."""

    def handed_by(self, user: Any) -> Self:
        """Return the posts that a user may hand to a stand-in or a successor: her own, and those that she gives."""
        return self.filter(Q(user=user) | Q(pk__in=self.model._default_manager.allowed_to(user, "change").values("pk")))


@classified(internal="id user role region unit unit_name since until stands_in_for")
class Post(models.Model):
    """What a user may do, where, and for how long.

    With `unit` it opens only what is that unit's own (`kit.belonging`). A stand-in's post is a post of her own with the
    same role, place and unit, within the span of the one that it stands in for.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="posts", verbose_name=_("用户"))
    role = models.CharField(_("角色"), max_length=20, choices=roles.choices)
    region = models.ForeignKey(Region, models.PROTECT, related_name="posts", verbose_name=_("地区"))
    unit = models.CharField(_("所属单位编号"), max_length=120, blank=True, editable=False)
    unit_name = models.CharField(
        _("所属单位"),
        max_length=120,
        blank=True,
        help_text=_("机构负责人填社会组织的名称或统一社会信用代码，部门经办填部门名称；其他角色不填。"),
    )
    since = models.DateField(_("任职日期"))
    until = models.DateField(_("离任日期"), null=True, blank=True, help_text=_("离任当天起不再有权限。"))
    stands_in_for = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="stand_ins",
        verbose_name=_("代理的岗位"),
    )

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("岗位")
        verbose_name_plural = pgettext_lazy("plural", "岗位")
        ordering = ("user", "since", "pk")
        constraints = (
            ends_after_start("post_ends_after_start"),
            models.CheckConstraint(name="post_role_known", condition=Q(role__in=sorted(roles.ROLES))),
            models.CheckConstraint(
                name="post_unit_as_role",
                condition=Q(role__in=roles.OF_UNITS) ^ Q(unit=""),
                violation_error_message=_("机构负责人和部门经办必须填所属单位，其他角色不填。"),
            ),
            models.CheckConstraint(
                name="post_stand_in_ends",
                condition=Q(stands_in_for=None) | Q(until__isnull=False),
                violation_error_message=_("代理必须有结束日期。"),
            ),
            no_overlap("post_once", "user", "role", "region", "unit", message=_("这个用户在同一时间已有同样的岗位。")),
            ExclusionConstraint(
                name="post_administrators_apart",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.NOT_EQUAL),
                    (Span(F("since"), F("until")), RangeOperators.OVERLAPS),
                ],
                condition=Q(role__in=roles.APART),
                violation_error_message=APART_MESSAGE,
            ),
        )

    def __str__(self) -> str:
        return f"{self.region} {self.unit_name} {self.get_role_display()}".replace("  ", " ")

    def clean(self) -> None:
        """Refuse a span that ends before it starts."""
        super().clean()
        refuse_backwards(self)
