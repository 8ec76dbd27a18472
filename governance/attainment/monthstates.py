"""The life of a confirmation: it stands until it is taken back; then the month may be confirmed anew."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.attainment.models import ConfirmedMonth
from governance.kit.states import States, Transition

_STATE = ConfirmedMonth.State

MONTH_STATES = States(
    "state",
    looks={
        _STATE.STANDING: ("st-met", "circle-check"),
        _STATE.TAKEN_BACK: ("st-none", "arrow-back-up"),
    },
    transitions=(
        Transition(
            "take_back", _("撤回"), (_STATE.STANDING,), _STATE.TAKEN_BACK,
            verb="take_back", tone="danger", icon="arrow-back-up",
            asks={"reason": forms.CharField(label=_("原因"), max_length=200, help_text=_("上级会看到。"))},
            hint=_("撤回后这个月重新显示为未确认，改好以后可以再确认。"),
        ),
    ),
)  # fmt: skip
