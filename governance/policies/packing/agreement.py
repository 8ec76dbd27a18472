"""What the parts of a pack, and several packs, must not say against each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from governance.kit.measures.vocabulary import unknown
from governance.policies import fitting
from governance.policies.packing.checks import Known, check, number_of, region
from governance.policies.packing.rows import IndicatorRow, PackRow, Row
from governance.policies.packing.schema import VERSION


def check_all(packs: Sequence[PackRow], known: Known) -> None:
    """Tell everything that is wrong with the packs."""
    files: dict[str, str] = {}
    slugs: dict[str, str] = {}
    for pack in packs:
        _policy(pack, known)
        if pack.slug in files:
            values = {"slug": pack.slug, "file": files[pack.slug]}
            pack.block.refuse("slug", "policy_twice", _("政策 %(slug)s 已在 %(file)s 里。") % values)
        elif pack.slug:
            files[pack.slug] = pack.file
        _clauses(pack)
        for row in pack.indicators():
            if row.slug in slugs:
                values = {"slug": row.slug, "policy": slugs[row.slug]}
                message = _("标识“%(slug)s”在政策 %(policy)s 里已经用过。") % values
                row.block.refuse("slug", "slug_twice", message)
            elif row.slug:
                slugs[row.slug] = pack.slug
            check(row, pack, known)
        _subsets(pack)
        _contradictions(pack, known)


def _policy(pack: PackRow, known: Known) -> None:
    block, fields = pack.block, pack.fields
    version = block.values.get("version", VERSION)
    if version != VERSION:
        values = {"given": version, "known": VERSION}
        block.refuse("version", "version", _("不认识版本 %(given)s，现在的版本是 %(known)s。") % values)
    if reason := fitting.slug_reason(pack.slug):
        block.refuse("slug", "slug_taken", reason)
    region(block, known)
    last = fields["valid_to"]
    if last is not None and block.good("valid_from", "valid_to") and last < fields["valid_from"]:
        block.refuse("valid_to", "valid_to", _("有效期不能在起效日期之前结束。"))


def _clauses(pack: PackRow) -> None:
    quotes: set[str] = set()
    positions: set[int] = set()
    for clause in pack.clauses:
        quote = clause.fields.get("quote")
        if quote is not None and quote in quotes:
            message = _("这段原文已经引过；同一段原文的指标写在一起。")
            clause.block.refuse("quote", "quote_twice", message)
        quotes.add(quote or "")
        if clause.fields["position"] in positions:
            clause.block.refuse("position", "position_twice", _("这个次序已经用过。"))
        positions.add(clause.fields["position"])


def _subsets(pack: PackRow) -> None:
    """A part names a whole of the same policy, and does not ask for more than it."""
    rows: dict[str, IndicatorRow] = {}
    for row in pack.indicators():
        rows.setdefault(row.slug, row)  # one that is named twice is told elsewhere
    for row in rows.values():
        name = row.fields["subset_of"]
        if name is None:
            continue
        if name == row.slug:
            row.block.refuse("subset_of", "subset_of_itself", _("指标不能属于它自己。"))
        elif name not in rows:
            row.block.refuse("subset_of", "unknown_subset", unknown(_("指标"), name, rows))
        elif _in_circle(row, rows):
            row.block.refuse("subset_of", "subset_of_itself", _("所属关系绕成了圈。"))
        elif row.fields.get("unit") == rows[name].fields.get("unit"):
            _not_above(row, rows[name])


def _in_circle(row: IndicatorRow, rows: dict[str, IndicatorRow]) -> bool:
    seen: set[str] = set()
    at: IndicatorRow | None = row
    while at is not None and at.slug not in seen:
        seen.add(at.slug)
        at = rows.get(at.fields["subset_of"] or "")
    return at is row


def _not_above(part: IndicatorRow, whole: IndicatorRow) -> None:
    for target in part.targets:
        other = _in_force(whole, target)
        if other is None or not (target.block.good("value", "due") and other.block.good("value")):
            continue
        if target.fields["value"] > other.fields["value"]:
            values = {"whole": whole.slug, "value": f"{other.fields['value']:f}"}
            message = _("目标比它所属的 %(whole)s（%(value)s）还高。") % values
            target.block.refuse("value", "above_whole", message)


def _in_force(whole: IndicatorRow, target: Row) -> Row | None:
    """Return the whole's target that holds when the part's is due: the first due then or later, else the last."""
    due = target.fields["due"]
    dated = sorted((row for row in whole.targets if row.fields["due"]), key=lambda row: row.fields["due"])
    undated = [row for row in whole.targets if not row.fields["due"]]
    if due is None or not dated:
        return next(iter(undated or dated[-1:]), None)
    return next((row for row in dated if row.fields["due"] >= due), dated[-1])


def _contradictions(pack: PackRow, known: Known) -> None:
    """Two indicators that compute the same, for the same levels and the same day, cannot ask for different numbers."""
    asked: dict[Any, list[tuple[IndicatorRow, Row]]] = {}
    for row in pack.indicators():
        parsed = known.expressions.get(id(row), {})
        names = ("factor", "test", "unit_levels", "verdict_levels")
        if len(parsed) != 2 or not row.block.good(*names, "direction"):
            continue
        same = (parsed["numerator"], parsed["denominator"], *(str(row.fields[name]) for name in names[:3]))
        for target in row.targets:
            if not target.block.good("due", "value", "high", "region"):
                continue
            key = (*same, row.fields["direction"], target.fields["region"], target.fields["due"])
            for other, earlier in asked.setdefault(key, []):
                common = set(row.fields["verdict_levels"]) & set(other.fields["verdict_levels"])
                if other is not row and common and number_of(target) != number_of(earlier):
                    message = _("和指标 %(other)s 算的是同一个数、同一期限，目标却不同。") % {"other": other.slug}
                    target.block.refuse("value", "contradiction", message)
                    break
            asked[key].append((row, target))
