"""The lives of notices, consents, requests and runs, as data."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.kit.states import States, Text, Transition
from governance.privacy.models import Consent, DataSubjectRequest, PrivacyNotice, RetentionRun

_N, _C, _R, _U = PrivacyNotice.State, Consent.State, DataSubjectRequest.State, RetentionRun.State
_K = DataSubjectRequest.Kind
_PREPARED = frozenset({_K.SEE, _K.COPY})
_CLOSED = frozenset({_R.ANSWERED, _R.REFUSED})


def _published(notice: Any, by: Any, verb: str, changed: Collection[str]) -> Text:
    return _("已发布的版本不能修改、删除，请另拟新版本。") if notice.state != _N.DRAFT else ""


NOTICE_STATES = States(
    "state",
    looks={_N.DRAFT: ("st-pending", "pencil"), _N.STANDING: ("st-met", "circle-check"), _N.FORMER: ("st-none", "archive")},
    by_itself=frozenset({_N.FORMER}),
    keeps=_published,
    transitions=(
        Transition(
            "publish", _("发布"), (_N.DRAFT,), _N.STANDING,
            verb="publish", by_field="published_by", at_field="published_at", tone="primary", icon="send",
            hint=_("发布后任何人都可以看到，正文不能再改；这个地区原来的现行版本转为历史版本。"),
        ),
    ),
)  # fmt: skip


def _only_consent(consent: Any, by: Any) -> Text:
    return "" if consent.basis == Consent.Basis.CONSENT else _("这不是同意，依据法定职责等处理的不能撤回。")


CONSENT_STATES = States(
    "state",
    looks={_C.STANDING: ("st-met", "circle-check"), _C.WITHDRAWN: ("st-none", "hand-stop")},
    transitions=(
        Transition(
            "withdraw", _("撤回同意"), (_C.STANDING,), _C.WITHDRAWN,
            verb="withdraw", needs=_only_consent, tone="danger", icon="hand-stop",
            asks={"withdrawn_on": forms.DateField(label=_("撤回日期"), initial=timezone.localdate)},
            hint=_("撤回不影响撤回以前已进行的处理；以后不再为这个用途处理（第十五条）。"),
        ),
    ),
)  # fmt: skip


def _known(request: Any, by: Any) -> Text:
    return "" if request.person_id is not None else _("先修改申请，填上涉及的人员。")


def _in_hand(request: Any, by: Any) -> Text:
    """Return what is missing before a request can be answered."""
    if request.kind == _K.DELETE:
        return _("删除须送复核，由另一人决定。")
    if request.kind in _PREPARED and not request.file:
        return _("先生成个人信息副本。")
    return ""


def _copies(request: Any, by: Any) -> Text:
    return "" if request.kind in _PREPARED else _("只有查阅、复制的申请才生成副本。")


def _deletes(request: Any, by: Any) -> Text:
    if request.kind != _K.DELETE:
        return _("只有删除的申请才送复核。")
    return _("这个人的资料已经删除。") if request.person.erased_at is not None else ""


def _second(request: Any, by: Any) -> Text:
    return _("删除须由办理人以外的人复核。") if request.handler_id == by.pk else ""


def _closed(request: Any, by: Any, verb: str, changed: Collection[str]) -> Text:
    """Return why a request is not changed: it is over, or whom it is about was made sure of already."""
    if request.state in _CLOSED:
        return _("已办结的申请不能修改。")
    if request.state == _R.APPROVAL:
        return _("正在复核，不能修改；要改的先退回。")
    if request.state == _R.WORK and {"person", "kind", "region"} & set(changed):
        return _("身份核实以后，不能再改涉及的人、事项和地区。")
    return ""


_OUTCOME = forms.CharField(
    label=_("办理结果"), max_length=500, widget=forms.Textarea({"rows": 3}),
    help_text=_("怎样答复的、改了什么栏目；不要写姓名和号码。"),
)  # fmt: skip

REQUEST_STATES = States(
    "state",
    looks={
        _R.RECEIVED: ("st-pending", "inbox"),
        _R.VERIFYING: ("st-behind", "user-search"),
        _R.WORK: ("st-track", "loader"),
        _R.APPROVAL: ("st-behind", "clipboard-check"),
        _R.ANSWERED: ("st-met", "circle-check"),
        _R.REFUSED: ("st-overdue", "hand-stop"),
    },
    keeps=_closed,
    transitions=(
        Transition("verify", _("开始核实身份"), (_R.RECEIVED,), _R.VERIFYING, tone="primary", icon="user-search"),
        Transition(
            "accept", _("身份已核实"), (_R.VERIFYING,), _R.WORK,
            needs=_known, by_field="verified_by", at_field="verified_at", tone="primary", icon="user-check",
            asks={"verified_how": forms.ChoiceField(label=_("怎样核实的"), choices=DataSubjectRequest.Verified)},
        ),
        Transition(
            "prepare", _("生成个人信息副本"), (_R.WORK,), _R.WORK,
            needs=_copies, by_field="handler", at_field="handler_at", icon="file-download",
            hint=_("后台把本系统所有台账里关于这个人的内容写成一个文件，带水印，到期自动删除。"),
        ),
        Transition(
            "answer", _("答复"), (_R.WORK,), _R.ANSWERED,
            needs=_in_hand, by_field="handler", at_field="answered_at", tone="primary", icon="send",
            asks={"outcome": _OUTCOME},
        ),
        Transition(
            "propose", _("送复核删除"), (_R.WORK,), _R.APPROVAL,
            needs=_deletes, by_field="handler", at_field="handler_at", tone="primary", icon="clipboard-check",
            asks={"outcome": _OUTCOME},
            hint=_("先看页面上“删除什么、保留什么”的清单。复核人同意后立即删除，不能恢复。"),
        ),
        Transition(
            "erase", _("同意删除"), (_R.APPROVAL,), _R.ANSWERED,
            verb="approve", needs=_second, by_field="approver", at_field="approver_at", tone="danger", icon="eraser",
            hint=_("这个人的姓名、证件号码、电话等立即清空，不能恢复；记录条数、工时、金额不变。请先通知申请人。"),
        ),
        Transition(
            "send_back", _("退回"), (_R.APPROVAL,), _R.WORK,
            verb="approve", needs=_second, icon="arrow-back-up",
            asks={"why": forms.CharField(label=_("退回原因"), max_length=200)},
        ),
        Transition(
            "refuse", _("不予办理"), (_R.RECEIVED, _R.VERIFYING, _R.WORK), _R.REFUSED,
            by_field="handler", at_field="answered_at", icon="hand-stop",
            asks={
                "ground": forms.ChoiceField(label=_("依据"), choices=DataSubjectRequest.Ground),
                "outcome": forms.CharField(
                    label=_("说明理由"), max_length=500, widget=forms.Textarea({"rows": 3}),
                    help_text=_("拒绝个人请求的，应当说明理由（第五十条）；不要写姓名和号码。"),
                ),
            },
        ),
    ),
)  # fmt: skip

RUN_STATES = States(
    "state",
    looks={
        _U.ANNOUNCED: ("st-pending", "clock"),
        _U.RUNNING: ("st-track", "loader"),
        _U.DONE: ("st-met", "circle-check"),
        _U.STOPPED: ("st-none", "hand-stop"),
    },
    by_itself=frozenset({_U.RUNNING, _U.DONE}),
    transitions=(
        Transition(
            "stop", _("停止"), (_U.ANNOUNCED, _U.RUNNING), _U.STOPPED,
            verb="stop", by_field="stopped_by", at_field="stopped_at", tone="danger", icon="hand-stop",
            asks={"reason": forms.CharField(label=_("原因"), max_length=200)},
            hint=_("清单上还没有清除的不再清除。以后仍然到期的，会另列清单重新公布。"),
        ),
    ),
)  # fmt: skip
