"""What an indicator of a pack must fulfil by itself; expressions point at the word that is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from governance.kit.measures import expressions as e
from governance.kit.measures.parser import parse
from governance.kit.measures.vocabulary import ExpressionError, Vocabulary
from governance.kit.wording import bracketed, listed
from governance.policies import fitting
from governance.policies.packing.reading import Block
from governance.policies.packing.rows import IndicatorRow, PackRow, Row
from governance.regions.models import Level, Region
from governance.regions.nearest import nearest


@dataclass(slots=True)
class Known:
    """What the checks look up: the names of expressions, places by code, and which policy has an indicator already."""

    words: Vocabulary
    regions: Mapping[str, Region]
    owners: Mapping[str, str]
    expressions: dict[int, Mapping[str, e.Expression]] = field(default_factory=dict)  # by the identity of a row

    def inside(self, code: str | None, root: str | None) -> bool:
        """Whether a place lies in a policy's region; unknown places are told elsewhere."""
        place, top = self.regions.get(code or ""), self.regions.get(root or "")
        return place is None or top is None or place.path.startswith(top.path)


def check(row: IndicatorRow, pack: PackRow, known: Known) -> None:
    """Tell what is wrong with one indicator."""
    block, fields = row.block, row.fields
    owner = known.owners.get(row.slug)
    if owner is not None and owner != pack.slug:
        block.refuse(
            "slug", "slug_taken", _("标识“%(slug)s”已用于政策 %(policy)s。") % {"slug": row.slug, "policy": owner}
        )
    if reason := fitting.slug_reason(row.slug):
        block.refuse("slug", "slug_taken", reason)
    known.expressions[id(row)] = _expressions(row, known.words)
    _numbers(row)
    region(block, known)
    if block.good("region") and pack.block.good("region") and not known.inside(fields["region"], pack.fields["region"]):
        block.refuse("region", "wrong_place", _("专指地区要在政策的适用地区之内。"))
    root = known.regions.get(pack.fields.get("region", ""))
    if root is not None and block.good("verdict_levels"):
        above = fitting.levels_above(fields["verdict_levels"], root.level)
        if above:
            names = listed(Level(level).label for level in above)
            message = _("判断级别不能高于政策的适用地区：%(levels)s。") % {"levels": names}
            block.refuse("verdict_levels", "level_above_root", message)
    _parts(row, pack, known)


def region(block: Block, known: Known) -> None:
    """Refuse a code that no place has, with the nearest ones."""
    code = block.values.get("region")
    if code is not None and code not in known.regions:
        near = listed(bracketed(place.name, place.code) for place in nearest(code, limit=3))
        hint = _("是否为：%(near)s？") % {"near": near} if near else ""
        message = _("没有代码为“%(code)s”的地区。%(hint)s") % {"code": code, "hint": hint}
        block.refuse("region", "unknown_region", message)


def _expressions(row: IndicatorRow, words: Vocabulary) -> dict[str, e.Expression]:
    found: dict[str, e.Expression] = {}
    for name in ("numerator", "denominator"):
        if name not in row.fields or not row.block.good(name):
            continue
        try:
            parsed = parse(row.fields[name], words)
        except ExpressionError as error:
            row.block.refuse(name, "expression", error.reason, error.position)
            continue
        if name == "numerator" and isinstance(parsed.expression, e.One):
            row.block.refuse(name, "expression", _("分子要数些什么，不能只写 1。"))
        found[name] = parsed.expression
        for source, position in parsed.undeclared:
            message = _("还没有模块提供台账“%(source)s”，在此之前这个指标没有数据。") % {"source": source}
            row.block.document.refuse(row.block.at(name, position), "undeclared_source", message, warning=True)
    return found


def _numbers(row: IndicatorRow) -> None:
    """Check how kind, factor, unit, test, role and direction fit together."""
    block, fields = row.block, row.fields
    if block.good("kind", "factor") and (reason := fitting.factor_reason(fields["kind"], fields["factor"])):
        block.refuse("factor", "factor", reason)
    if block.good("kind", "factor", "denominator", "unit"):
        reason = fitting.unit_reason(fields["kind"], fields["factor"], fields["unit"])
        if reason:
            block.refuse("unit", "unit", reason)
    if block.good("test", "unit_levels"):
        reason = fitting.unit_levels_reason(fields["test"], fields["unit_levels"])
        if reason:
            block.refuse("unit_levels", "unit_levels", reason)
    if block.good("role", "direction", "targets", "references"):
        reason = fitting.direction_reason(fields["role"], fields["direction"])
        if reason:
            block.refuse("direction", "direction", reason)
    if block.good("role", "targets", "references"):
        reason = _role_reason(row)
        if reason:
            block.refuse("role", "role", reason)
    _baseline(row)


def _role_reason(row: IndicatorRow) -> str:
    role = row.fields["role"]
    if (role == "target") != bool(row.targets):
        return _("有目标数（target）的指标要列出 targets，别的指标不列。")
    if (role == "reference") != bool(row.references):
        return _("参考事实（reference）要列出 references，别的指标不列。")
    return ""


def _baseline(row: IndicatorRow) -> None:
    stated = row.baseline
    if stated is None or not row.block.good("unit", "factor", "kind"):
        return
    unit = row.fields["unit"]
    own = stated.values.get("unit")
    multiple = unit == fitting.MULTIPLE  # its baseline is a count in a unit of its own
    if own is not None and (own in (unit, fitting.PERCENT) if multiple else own != unit):
        message = _("基期的单位“%(own)s”和指标的单位“%(unit)s”对不上。") % {"own": own, "unit": unit}
        stated.refuse("unit", "baseline_unit", message)
    value = row.fields["baseline_value"]
    if value is not None and stated.good("unit") and (reason := fitting.baseline_reason(unit, value)):
        stated.refuse("value", "baseline_value", reason)


def _parts(row: IndicatorRow, pack: PackRow, known: Known) -> None:
    """Check targets and stated facts."""
    for part in row.references:
        region(part.block, known)
        if part.block.good("region") and not known.inside(part.fields["region"], pack.fields.get("region")):
            part.block.refuse("region", "wrong_place", _("地区要在政策的适用地区之内。"))
    if row.yearly and not row.targets:
        row.block.refuse("yearly", "yearly", _("没有目标的指标不按年判断。"))
    allowed = {pack.fields.get("region"), row.fields["region"]}
    for part in row.targets:
        region(part.block, known)
        if part.block.good("region") and part.fields["region"] not in allowed:
            message = _("文件规定的目标只能在政策的适用地区，或指标专指的地区。")
            part.block.refuse("region", "wrong_place", message)
        if row.block.good("direction") and part.block.good("value", "high"):
            reason = fitting.high_reason(row.fields["direction"], part.fields["value"], part.fields["high"])
            if reason:
                part.block.refuse("high", "high", reason)
    _due_dates(row)


def _due_dates(row: IndicatorRow) -> None:
    """Refuse a due date twice, dated targets beside undated ones, and a year that does not end with its last day."""
    seen: dict[Any, list[Any]] = {}
    for part in row.targets:
        if not part.block.good("due", "region"):
            continue
        if reason := fitting.places_reason([*seen, part.fields["region"]]):
            part.block.refuse("region", "two_places", reason)
            continue
        due: date | None = part.fields["due"]
        before = seen.setdefault(part.fields["region"], [])
        if due in before:
            part.block.refuse("due", "due_twice", _("这个期限已有目标。"))
        elif before and (due is None) != (before[0] is None):
            part.block.refuse("due", "due_mixed", _("同一地区的目标要么都有期限，要么都没有。"))
        elif row.yearly and due is not None and (due.month, due.day) != (12, 31):
            part.block.refuse("due", "due_of_year", _("按年判断的目标，期限要写当年 12 月 31 日。"))
        before.append(due)


def number_of(part: Row) -> tuple[Any, Any]:
    """Return value and upper bound of a target."""
    return part.fields.get("value"), part.fields["high"]
