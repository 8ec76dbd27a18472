"""What fits together in an indicator: kind, factor and unit; direction and targets; the levels of the tree.

The form and the loader of packs ask the same functions; each returns the reason of a refusal in words, or nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import DateField, Model
from django.utils.translation import gettext as _

from governance.kit.days import EARLIEST
from governance.kit.measures.expressions import LEVELS

PERCENT = "%"
PER_10K = "/万人"
MULTIPLE = "倍"
FACTORS = {
    "coverage": Decimal(100),
    "share": Decimal(100),
    "survey": Decimal(100),
    "per_10k": Decimal(10000),
    "count": Decimal(1),
    "average_per_unit": Decimal(1),
    "growth_vs_baseline": Decimal(1),
    "yearly_flow_per_unit": Decimal(1),
}
# Words that stand in the addresses of this app where a slug stands as well.
ADDRESSES = frozenset({"add", "clauses", "indicators", "targets", "references"})


def slug_reason(slug: str) -> str:
    """Refuse an identifier whose page would have the address of another one."""
    return _("“%(slug)s”是网址里的固定用词，请换一个标识。") % {"slug": slug} if slug in ADDRESSES else ""


def factor_reason(kind: str, factor: Decimal) -> str:
    """Refuse a factor that the kind does not have; a qualitative one may have any."""
    wanted = FACTORS.get(kind, factor)
    if factor <= 0:
        return _("系数必须大于 0。")
    return "" if factor == wanted else _("这类指标的系数是 %(factor)s。") % {"factor": f"{wanted:f}"}


def unit_reason(kind: str, factor: Decimal, unit: str) -> str:
    """Refuse a unit in which the kind and factor do not speak."""
    if not unit:
        return _("请写单位。")
    if FACTORS.get(kind) == 100:
        return "" if unit == PERCENT else _("覆盖率、占比和调查的单位是“%”。")
    if unit == PERCENT and (kind != "qualitative_checklist" or factor != 100):
        return _("只有系数为 100 的比例才能用“%”作单位。")
    if kind == "per_10k":
        return "" if unit.endswith(PER_10K) else _("每万人的单位要以“/万人”结尾，如“人/万人”。")
    if (unit == MULTIPLE) != (kind == "growth_vs_baseline"):
        return _("较基期的倍数用“倍”作单位，别的指标不用。")
    if kind == "average_per_unit" and "/" not in unit:
        return _("平均数的单位要写明平均到什么，如“个/社区”。")
    if kind == "yearly_flow_per_unit" and not unit.endswith("年"):
        return _("每年新增的单位要以“年”结尾，如“家/年”。")
    return ""


def baseline_reason(unit: str, value: Decimal) -> str:
    """Refuse a baseline that cannot be a number of this unit; that of a multiple is a count."""
    if value < 0:
        return _("基期数不能小于 0。")
    if unit == PERCENT and value > 100:
        return _("百分比的基期数不能超过 100。")
    if unit == MULTIPLE and value != value.to_integral_value():
        return _("倍数指标的基期数是一个总数，应为整数。")
    return ""


def direction_reason(role: str, direction: str) -> str:
    """Refuse a target without a direction, and a stated fact with one."""
    if role == "target" and not direction:
        return _("有目标的指标要写明方向。")
    if role == "reference" and direction:
        return _("参考事实没有方向。")
    return ""


def high_reason(direction: str, value: Decimal | None, high: Decimal | None) -> str:
    """Refuse a range without its upper bound, an upper bound without a range, and one that is not above the lower."""
    if direction == "range" and high is None:
        return _("区间目标要有上限。")
    if direction != "range" and high is not None:
        return _("只有区间目标才有上限。")
    if value is not None and high is not None and high <= value:
        return _("上限必须大于下限。")
    return ""


def levels_above(levels: Sequence[str], root: str) -> list[str]:
    """Return the levels that lie above the root's."""
    return [level for level in levels if LEVELS.index(level) < LEVELS.index(root)]


def unit_levels_reason(test: str, levels: Sequence[str]) -> str:
    """Refuse a test of each unit without the one level of the units."""
    if test == "each_unit" and len(levels) != 1:
        return _("逐个达标的指标要有且只有一个单位级别。")
    return ""


def position_reason(position: int | None) -> str:
    """Refuse a place in the order before the first."""
    return _("次序从 1 起。") if position is not None and position < 1 else ""


def twice_reason(values: Sequence[str]) -> str:
    """Refuse a list that says something twice."""
    again = next((value for at, value in enumerate(values) if value in values[:at]), None)
    return "" if again is None else _("“%(value)s”列了两次。") % {"value": again}


def due_reason(yearly: str, due: date | None) -> str:
    """Refuse a yearly target that is due on another day than the last of its year."""
    if yearly and due is not None and (due.month, due.day) != (12, 31):
        return _("按年判断的目标，期限要写当年 12 月 31 日。")
    return ""


def day_reason(day: date | None) -> str:
    """Refuse a day before any policy: a slip such as 0205 for 2025, which would have every month since counted."""
    if day is not None and day < EARLIEST:
        return _("日期不能早于 %(first)s。") % {"first": EARLIEST.isoformat()}
    return ""


def early_days(record: Model) -> dict[str, str]:
    """Return the refusals of a record's days by field."""
    names = [field.name for field in record._meta.concrete_fields if type(field) is DateField]
    return {name: reason for name in names if (reason := day_reason(getattr(record, name)))}


def places_reason(homes: Collection[Any]) -> str:
    """Refuse numbers of the text for several places in one indicator."""
    if len(set(homes)) > 1:
        return _("一个指标的目标要在同一个地区：专指地区，没有专指地区的在政策的适用地区。")
    return ""
