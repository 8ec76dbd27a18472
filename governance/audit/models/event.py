"""One row an act, kept by the database against change."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.audit.models.transaction import CurrentTransaction
from governance.kit.addresses import address_of
from governance.kit.privacy import classified
from governance.kit.scoping import ScopedQuerySet


class AuditEventQuerySet(ScopedQuerySet):
    """Events are scoped by the path that their region had at the time."""

    region_path = "region_path"


@classified(
    internal="id at actor actor_name surface address action model record_id record_name region_path before after"
    " transaction"
)
class AuditEvent(models.Model):
    """Who did what, when, from where, to which record, with what changed. The database refuses update, delete, truncate."""

    at = models.DateTimeField(_("时间"), auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("操作人")
    )
    actor_name = models.CharField(_("姓名"), max_length=120)
    surface = models.CharField(_("途径"), max_length=10)
    address = models.GenericIPAddressField(_("网络地址"), null=True)
    action = models.CharField(_("动作"), max_length=80)
    model = models.CharField(_("对象类型"), max_length=80, blank=True)
    record_id = models.CharField(_("对象编号"), max_length=40, blank=True)
    record_name = models.CharField(_("对象"), max_length=200, blank=True)
    region_path = models.CharField(_("地区路径"), max_length=80, blank=True, db_collation="C")
    before = models.JSONField(_("之前"), default=dict)
    after = models.JSONField(_("之后"), default=dict)
    transaction = models.BigIntegerField(_("事务"), db_default=CurrentTransaction(), editable=False)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("审计记录")
        verbose_name_plural = pgettext_lazy("plural", "审计记录")
        ordering = ("-pk",)
        default_permissions = ("view",)
        indexes = (
            models.Index(fields=("region_path", "at"), name="audit_event_region"),  # the trail of a region
            models.Index(fields=("model", "record_id"), name="audit_event_record"),  # the trail of a record
            models.Index(fields=("actor", "at"), name="audit_event_actor"),  # the trail of a person
            models.Index(fields=("transaction",), name="audit_event_transaction"),  # what is to be sealed
        )

    def __str__(self) -> str:
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M} {self.actor_name} {self.action}"

    def get_absolute_url(self) -> str:
        """Return the page of this entry."""
        return address_of(self)
