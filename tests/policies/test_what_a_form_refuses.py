"""Rules that are told at their field before the database has to refuse."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from governance.accounts.models import User
from governance.kit import records
from governance.kit.errors import DomainError
from governance.policies.models import Clause, Indicator, Policy, ReferencePoint, Target
from tests.factories.places import Tree
from tests.policies.made import make_clause, make_indicator, make_policy, make_reference, make_target


@pytest.fixture
def indicator(tree: Tree) -> Indicator:
    return make_indicator(make_clause(make_policy(tree.county)))


def refusals(record: Any, **changes: Any) -> dict[str, list[str]]:
    for name, value in changes.items():
        setattr(record, name, value)
    with pytest.raises(ValidationError) as refused:
        record.full_clean()
    return dict(refused.value.message_dict)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"numerator": "units(comunity)"}, "numerator", "第 7 个字符：没有级别“comunity”。"),
        ({"numerator": "1"}, "numerator", "分子要数些什么"),
        ({"denominator": "units("}, "denominator", "第 7 个字符：这里应是级别，算式却已结束。"),
        ({"denominator": "stock(estates.nothing)"}, "denominator", "第 15 个字符：没有口径“nothing”。"),
        ({"factor": Decimal(100)}, "factor", "这类指标的系数是 1。"),
        ({"factor": Decimal(-1)}, "factor", "系数必须大于 0。"),
        ({"unit": "%"}, "unit", "只有系数为 100 的比例"),
        ({"kind": "coverage", "factor": Decimal(100)}, "unit", "单位是“%”"),
        ({"kind": "per_10k", "factor": Decimal(10000)}, "unit", "/万人"),
        ({"kind": "growth_vs_baseline"}, "unit", "倍"),
        ({"unit": "倍"}, "unit", "倍"),
        ({"kind": "average_per_unit"}, "unit", "个/社区"),
        ({"kind": "yearly_flow_per_unit"}, "unit", "年"),
        ({"direction": ""}, "direction", "要写明方向"),
        ({"role": "reference"}, "direction", "参考事实没有方向"),
        ({"test": "each_unit"}, "unit_levels", "有且只有一个单位级别"),
        ({"verdict_levels": ["county", "province"]}, "verdict_levels", "省级"),
        ({"baseline_value": Decimal(-1)}, "baseline_value", "不能小于 0"),
        ({"slug": "no blanks"}, "slug", ""),
        ({"note": "看\u202e不见"}, "note", "U+202E"),
    ],
)
def test_an_indicator(changes: dict[str, Any], field: str, words: str, indicator: Indicator) -> None:
    assert words in " ".join(refusals(indicator, **changes)[field])


def test_an_indicator_stays_inside_its_policy(indicator: Indicator, tree: Tree) -> None:
    other = make_indicator(make_clause(make_policy(tree.other_county, "another")), "another_count")
    refused = refusals(indicator, clause=other.clause, subset_of=other, region=tree.other_county)
    assert set(refused) == {"clause", "subset_of", "region"}
    indicator.refresh_from_db()
    assert set(refusals(indicator, subset_of=indicator)) >= {"subset_of"}


def test_an_indicator_keeps_what_its_targets_need(indicator: Indicator, tree: Tree) -> None:
    Indicator.objects.update(region=tree.community)
    indicator.refresh_from_db()
    make_target(indicator, tree.community)
    assert "上限" in refusals(indicator, direction="range")["direction"][0]
    assert "参考事实没有目标" in refusals(indicator, role="reference", direction="")["role"][0]
    assert "专指地区" in refusals(indicator, role="target", direction="at_least", region=None)["region"][0]


def test_a_policy(indicator: Indicator, tree: Tree) -> None:
    policy = indicator.policy
    assert set(refusals(policy, valid_to=date(2022, 6, 23))) == {"valid_to"}
    policy.refresh_from_db()
    assert set(refusals(policy, region=tree.prefecture)) == {"region"}
    empty = make_policy(tree.county, "empty")
    empty.region = tree.prefecture
    empty.full_clean()


def test_a_clause(indicator: Indicator, tree: Tree) -> None:
    clause = indicator.clause
    assert set(refusals(clause, quote=" \n")) == {"quote"}
    clause.refresh_from_db()
    assert set(refusals(clause, policy=make_policy(tree.county, "another"))) == {"policy"}
    again = Clause(policy=indicator.policy, position=1, quote=indicator.clause.quote)
    clause.refresh_from_db()
    messages = " ".join(refusals(again, quote=clause.quote)["__all__"])
    assert "已有这段原文" in messages
    assert "已有这个次序" in messages
    assert (clause.shown, Clause(quote="甲", display="乙").shown) == (clause.quote, "乙")


@pytest.mark.parametrize(
    ("place", "origin", "changes", "field"),
    [
        ("street", "text", {}, "region"),
        ("county", "allocated", {}, "region"),
        ("other_county", "allocated", {}, "region"),
        ("county", "text", {"high": Decimal(300)}, "high"),
        ("county", "text", {"due": None}, "due"),
        ("county", "text", {"yearly": "listed", "due": date(2024, 12, 31)}, "yearly"),
        ("county", "text", {"value": Decimal(-1), "due": date(2024, 12, 31)}, "__all__"),
        ("county", "text", {"due": date(2025, 12, 31)}, "__all__"),
    ],
)
def test_a_target(
    place: str, origin: str, changes: dict[str, Any], field: str, indicator: Indicator, tree: Tree
) -> None:
    make_target(indicator, tree.county)
    fields = {"due": date(2023, 12, 31), "value": Decimal(1)} | changes
    target = Target(indicator=indicator, region=getattr(tree, place), origin=origin, **fields)
    assert set(refusals(target)) == {field}


def test_a_target_of_a_stated_fact_and_a_range_without_its_end(indicator: Indicator, tree: Tree) -> None:
    Indicator.objects.update(direction="range")
    indicator.refresh_from_db()
    assert set(refusals(Target(indicator=indicator, region=tree.county, value=Decimal(1)))) == {"high"}
    Indicator.objects.update(direction="", role="reference")
    indicator.refresh_from_db()
    assert set(refusals(Target(indicator=indicator, region=tree.county, value=Decimal(1)))) == {"indicator"}
    assert "indicator" in refusals(Target(region=tree.county, value=Decimal(1)))


def test_a_stated_fact_elsewhere(indicator: Indicator, tree: Tree) -> None:
    Indicator.objects.update(direction="", role="reference")
    indicator.refresh_from_db()
    assert set(refusals(ReferencePoint(indicator=indicator, region=tree.other_county, text="37个"))) == {"region"}
    make_reference(indicator, tree.community).full_clean()


def test_what_indicators_stand_on_is_not_removed(indicator: Indicator, bureau_admin: User) -> None:
    for record in (indicator.clause, indicator.policy):
        with pytest.raises(DomainError, match="还有 1 条记录用到它"):
            records.remove(record, by=bureau_admin)
    records.remove(indicator, by=bureau_admin)
    records.remove(indicator.clause, by=bureau_admin)
    records.remove(indicator.policy, by=bureau_admin)
    assert not Policy.objects.exists()
