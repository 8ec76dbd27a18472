"""The life of a reported figure: drafted and submitted where it is known, approved by the bureau."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.attainment.models import ReportedFigure
from governance.kit.scoping import may
from governance.kit.states import States, Transition

_STATE = ReportedFigure.State
FREE_WHEN_APPROVED = frozenset({"until"})


def undeclared(figure: ReportedFigure, by: Any) -> str:
    """Return why a figure cannot go on whose measure has been taken out of what may be reported."""
    return "" if figure.number else _("“%(measure)s”已不在填报项里。") % {"measure": figure.measure}


def kept(figure: ReportedFigure, by: Any, verb: str, changed: Collection[str]) -> str:
    """Return why a figure stays as it is: what counts is not touched, what is looked at only by those who look."""
    if figure.state == _STATE.DRAFT:
        return ""
    if figure.state == _STATE.APPROVED and verb == "delete":
        return _("已核准的填报数不能删除；不再采用的请填停用日期，填错的请先撤回。")
    if figure.state == _STATE.APPROVED and not FREE_WHEN_APPROVED.issuperset(changed):
        return _("已核准的填报数只能填停用日期；要改别的，请先撤回。")
    if not may(by, "approve", figure):
        return _("这个填报数已提交，要改请先由核准的人退回。")
    return ""


def _reason() -> forms.Field:
    return forms.CharField(label=gettext_lazy("原因"), max_length=200, help_text=gettext_lazy("填报的人会看到。"))


FIGURE_STATES = States(
    "state",
    looks={
        _STATE.DRAFT: ("st-none", "pencil"),
        _STATE.SUBMITTED: ("st-pending", "clock"),
        _STATE.APPROVED: ("st-met", "circle-check"),
    },
    transitions=(
        Transition(
            "submit", gettext_lazy("提交"), (_STATE.DRAFT,), _STATE.SUBMITTED,
            verb="submit", needs=undeclared, sets={"reason": "", "approved_by": None}, by_field="submitted_by",
            tone="primary", icon="send",
            hint=gettext_lazy("提交后由民政局核准；核准以前不计入指标，也不能再改。"),
        ),
        Transition(
            "approve", gettext_lazy("核准"), (_STATE.SUBMITTED,), _STATE.APPROVED,
            verb="approve", needs=undeclared, sets={"reason": ""}, by_field="approved_by", apart="submitted_by",
            tone="primary", icon="check",
            hint=gettext_lazy("核准后计入指标，不能再改，只能填停用日期或撤回。"),
        ),
        Transition(
            "return", gettext_lazy("退回"), (_STATE.SUBMITTED,), _STATE.DRAFT,
            verb="approve", asks={"reason": _reason()}, icon="arrow-back-up",
            hint=gettext_lazy("退回后由填报的人修改，再提交。"),
        ),
        Transition(
            "withdraw", gettext_lazy("撤回"), (_STATE.APPROVED,), _STATE.DRAFT,
            verb="approve", asks={"reason": _reason()}, tone="danger", icon="arrow-back-up",
            hint=gettext_lazy("撤回后变为草稿，不再计入指标，已公布的结果会随之改变。"),
        ),
    ),
    keeps=kept,
)  # fmt: skip
