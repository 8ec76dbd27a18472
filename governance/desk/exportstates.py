"""The life of a request for a whole list, as data."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.desk.models import ExportRequest
from governance.kit.states import States, Text, Transition

_STATE = ExportRequest.State


def own(request: ExportRequest, by: Any) -> Text:
    """Return why somebody cannot decide on her own request."""
    return _("自己的申请须由别人审批。") if request.by_id == by.pk else ""


EXPORT_STATES = States(
    "state",
    looks={
        _STATE.REQUESTED: ("st-pending", "clock"),
        _STATE.APPROVED: ("st-track", "loader"),
        _STATE.REFUSED: ("st-overdue", "hand-stop"),
        _STATE.READY: ("st-met", "download"),
        _STATE.EXPIRED: ("st-none", "clock-off"),
    },
    by_itself=frozenset({_STATE.READY, _STATE.EXPIRED}),
    transitions=(
        Transition(
            "approve", _("批准"), (_STATE.REQUESTED,), _STATE.APPROVED,
            verb="approve", needs=own, by_field="decided_by", at_field="decided_at", tone="primary", icon="check",
            hint=_("批准后生成文件：含姓名、证件号码、电话等完整内容，带申请人和时间的水印，只有申请人能在有效期内下载。"),
        ),
        Transition(
            "refuse", _("不批准"), (_STATE.REQUESTED,), _STATE.REFUSED,
            verb="approve", needs=own, by_field="decided_by", at_field="decided_at", icon="hand-stop",
            asks={"reason": forms.CharField(label=_("原因"), max_length=200, help_text=_("申请人会看到。"))},
        ),
    ),
)  # fmt: skip
