"""What a person asks for about her data: to see, copy, correct or delete them, or to withdraw a consent."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.masks import mask_name
from governance.kit.past import refuse_future
from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.kit.sealed import SealedField
from governance.people.models import Person
from governance.privacy import workdays
from governance.regions.keys import home


def kept_at(request: Any, name: str) -> str:
    """Return where the copy for a person is kept: an unguessable name."""
    return f"subjects/{secrets.token_hex(16)}.xlsx"


@classified(
    internal="id region kind relation received_on channel due_on state verified_how verified_at verified_by handler_at "
    "handler approver approver_at ground outcome answered_at file sha256 expires_at changed_at",
    personal="person",
    sensitive="applicant contact detail",
)
class DataSubjectRequest(Record):
    """received → verifying → in work → (approval, to delete) → answered, or refused with a ground in law (art. 44–50).

    Who decides on a deletion is never who prepared it: the database sees to it.
    """

    class Kind(models.TextChoices):
        """What is asked for."""

        SEE = "see", _("查阅")
        COPY = "copy", _("复制")
        CORRECT = "correct", _("更正、补充")
        DELETE = "delete", _("删除")
        WITHDRAW = "withdraw", _("撤回同意")

    class Relation(models.TextChoices):
        """Who asks."""

        SELF = "self", _("本人")
        GUARDIAN = "guardian", _("监护人")
        AGENT = "agent", _("受托人（有委托书）")
        HEIR = "heir", _("死者近亲属")

    class Channel(models.TextChoices):
        """How it came."""

        COUNTER = "counter", _("窗口")
        LETTER = "letter", _("来信")
        PHONE = "phone", _("电话")
        MAIL = "mail", _("电子邮件")
        OTHER = "other", _("其他")

    class Verified(models.TextChoices):
        """How it was made sure who asks."""

        CARD = "card", _("当面核对身份证件")
        VIDEO = "video", _("视频核对身份证件")
        CALL = "call", _("回拨登记电话核对")
        PROXY = "proxy", _("核对委托书和双方证件")

    class State(models.TextChoices):
        """The life of a request."""

        RECEIVED = "received", _("已收到")
        VERIFYING = "verifying", _("核实身份")
        WORK = "work", _("办理中")
        APPROVAL = "approval", _("待复核删除")
        ANSWERED = "answered", _("已答复")
        REFUSED = "refused", _("不予办理")

    class Ground(models.TextChoices):
        """Why the law lets a request be refused."""

        IDENTITY = "identity", _("无法核实申请人身份")
        NOT_HELD = "not_held", _("没有处理其个人信息")
        SECRET = "secret", _("法律、行政法规规定应当保密（第十八条、第四十五条）")
        PERIOD = "period", _("法定保存期限未届满（第四十七条第二款）")
        OTHERS = "others", _("损害他人合法权益")
        RIGHT = "right", _("信息准确，不需要更正（第四十六条）")

    region = home("data_subject_requests", label=_("受理地区"))
    kind = models.CharField(_("申请事项"), max_length=8, choices=Kind)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="data_subject_requests", verbose_name=_("人员"),
        help_text=_("申请涉及的人；收到时还不清楚的，核实身份时再填。"),
    )  # fmt: skip
    applicant = SealedField(_("申请人姓名"), mask=mask_name, longest=60)
    relation = models.CharField(_("申请人是"), max_length=8, choices=Relation, default=Relation.SELF)
    contact = SealedField(_("联系方式"), longest=100)
    received_on = models.DateField(_("收到日期"))
    channel = models.CharField(_("收到途径"), max_length=8, choices=Channel)
    detail = SealedField(_("申请内容"), longest=2000)
    due_on = models.DateField(_("答复期限"), editable=False)
    state = models.CharField(_("状态"), max_length=9, choices=State, default=State.RECEIVED)
    verified_how = models.CharField(_("身份核实方式"), max_length=8, choices=Verified, blank=True)
    verified_at = models.DateTimeField(_("身份核实时间"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("身份核实人")
    )
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("办理人")
    )
    handler_at = models.DateTimeField(_("办理时间"), null=True, blank=True)
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("复核人")
    )
    approver_at = models.DateTimeField(_("复核时间"), null=True, blank=True)
    ground = models.CharField(_("不予办理的依据"), max_length=8, choices=Ground, blank=True)
    outcome = models.CharField(_("办理结果"), max_length=500, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    file = models.FileField(_("个人信息副本"), upload_to=kept_at, max_length=120, blank=True, editable=False)
    sha256 = models.CharField(_("文件指纹"), max_length=64, blank=True, editable=False)
    expires_at = models.DateTimeField(_("副本失效时间"), null=True, blank=True, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("个人信息权利申请")
        verbose_name_plural = pgettext_lazy("plural", "个人信息权利申请")
        ordering = ("-received_on", "-pk")
        default_permissions = ("view", "add", "change")
        permissions = (
            ("approve_datasubjectrequest", "Can decide that a person's data are deleted"),
            ("reveal_datasubjectrequest", "Can reveal who asks and for what"),
        )
        constraints = (
            models.CheckConstraint(
                name="datasubjectrequest_second_person",
                condition=Q(approver__isnull=True) | Q(handler__isnull=False) & ~Q(approver=F("handler")),
                violation_error_message=_("删除须由办理人以外的人复核。"),
            ),
            models.CheckConstraint(
                name="datasubjectrequest_known_state",
                condition=Q(state__in=["received", "verifying", "refused"])
                | Q(state__in=["work", "approval", "answered"], person__isnull=False, verified_by__isnull=False)
                & ~Q(verified_how=""),
                violation_error_message=_("核实身份、确定人员以后才能办理。"),
            ),
            models.CheckConstraint(
                name="datasubjectrequest_refused_has_ground",
                condition=Q(state="refused") & ~Q(ground="") & ~Q(outcome="") | ~Q(state="refused") & Q(ground=""),
                violation_error_message=_("不予办理须写明依据和说明。"),
            ),
            models.CheckConstraint(
                name="datasubjectrequest_answered_has_day",
                condition=Q(state__in=["answered", "refused"], answered_at__isnull=False)
                | ~Q(state__in=["answered", "refused"]) & Q(answered_at__isnull=True),
                violation_error_message=_("答复须有答复时间。"),
            ),
            models.CheckConstraint(
                name="datasubjectrequest_deleted_by_two",
                condition=~Q(kind="delete", state="answered") | Q(approver__isnull=False),
                violation_error_message=_("删除须经复核。"),
            ),
            models.CheckConstraint(
                name="datasubjectrequest_due_later",
                condition=Q(due_on__gt=F("received_on")),
                violation_error_message=_("答复期限必须晚于收到日期。"),
            ),
            models.CheckConstraint(
                name="datasubjectrequest_file_expires",
                condition=Q(file="") | Q(expires_at__isnull=False) & ~Q(sha256=""),
                violation_error_message=_("副本须有失效时间。"),
            ),
        )
        indexes = (
            models.Index(  # what is open, by the day on which it has to be answered
                fields=("due_on",), name="datasubjectrequest_open", condition=~Q(state__in=["answered", "refused"])
            ),
            models.Index(fields=("expires_at",), name="datasubjectrequest_file", condition=~Q(file="")),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.received_on} #{self.pk}"

    def clean(self) -> None:
        """Refuse a day that is still to come."""
        super().clean()
        refuse_future(self, "received_on")

    def clean_fields(self, exclude: Any = None) -> None:
        """Count the days to the answer from the day on which the request came."""
        self.follow_day()
        super().clean_fields(exclude)

    def save(self, *args: Any, **options: Any) -> None:
        """Count them whoever saves; whatever ends a request, it is answered then."""
        self.follow_day()
        if self.state in (self.State.ANSWERED, self.State.REFUSED) and self.answered_at is None:
            self.answered_at = timezone.now()
        super().save(*args, **options)

    def follow_day(self) -> None:
        """Set the day by which it has to be answered."""
        if self.received_on is not None:
            self.due_on = workdays.after(self.received_on, settings.SUBJECT_ANSWER_DAYS)
