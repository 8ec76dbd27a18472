"""What came of a run, in words, for its page and for the terminal."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.attainment.actions.progress import progress_of
from governance.attainment.models import AttainmentRun

_STEPS = {
    "prepare": gettext_lazy("准备"),
    "chunks": gettext_lazy("各块计算（同时进行，时间相加）"),
    "tops": gettext_lazy("上级合计"),
    "drift": gettext_lazy("与原数值比对"),
    "counts": gettext_lazy("抽查"),
}
SECOND = 1000


@dataclass(frozen=True)
class Report:
    """Lines of label and value, and how many rows differ from what stood. The cells are told by `runcells`."""

    lines: list[tuple[str, str]] = field(default_factory=list)
    drift: int = 0


def told(run: AttainmentRun) -> Report:
    """Return the report of a run, as far as there is one."""
    kept: dict[str, Any] = run.report
    lines: list[tuple[str, str]] = []
    elapsed = progress_of(run).elapsed
    if run.finished_at and elapsed:
        lines.append((_("用时"), _seconds(elapsed.total_seconds() * SECOND)))
    steps = kept.get("steps", {})
    lines += [
        (_("其中：%(step)s") % {"step": label}, _seconds(steps[name]))
        for name, label in _STEPS.items()
        if name in steps
    ]
    if run.rows:
        lines.append((_("写入的行数"), f"{run.rows:,}"))
        lines.append((_("月份数"), str(run.months)))
    if kept.get("marks"):
        lines.append((_("一并计入的变更"), f"{kept['marks']:,}"))
    if "drift" in kept:
        found = kept["drift"]
        if found is None:
            text = _("没有比对：没有可比的数值，或者全部数值都已标记为待更新")
        else:
            text = _("%(count)s 行不同") % {"count": f"{found:,}"} if found else _("全部一致")
        lines.append((_("与原数值比对"), text))
    if "counted" in kept:
        values = {"counted": kept["counted"], "wrong": len(kept["miscounted"])}
        text = _("%(counted)s 处，%(wrong)s 处不符") if kept["miscounted"] else _("%(counted)s 处，全部相符")
        lines.append((_("抽查"), text % values))
    return Report(lines, kept.get("drift") or 0)


def _seconds(milliseconds: float) -> str:
    return _("%(seconds)s 秒") % {"seconds": f"{milliseconds / SECOND:,.2f}"}
