"""A list with what is masked elsewhere: asked for, decided by somebody else, made, fetched, and gone after a day."""

from __future__ import annotations

import secrets
from typing import Any, Self
from urllib.parse import parse_qsl

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.desk.models.job import Job, JobQuerySet
from governance.kit.listing import LISTINGS
from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.revealing import Purpose
from governance.kit.scoping import ScopedQuerySet
from governance.regions.keys import home


def kept_at(request: Any, name: str) -> str:
    """Return where the file is kept: an unguessable name."""
    return f"exports/{secrets.token_hex(16)}.xlsx"


class ExportRequestQuerySet(JobQuerySet):
    """Seen by who asked, and by those who may see requests of its region; decided only by the latter."""

    def allowed_to(self, user: Any, verb: str) -> Self:
        """Return one's own besides those in scope, to look at; for anything else those in scope."""
        return super().allowed_to(user, verb) if verb == "view" else ScopedQuerySet.allowed_to(self, user, verb)

    @classmethod
    def allows(cls, user: Any, verb: str, record: models.Model) -> bool:
        """Return the same for one of them."""
        if verb == "view":
            return super().allows(user, verb, record)
        return ScopedQuerySet.allows(user, verb, record)


@classified(
    internal="id listing noun query purpose note region by state expected decided_by decided_at reason file rows "
    "sha256 ready_at expires_at job requested_at changed_at"
)
class ExportRequest(Record):
    """requested → approved → ready → expired, or refused. Who decides is never who asks: the database sees to it."""

    class State(models.TextChoices):
        """The life of a request."""

        REQUESTED = "requested", _("待审批")
        APPROVED = "approved", _("已批准，正在生成")
        REFUSED = "refused", _("未批准")
        READY = "ready", _("可下载")
        EXPIRED = "expired", _("已过期")

    listing = models.CharField(_("台账标识"), max_length=80)
    noun = models.CharField(_("台账"), max_length=80)
    query = models.CharField(_("筛选条件"), max_length=1000, blank=True)
    purpose = models.CharField(_("用途"), max_length=12, choices=Purpose)
    note = models.CharField(_("具体事由"), max_length=200)
    region = home("+", label=_("申请地区"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="exports", verbose_name=_("申请人"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.REQUESTED)
    expected = models.PositiveIntegerField(_("申请时的行数"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("审批人")
    )
    decided_at = models.DateTimeField(_("审批时间"), null=True, blank=True)
    reason = models.CharField(_("不批准的原因"), max_length=200, blank=True)
    file = models.FileField(_("文件"), upload_to=kept_at, max_length=120, blank=True, editable=False)
    rows = models.PositiveIntegerField(_("导出的行数"), null=True, blank=True)
    sha256 = models.CharField(_("文件指纹"), max_length=64, blank=True)
    ready_at = models.DateTimeField(_("生成时间"), null=True, blank=True)
    expires_at = models.DateTimeField(_("失效时间"), null=True, blank=True)
    job = models.ForeignKey(
        Job, models.SET_NULL, null=True, blank=True, related_name="exports", verbose_name=_("后台任务")
    )
    requested_at = models.DateTimeField(_("申请时间"), auto_now_add=True)

    objects = ExportRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("完整导出申请")
        verbose_name_plural = pgettext_lazy("plural", "完整导出申请")
        ordering = ("-pk",)
        default_permissions = ("view", "add")
        permissions = (("approve_exportrequest", "Can decide on a full export"),)
        constraints = (
            models.CheckConstraint(
                name="exportrequest_second_person",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("by")),
                violation_error_message=_("自己的申请须由别人审批。"),
            ),
            models.CheckConstraint(  # which also says what states there are
                name="exportrequest_decided_whole",
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, state__in=["requested", "expired"])
                | Q(
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                    state__in=["approved", "refused", "ready", "expired"],
                ),
            ),
            models.CheckConstraint(
                name="exportrequest_refused_has_reason", condition=~Q(state="refused") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="exportrequest_file_while_ready",
                condition=Q(state="ready", rows__isnull=False, ready_at__isnull=False, expires_at__gt=F("ready_at"))
                & ~Q(file="")
                & ~Q(sha256="")
                | ~Q(state="ready") & Q(file=""),
            ),
        )
        indexes = (
            models.Index(fields=("by", "-id"), name="exportrequest_by"),  # one's own, newest first
            models.Index(  # what the hourly job ends
                fields=("state", "changed_at"),
                name="exportrequest_open",
                condition=Q(state__in=["requested", "approved", "ready"]),
            ),
        )

    def __str__(self) -> str:
        if self.requested_at is None:
            return self.noun
        return f"{self.noun} {timezone.localtime(self.requested_at):%Y-%m-%d %H:%M}"

    def get_query_display(self) -> str:
        """Return the filters with their labels, as a person reads them."""
        listing = next((each for each in LISTINGS.values() if each.label == self.listing), None)
        filters = listing.filterset.base_filters if listing is not None else {}
        pairs = [(name, value) for name, value in parse_qsl(self.query) if name not in ("sort", "columns")]
        return _("；").join(
            f"{(filters[name].label if name in filters else '') or name}：{value}" for name, value in pairs
        )
