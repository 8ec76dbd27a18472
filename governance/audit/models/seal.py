"""Seals: each closes all that was written in a stretch of transactions, chained to the one before."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.audit.models.whole import WholeQuerySet
from governance.kit.addresses import address_of
from governance.kit.privacy import classified


@classified(
    internal="id at form from_transaction to_transaction after_event after_change last_event last_change events changes"
    " last_at prints digest previous signature"
)
class AuditSeal(models.Model):
    """All rows of the trail whose transaction lies in [from, to), of events and of changes, with a digest over them.

    The stretches lie end to end, and none is sealed before all its transactions are over, so no row can come late
    between two seals. Numbers of transactions begin anew where the database is restored into another server: then
    `after_*` are the last keys of before, and the stretches start at 0 again. `prints` holds key and short digest of each
    row, to tell which was touched. The signature needs a key that the database does not know.
    """

    at = models.DateTimeField(_("封存时间"))
    form = models.PositiveSmallIntegerField(_("格式"), default=1)
    from_transaction = models.BigIntegerField(_("起始事务"))
    to_transaction = models.BigIntegerField(_("截止事务"))
    after_event = models.BigIntegerField(_("事件起点"), default=0)
    after_change = models.BigIntegerField(_("变更起点"), default=0)
    last_event = models.BigIntegerField(_("最后事件"), default=0)
    last_change = models.BigIntegerField(_("最后变更"), default=0)
    events = models.PositiveIntegerField(_("事件数"))
    changes = models.PositiveIntegerField(_("变更数"))
    last_at = models.DateTimeField(_("最后记录时间"))
    prints = models.BinaryField(_("各行校验"))
    digest = models.CharField(_("校验值"), max_length=64)
    previous = models.CharField(_("上一校验值"), max_length=64, blank=True)
    signature = models.CharField(_("签名"), max_length=64)

    objects = WholeQuerySet.as_manager()

    class Meta:
        verbose_name = _("审计封存")
        verbose_name_plural = pgettext_lazy("plural", "审计封存")
        ordering = ("-pk",)
        default_permissions = ("view",)
        constraints = (
            models.CheckConstraint(
                condition=Q(to_transaction__gte=F("from_transaction")),
                name="audit_seal_forward",
                violation_error_message=_("封存的截止事务不能早于起始事务。"),
            ),
            models.UniqueConstraint(
                fields=("previous",),
                name="audit_seal_one_chain",
                violation_error_message=_("每个封存只能有一个后续。"),
            ),
        )

    def __str__(self) -> str:
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M:%S} #{self.pk}"

    def get_absolute_url(self) -> str:
        """Return the page of this entry."""
        return address_of(self)
