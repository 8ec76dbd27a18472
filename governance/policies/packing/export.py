"""Prints a stored policy as its pack: what the loader would fill in by itself is left away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from governance.policies.models import Clause, Indicator, ReferencePoint, Target
from governance.policies.packing import defaults
from governance.policies.packing.printing import line, one_line
from governance.policies.packing.schema import BASELINE, VERSION
from governance.policies.packing.stored import (
    CLAUSE_FIELDS,
    INDICATOR_FIELDS,
    POLICY_FIELDS,
    REFERENCE_FIELDS,
    TARGET_FIELDS,
    Stored,
    by_owner,
    fields_of,
    stored,
)

HEADER = """\
# 政策包：一份政策的条款、指标和目标，供人阅读和修改。核对：manage.py load_policies --dry-run 文件；载入时去掉 --dry-run。
# 条款按原文次序排列。quote 是逐字原文，原文的错漏也照录；display 是改正后的显示文本，与原文相同就不写。
# 指标的值 = factor × numerator ÷ denominator，怎样计算和判断见 docs/attainment.md。原文没有的数不写，不等于 0。
# 不写的取默认：denominator '1'（没有分母），factor 和 unit 随 kind（比例为 100 和 %），test pooled（合计判断），
# direction at_least（不低于），role 看下面有 targets（target）、references（reference）还是都没有（shown），
# responsible 同政策的责任单位，targets 和 references 的 region 同指标的 region，再同政策的 region。
# A policy pack: the clauses, indicators and targets of one policy, for people to read and change.
# Check it with manage.py load_policies --dry-run FILE, load it without --dry-run. Clauses stand in reading order;
# `quote` is verbatim, flaws included, `display` the passage mended for a page, left out where it is the same.
# value = factor * numerator / denominator; docs/attainment.md says how it is computed and judged. A number that the
# text does not give is left out, which is not zero. Left out because it follows: denominator '1' (none), factor and
# unit by kind (100 and % for ratios), test pooled, direction at_least, role by what is listed below, responsible as the
# policy's, the region of targets and references as the indicator's or else the policy's.
"""
_BEFORE_TARGETS = (
    "slug", "name", "name_en", "role", "kind", "numerator", "denominator", "factor", "unit", "test", "unit_levels",
    "verdict_levels", "show_levels", "direction",
)  # fmt: skip
_AFTER_TARGETS = (
    "counts", "counts_en", "per", "per_en", "responsible", "responsible_en", "note", "note_en", "reading", "reading_en",
    "checklist", "checklist_en",
)  # fmt: skip


def export(slug: str) -> str:
    """Return the pack of a stored policy; raises `KeyError` for a slug that no policy has."""
    whole = stored([slug])[slug]
    return "\n".join([*HEADER.splitlines(), *_policy(whole)]).rstrip("\n") + "\n"


def _policy(whole: Stored) -> Iterator[str]:
    yield f"version: {VERSION}"
    fields = fields_of(whole.policy, POLICY_FIELDS)
    for name, value in fields.items():
        if name == "region":
            yield _region(value, whole.policy.region, "")
        elif name not in defaults.POLICY or value != defaults.POLICY[name]:
            yield line(name, value, "")
    yield ""
    yield "clauses:" if whole.clauses else "clauses: []"
    parts = _Parts(whole)
    previous = 0
    for clause in whole.clauses:
        yield from parts.clause(clause, previous + 1)
        previous = clause.position


class _Parts:
    """Prints clauses with what stands on them."""

    def __init__(self, whole: Stored) -> None:
        self.root = whole.policy.region
        self.indicators: dict[int, list[Indicator]] = {}
        for indicator in whole.indicators:
            self.indicators.setdefault(indicator.clause_id, []).append(indicator)
        self.targets, self.references = by_owner(whole.targets), by_owner(whole.references)
        self.position = 0

    def clause(self, clause: Clause, position: int) -> Iterator[str]:
        fields = fields_of(clause, CLAUSE_FIELDS)
        yield line("quote", clause.quote, "- ", quoted=True)
        if fields["position"] != position:
            yield line("position", fields["position"], "  ")
        if clause.display:
            yield line("display", clause.display, "  ", quoted=True)
        own = self.indicators.get(clause.pk, [])
        if own:
            yield "  indicators:"
        for indicator in own:
            yield from self.indicator(indicator)
            yield ""

    def indicator(self, indicator: Indicator) -> Iterator[str]:
        targets, references = self.targets.get(indicator.pk, []), self.references.get(indicator.pk, [])
        fields = fields_of(indicator, INDICATOR_FIELDS)
        follows = defaults.of_indicator(fields, targets=bool(targets), references=bool(references))
        differing = {name: value for name, value in fields.items() if name not in follows or value != follows[name]}
        indent = "    "
        for name in _BEFORE_TARGETS:
            if name in differing:
                yield line(name, differing[name], "  - " if name == "slug" else indent)
        if fields["position"] != self.position + 1:
            yield line("position", fields["position"], indent)
        self.position = fields["position"]
        if indicator.region is not None:
            yield _region(indicator.region.code, indicator.region, indent)
        if "subset_of" in differing:
            yield line("subset_of", differing["subset_of"], indent)
        home = indicator.region or self.root
        yield from _numbers(targets, references, home.code, indent)
        baseline = {short: differing[name] for short, name in BASELINE.items() if name in differing}
        if baseline:
            yield f"{indent}baseline:"
            yield from (line(name, value, indent + "  ") for name, value in baseline.items())
        for name in _AFTER_TARGETS:
            if name in differing:
                yield line(name, differing[name], indent)


def _numbers(targets: list[Target], references: list[ReferencePoint], home: str, indent: str) -> Iterator[str]:
    if targets and targets[0].yearly:
        yield line("yearly", targets[0].yearly, indent)
    names = [name for name in TARGET_FIELDS if name != "yearly"]
    yield from _list("targets", _short(targets, names, home, defaults.TARGET), indent)
    yield from _list("references", _short(references, REFERENCE_FIELDS, home, defaults.REFERENCE), indent)


def _short(records: Iterable[Any], names: Iterable[str], home: str, usual: dict[str, Any]) -> Iterator[dict[str, Any]]:
    usual = {"region": home} | usual
    for record in records:
        fields = fields_of(record, names)
        yield {name: value for name, value in fields.items() if name not in usual or value != usual[name]}


def _list(name: str, rows: Iterable[dict[str, Any]], indent: str) -> Iterator[str]:
    lines = [f"{indent}- {one_line(row)}" for row in rows]
    if lines:
        yield f"{indent}{name}:"
        yield from lines


def _region(code: str, region: Any, indent: str) -> str:
    """Return the code with the name behind it: nobody knows places by their codes."""
    return f"{indent}region: '{code}'  # {region.name}"
