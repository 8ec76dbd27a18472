"""The rows as a table on a terminal."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from governance.attainment.rounding import shown
from governance.attainment.wording import STATUSES
from governance.kit.wording import bracketed
from governance.policies.models import Policy
from governance.regions.models import Region

_COLOURS = {"met": "green", "on_track": "cyan", "behind": "yellow", "overdue": "red"}
_WIDE = 160  # not on a terminal: wide enough for a line each


def show(out: Any, policy: Policy, region: Region, day: date, rows: list[dict[str, Any]]) -> None:
    """Print one line for each indicator as of a day: value, target, due date, gap, status and its reason."""
    console = Console(file=out, highlight=False)
    if not console.is_terminal:
        console = Console(file=out, highlight=False, width=_WIDE)
    title = _("%(region)s · %(policy)s · 截至 %(day)s") % {"region": region, "policy": policy, "day": day.isoformat()}
    table = Table(title=escape(title), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(_("指标"), overflow="fold")
    for name in (_("现值"), _("目标"), _("期限"), _("差")):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column(_("状态"), no_wrap=True)
    table.add_column(_("原因"), overflow="fold")
    names = dict(policy.indicators.values_list("slug", "name"))
    for row in rows:
        status = row["status"]
        word = str(STATUSES[status]) if status else "—"
        colour = _COLOURS.get(status or "")
        table.add_row(
            escape(names[row["indicator"]]),
            escape(shown(row["value"], row["target"]) + (f" {row['unit']}" if row["value"] is not None else "")),
            _target(row),
            row["due"].isoformat() if row["due"] else "",
            "" if not row["gap"] else f"{row['gap']:,}",
            f"[{colour}]{word}[/]" if colour else word,
            _reason(row, day),
        )
    console.print(table)


def _reason(row: dict[str, Any], day: date) -> str:
    """Return why; what is answered as of another day, as a yearly target that has ended, says so."""
    reason: str = row["reason"]
    if row["as_of"] == day:
        return reason
    return bracketed(reason, _("截至 %(day)s") % {"day": row["as_of"].isoformat()})


def _target(row: dict[str, Any]) -> str:
    """Return the target; above the units also what the text asks of each, where that is another number."""
    if row["unit_target"] in (None, row["target"]):
        return shown(row["target"])
    each = _("每个 %(number)s") % {"number": shown(row["unit_target"])}
    return bracketed(shown(row["target"]), each)
