"""Failed attempts to sign in, counted by what they were made at and where they came from."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.privacy import classified
from governance.kit.scoping import ScopedQuerySet
from governance.regions.models import Region


@classified(internal="id kind region failures turned_away first_at last_at locked_until", personal="key")
class FailedLogin(models.Model):
    """How often it failed in a row for one name, or from one address, and until when nobody is let in there.

    Homed where the account is; an address where the account is that was tried from it last. Without a region nobody's
    account was tried.
    """

    class Kind(models.TextChoices):
        """What is counted."""

        ACCOUNT = "account", _("用户名")
        ADDRESS = "address", _("网络地址")
        CLIENT = "client", _("接口客户端和地址")

    kind = models.CharField(_("类别"), max_length=8, choices=Kind)
    key = models.CharField(_("对象"), max_length=160)
    region = models.ForeignKey(Region, models.CASCADE, null=True, related_name="+", verbose_name=_("所属地区"))
    failures = models.PositiveIntegerField(_("失败次数"), default=0)
    turned_away = models.PositiveIntegerField(_("锁定后拒绝"), default=0)
    first_at = models.DateTimeField(_("第一次失败"), default=timezone.now)
    last_at = models.DateTimeField(_("最近一次失败"), default=timezone.now)
    locked_until = models.DateTimeField(_("锁定至"), null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("登录失败与锁定")
        verbose_name_plural = pgettext_lazy("plural", "登录失败与锁定")
        ordering = (F("locked_until").desc(nulls_last=True), "-last_at", "pk")
        default_permissions = ("view", "delete")
        constraints = (
            models.UniqueConstraint(fields=("kind", "key"), name="failed_login_counted_once"),
            models.CheckConstraint(
                name="failed_login_kind_known", condition=Q(kind__in=["account", "address", "client"])
            ),
            models.CheckConstraint(name="failed_login_in_order", condition=Q(last_at__gte=F("first_at"))),
            models.CheckConstraint(
                name="failed_login_locked_after_failing",
                condition=Q(locked_until__isnull=True) | Q(locked_until__gte=F("last_at"), failures__gte=1),
            ),
        )
        indexes = (models.Index(fields=("last_at",), name="failed_login_age"),)  # what is old is removed every night

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.key}"
