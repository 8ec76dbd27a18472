"""A partner system that calls the REST API with OAuth2 client credentials."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from oauth2_provider.models import AbstractApplication, ApplicationManager

from governance.accounts.models.user import User
from governance.kit.privacy import classified
from governance.kit.scoping import ScopedQuerySet

VERBS = [("view", _("读取")), ("add", _("新增")), ("change", _("修改")), ("delete", _("删除"))]


class PartnerClientQuerySet(ScopedQuerySet):
    """Clients are scoped by the region of their account."""

    region_path = "user__region__path"


class PartnerClientManager(ApplicationManager.from_queryset(PartnerClientQuerySet)):  # type: ignore[misc]
    """The package's look-ups, scoped."""


@classified(
    public="id",
    internal="client_id user name verbs redirect_uris post_logout_redirect_uris client_type authorization_grant_type "
    "skip_authorization created updated algorithm allowed_origins hash_client_secret "
    "registration_source cimd_expires_at",
    sensitive="client_secret",
)
class PartnerClient(AbstractApplication):
    """A client acts through an account of its own, whose post says where; `verbs` says what."""

    user = models.OneToOneField(User, models.PROTECT, related_name="partner_client", verbose_name=_("账号"))
    verbs = ArrayField(models.CharField(max_length=6, choices=VERBS), verbose_name=_("动作"), default=list)

    objects = PartnerClientManager()

    class Meta(AbstractApplication.Meta):
        verbose_name = _("接口客户端")
        verbose_name_plural = pgettext_lazy("plural", "接口客户端")
        constraints = (
            models.CheckConstraint(
                name="partner_client_credentials_only",
                condition=models.Q(authorization_grant_type="client-credentials", client_type="confidential"),
            ),
        )

    def __str__(self) -> str:
        return str(self.name)
