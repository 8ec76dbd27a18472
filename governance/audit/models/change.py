"""One row for each row that was added, changed or removed in a table of records, written by the triggers of that table."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.addresses import address_of
from governance.kit.privacy import classified
from governance.kit.scoping import ScopedQuerySet, permission


class RowChangeQuerySet(ScopedQuerySet):
    """Changes are scoped by the place of the record at the time; where it has none, by the place of who changed it."""

    region_path = "region_path"

    def allowed_to(self, user: Any, verb: str) -> Self:
        """Return the changes in scope; one made in the database itself, of a record without a place, is everybody's."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        scope = user.scope_for(permission(self.model, verb))
        if not scope:
            return self.none()
        nowhere = Q(actor=None) | scope.q("actor__region__path")
        return self.filter(scope.q("region_path") | Q(region_path="") & nowhere)

    @classmethod
    def allows(cls, user: Any, verb: str, record: models.Model) -> bool:
        """Return whether `user` may see this very change."""
        change: Any = record
        scope = user.scope_for(permission(change._meta.model, verb))
        if change.region_path:
            return bool(scope.covers(change.region_path))
        home = change.actor.region.path if change.actor is not None else None
        return bool(scope) and (home is None or scope.covers(home))


@classified(
    internal="id at transaction table_name record_id operation actor surface address action session_name region_path",
    personal="before after",
)
class RowChange(models.Model):
    """What a statement did to one row. What is sensitive is only said to have changed, with a keyed checksum where there is one.

    Nobody writes here but the triggers, and the database refuses update, delete and truncate.
    """

    class Operation(models.TextChoices):
        """What was done to the row."""

        INSERT = "insert", _("新增")
        UPDATE = "update", _("修改")
        DELETE = "delete", _("删除")
        TRUNCATE = "truncate", _("清空全表")

    at = models.DateTimeField(_("时间"))
    transaction = models.BigIntegerField(_("事务"))
    table_name = models.CharField(_("台账"), max_length=63)
    record_id = models.CharField(_("对象编号"), max_length=40, blank=True)
    operation = models.CharField(_("变更"), max_length=8, choices=Operation)
    # no key in the database: a COPY of a city would ask it a million times
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        related_name="+",
        verbose_name=_("操作人"),
        db_constraint=False,
        db_index=False,
    )
    surface = models.CharField(_("途径"), max_length=10, blank=True)
    address = models.GenericIPAddressField(_("网络地址"), null=True)
    action = models.CharField(_("动作"), max_length=80, blank=True)
    session_name = models.CharField(_("数据库用户"), max_length=63)
    region_path = models.CharField(_("地区路径"), max_length=80, blank=True, db_collation="C")
    before = models.JSONField(_("之前"), default=dict)
    after = models.JSONField(_("之后"), default=dict)

    objects = RowChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("数据变更")
        verbose_name_plural = pgettext_lazy("plural", "数据变更")
        ordering = ("-pk",)
        default_permissions = ("view",)
        indexes = (
            models.Index(fields=("table_name", "record_id"), name="audit_change_record"),  # the history of a record
            models.Index(fields=("actor", "at"), name="audit_change_actor", condition=Q(actor__isnull=False)),
            models.Index(fields=("region_path", "at"), name="audit_change_region"),  # the changes of a region
            models.Index(fields=("transaction",), name="audit_change_transaction"),  # what is to be sealed
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(operation__in=["insert", "update", "delete", "truncate"]),
                name="audit_change_operation_known",
                violation_error_message=_("变更应为新增、修改、删除或清空。"),
            ),
        )

    def __str__(self) -> str:
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M} {self.table_name} {self.record_id} {self.get_operation_display()}"

    def get_absolute_url(self) -> str:
        """Return the page of this entry."""
        return address_of(self)
