"""What a pack must not take from under the targets that were allocated to regions: it neither reads nor writes them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from governance.policies import fitting
from governance.policies.models import Indicator, Target
from governance.policies.packing.rows import IndicatorRow, PackRow
from governance.policies.packing.stored import Stored

CODE = "allocated_targets"


def check(pack: PackRow, before: Stored | None) -> None:
    """Tell what does not go with the allocated targets that are stored."""
    if before is None or not before.allocated:
        return
    rows = {row.slug: row for row in pack.indicators()}
    yearly = {target.indicator_id: target.yearly for target in before.targets}
    for indicator in before.indicators:
        allocated = before.allocated.get(indicator.pk)
        if not allocated:
            continue
        row = rows.get(indicator.slug)
        if row is None:
            values = {"slug": indicator.slug, "count": len(allocated)}
            message = _("指标 %(slug)s 已有 %(count)s 个分解下达的目标，不能从文件里去掉。") % values
            pack.block.refuse("clauses", CODE, message)
        else:
            _indicator(row, indicator, yearly.get(indicator.pk, ""), allocated)
    if pack.fields["region"] != before.policy.region.code:
        message = _("已有分解下达的目标，不能改换适用地区。")
        pack.block.refuse("region", CODE, message)


def _indicator(row: IndicatorRow, stored: Indicator, yearly: str, allocated: Sequence[Target]) -> None:
    """Tell what would change below them; what stands that way already is loaded again without a word."""
    fields = row.fields
    if fields["role"] == "reference" != stored.role:
        row.block.refuse("role", CODE, _("已有分解下达的目标，不能改为参考事实。"))
        return
    if fields["direction"] != stored.direction:
        reasons = (fitting.high_reason(fields["direction"], target.value, target.high) for target in allocated)
        reason = next(filter(None, reasons), "")
        if reason:
            message = _("和分解下达的目标不合：%(reason)s") % {"reason": reason}
            row.block.refuse("direction", CODE, message)
    if row.targets and row.yearly != yearly and any(target.yearly != row.yearly for target in allocated):
        row.block.refuse("yearly", CODE, _("分解下达的目标不是这样按年判断的。"))
    place = next((target.region for target in allocated if target.region.code == fields["region"]), None)
    if place is not None:
        message = _("%(region)s已有分解下达的目标，不能作专指地区。") % {"region": place}
        row.block.refuse("region", CODE, message)
