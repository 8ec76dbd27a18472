"""What proves who somebody is, beside the password: former passwords, the authenticator, recovery codes."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.accounts.models.user import User
from governance.kit.privacy import classified
from governance.kit.scoping import ScopedQuerySet
from governance.kit.sealed import SealedField


class CredentialQuerySet(ScopedQuerySet):
    """Credentials are homed like their user; no role may see any."""

    region_path = "user__region__path"


@classified(internal="id user replaced_at", sensitive="password")
class FormerPassword(models.Model):
    """The hash of a password that was replaced, so that it does not come back at once."""

    user = models.ForeignKey(User, models.CASCADE, related_name="former_passwords", verbose_name=_("用户"))
    password = models.CharField(_("密码"), max_length=128)
    replaced_at = models.DateTimeField(_("停用时间"), default=timezone.now)

    objects = CredentialQuerySet.as_manager()

    class Meta:
        verbose_name = _("用过的密码")
        verbose_name_plural = pgettext_lazy("plural", "用过的密码")
        ordering = ("-replaced_at", "-pk")
        default_permissions = ()
        constraints = (
            models.CheckConstraint(name="former_password_is_a_hash", condition=Q(("password__contains", "$"))),
        )

    def __str__(self) -> str:
        return f"{self.user} {self.replaced_at:%Y-%m-%d}"


@classified(internal="id user created_at confirmed_at last_step", sensitive="secret")
class Authenticator(models.Model):
    """The app on somebody's phone that makes a code every 30 seconds (RFC 6238); it counts once it was confirmed."""

    user = models.OneToOneField(User, models.CASCADE, related_name="authenticator", verbose_name=_("用户"))
    secret = SealedField(_("密钥"), null=False, blank=False, editable=False)
    created_at = models.DateTimeField(_("开始时间"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("启用时间"), null=True)
    last_step = models.BigIntegerField(_("用过的最后时段"), default=0)

    objects = CredentialQuerySet.as_manager()

    class Meta:
        verbose_name = _("动态口令")
        verbose_name_plural = pgettext_lazy("plural", "动态口令")
        ordering = ("user",)
        default_permissions = ()
        constraints = (
            models.CheckConstraint(
                name="authenticator_confirmed_after_it_was_made",
                condition=Q(confirmed_at__isnull=True) | Q(confirmed_at__gte=F("created_at")),
            ),
            models.CheckConstraint(  # a code that was accepted confirms it, and counts as used
                name="authenticator_confirmed_by_a_code",
                condition=Q(confirmed_at__isnull=True, last_step=0) | Q(confirmed_at__isnull=False, last_step__gt=0),
            ),
        )

    def __str__(self) -> str:
        return str(self.user)


@classified(internal="id user created_at used_at", sensitive="checksum")
class RecoveryCode(models.Model):
    """A code on paper for the day on which the phone is away: kept as a keyed checksum, good for one time."""

    user = models.ForeignKey(User, models.CASCADE, related_name="recovery_codes", verbose_name=_("用户"))
    checksum = models.BinaryField(_("校验值"), editable=False)
    created_at = models.DateTimeField(_("生成时间"), default=timezone.now)
    used_at = models.DateTimeField(_("使用时间"), null=True)

    objects = CredentialQuerySet.as_manager()

    class Meta:
        verbose_name = _("恢复码")
        verbose_name_plural = pgettext_lazy("plural", "恢复码")
        ordering = ("user", "pk")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("user", "checksum"), name="recovery_code_once"),
            models.CheckConstraint(
                name="recovery_code_used_after_it_was_made",
                condition=Q(used_at__isnull=True) | Q(used_at__gte=F("created_at")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} {self.created_at:%Y-%m-%d}"
