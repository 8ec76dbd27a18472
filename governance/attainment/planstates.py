"""The life of an improvement plan: open until it is done or cancelled; what is closed stays as it is."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.attainment.models import ImprovementPlan
from governance.kit.states import States, Transition

_STATE = ImprovementPlan.State


def kept(plan: ImprovementPlan, by: Any, verb: str, changed: Collection[str]) -> str:
    """Return why a plan stays as it is."""
    return "" if plan.state == _STATE.OPEN else _("整改计划已经结束，不能再改；还要整改的请另立一份。")


def _conclusion(label: Any) -> forms.Field:
    return forms.CharField(label=label, max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


PLAN_STATES = States(
    "state",
    looks={
        _STATE.OPEN: ("st-pending", "progress"),
        _STATE.DONE: ("st-met", "circle-check"),
        _STATE.CANCELLED: ("st-none", "ban"),
    },
    transitions=(
        Transition(
            "finish", gettext_lazy("完成"), (_STATE.OPEN,), _STATE.DONE,
            asks={
                "done_on": forms.DateField(
                    label=gettext_lazy("完成日期"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
                ),
                "conclusion": _conclusion(gettext_lazy("完成情况")),
            },
            tone="primary", icon="check",
            hint=gettext_lazy("措施都已办完时登记；指标是否达标仍由台账算出。"),
        ),
        Transition(
            "cancel", gettext_lazy("取消"), (_STATE.OPEN,), _STATE.CANCELLED,
            asks={"conclusion": _conclusion(gettext_lazy("取消原因"))}, icon="ban",
            hint=gettext_lazy("计划不再执行时取消；之后可以另立一份。"),
        ),
    ),
    keeps=kept,
)  # fmt: skip
