"""A pack that changed, what it does to the stored policy, and what it must not touch."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from governance.audit.models import AuditEvent
from governance.policies.models import Clause, Indicator, Policy, ReferencePoint, Target
from governance.policies.packing import Outcome, export, load
from tests.factories.places import Tree
from tests.policies.made import make_target

PACK = """\
version: 1
slug: street-policy
title: 某地意见
title_en: An opinion
issued_on: 2022-06-24
region: '430211000000'  # 天元区
valid_from: 2022-06-24

clauses:
- quote: '社区基金不少于200个'
  indicators:
  - slug: first
    name: 设施
    name_en: Facilities
    kind: count
    numerator: stock(facilities.any)
    unit: 个
    verdict_levels: [county]
    targets:
    - {due: 2023-12-31, value: 100}
    - {due: 2025-12-31, value: 200}

- quote: '其中孵化基地'
  display: '其中孵化基地若干'
  indicators:
  - slug: second
    name: 孵化基地
    name_en: Incubators
    kind: count
    numerator: stock(facilities.incubator)
    unit: 个
    subset_of: first

- quote: '已有37个'
  indicators:
  - slug: third
    name: 已有
    name_en: Stated
    kind: count
    numerator: units(community)
    unit: 个
    references:
    - {value: 37, text: '37个'}
"""


@pytest.fixture
def loading(tree: Tree, tmp_path: Path) -> Any:
    """Return a function that loads the pack after some replacements."""
    path = tmp_path / "pack.yaml"

    def run(*replaced: tuple[str, str], **options: Any) -> Outcome:
        text = PACK
        for old, new in replaced:
            assert old in text
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
        return load([path], **options)

    assert not run().refused
    return run


def lines(outcome: Outcome) -> list[tuple[str, str, str]]:
    return [line for difference in outcome.differences for change in difference.changes() for line in change.lines()]


def everything() -> list[Any]:
    models: tuple[type[Model], ...] = (Policy, Clause, Indicator, Target, ReferencePoint)
    return [list(model._default_manager.order_by("pk").values()) for model in models]


def test_what_is_stored_is_printed_as_it_was_written(loading: Any) -> None:
    printed = export("street-policy")
    assert printed[printed.index("version:") :] == PACK


def test_fields_are_told_before_and_after(loading: Any) -> None:
    outcome = loading(
        ("title: 某地意见", "title: 某地实施意见"),
        ("value: 200", "value: 250.5"),
        ("verdict_levels: [county]", "verdict_levels: [county, township]"),
        ("'37个'", "'37 个'"),
    )
    assert lines(outcome) == [
        ("政策 street-policy 标题", "某地意见", "某地实施意见"),
        ("指标 first 判断级别", "county", "county、township"),
        ("目标 first 430211000000 2025-12-31 目标数", "200", "250.5"),
        ("参考事实 third 430211000000 37 个", "", "有"),
        ("参考事实 third 430211000000 37个", "有", ""),
    ]
    assert Target.objects.get(due=date(2025, 12, 31)).value == Decimal("250.5")
    assert Indicator.objects.get(slug="first").verdict_levels == ["county", "township"]
    assert ReferencePoint.objects.get().text == "37 个"
    trail = AuditEvent.objects.first()
    assert trail is not None
    assert (trail.actor, trail.action, trail.record_name) == (None, "policies.policy.load", "某地实施意见")
    assert trail.region_path == Policy.objects.get().region.path
    assert trail.before["指标 first 判断级别"] == "county"
    assert trail.after["指标 first 判断级别"] == "county、township"


def test_a_mended_quote_stays_the_same_clause(loading: Any) -> None:
    clause = Clause.objects.get(position=2)
    outcome = loading(("quote: '其中孵化基地'", "quote: '其中：孵化基地'"))
    assert lines(outcome) == [("条款 “其中：孵化基地” 原文", "其中孵化基地", "其中：孵化基地")]
    clause.refresh_from_db()
    assert clause.quote == "其中：孵化基地"


def test_clauses_and_indicators_change_places(loading: Any) -> None:
    head, _mark, rest = PACK.partition("- quote: '社区")
    first, _mark, others = rest.partition("- quote: '其中")
    moved = f"{head}- quote: '其中{others}\n- quote: '社区{first}".rstrip() + "\n"
    assert not loading((PACK, moved)).refused
    assert list(Indicator.objects.values_list("slug", "position")) == [("second", 1), ("third", 2), ("first", 3)]
    assert list(Clause.objects.values_list("position", flat=True)) == [1, 2, 3]
    assert lines(loading((PACK, moved))) == []


def test_an_indicator_moves_to_another_clause_and_its_old_one_goes(loading: Any) -> None:
    outcome = loading(("- quote: '其中孵化基地'\n  display: '其中孵化基地若干'\n  indicators:\n", ""))
    assert ("条款 “其中孵化基地”", "有", "") in lines(outcome)
    assert ("指标 second 条款", "其中孵化基地", "社区基金不少于200个") in lines(outcome)
    assert Indicator.objects.get(slug="second").clause == Clause.objects.get(position=1)
    assert Clause.objects.count() == 2


def test_what_the_pack_no_longer_has_is_removed(loading: Any) -> None:
    start = PACK.index("- quote: '其中")
    outcome = loading((PACK[start:], ""), ("    - {due: 2023-12-31, value: 100}\n", ""))
    assert lines(outcome) == [
        ("条款 “其中孵化基地”", "有", ""),
        ("条款 “已有37个”", "有", ""),
        ("指标 second", "有", ""),
        ("指标 third", "有", ""),
        ("目标 first 430211000000 2023-12-31", "有", ""),
    ]
    assert list(Indicator.objects.values_list("slug", flat=True)) == ["first"]
    assert (Clause.objects.count(), Target.objects.count(), ReferencePoint.objects.count()) == (1, 1, 0)


def test_a_whole_and_its_part_go_together(loading: Any) -> None:
    start, end = PACK.index("- quote: '社区"), PACK.index("- quote: '已有")
    assert not loading((PACK[start:end], "")).refused
    assert list(Indicator.objects.values_list("slug", flat=True)) == ["third"]


def test_a_dry_run_tells_the_same_and_writes_nothing(loading: Any) -> None:
    before, trail = everything(), AuditEvent.objects.count()
    changes = (("title: 某地意见", "title: 另一份意见"), ("    - {due: 2023-12-31, value: 100}\n", ""))
    dry = lines(loading(*changes, dry_run=True))
    assert len(dry) == 2
    assert everything() == before
    assert AuditEvent.objects.count() == trail
    assert lines(loading(*changes)) == dry
    assert everything() != before


def test_a_dry_run_of_a_new_policy_writes_nothing(tree: Tree, tmp_path: Path) -> None:
    path = tmp_path / "pack.yaml"
    path.write_text(PACK, encoding="utf-8")
    outcome = load([path], dry_run=True)
    assert outcome.differences[0].counts() == {"clauses": 3, "indicators": 3, "targets": 2, "references": 1}
    assert everything() == [[], [], [], [], []]


def test_allocated_targets_are_left_alone(loading: Any, tree: Tree) -> None:
    first = Indicator.objects.get(slug="first")
    given = make_target(first, tree.street, "allocated", value=Decimal(80))
    loading(("value: 200", "value: 300"), ("    - {due: 2023-12-31, value: 100}\n", ""))
    again = Target.objects.get(pk=given.pk)
    assert (again.value, again.changed_at) == (given.value, given.changed_at)
    assert lines(loading()) != []
    printed = export("street-policy")
    assert printed[printed.index("version:") :] == PACK


def test_an_indicator_with_allocated_targets_is_not_removed(loading: Any, tree: Tree) -> None:
    make_target(Indicator.objects.get(slug="third"), tree.street, "allocated")
    before = everything()
    outcome = loading((PACK[PACK.index("- quote: '已有") :], ""), ("title: 某地意见", "title: 另一份意见"))
    assert [(row.place.line, row.code) for row in outcome.findings] == [(10, "allocated_targets")]
    assert "third" in outcome.findings[0].message
    assert "1" in outcome.findings[0].message
    assert everything() == before


def test_the_root_changes_with_the_targets_of_the_text_but_not_with_allocated_ones(loading: Any, tree: Tree) -> None:
    other = ("'430211000000'", "'430212000000'")
    make_target(Indicator.objects.get(slug="third"), tree.street, "allocated")
    outcome = loading(other)
    assert [(row.place, row.code) for row in outcome.findings] == [((6, 9), "allocated_targets")]
    Target.objects.filter(origin="allocated").delete()
    assert not loading(other).refused
    assert set(Target.objects.values_list("region__code", flat=True)) == {"430212000000"}
    assert ReferencePoint.objects.get().region == tree.other_county


def test_a_policy_that_is_not_named_stays(loading: Any, tree: Tree, tmp_path: Path) -> None:
    path = tmp_path / "other.yaml"
    text = PACK.replace("street-policy", "another")
    for slug in ("first", "second", "third"):
        text = text.replace(f"slug: {slug}", f"slug: other_{slug}").replace(f"of: {slug}", f"of: other_{slug}")
    path.write_text(text, encoding="utf-8")
    assert not load([path]).refused
    assert Policy.objects.count() == 2
    assert Indicator.objects.count() == 6


def test_numbers_are_kept_as_they_are_written(loading: Any) -> None:
    loading(
        ("value: 200", "value: 0.1"), ("unit: 个\n    verdict", "unit: 个\n    baseline: {value: 12.3456}\n    verdict")
    )
    first = Indicator.objects.get(slug="first")
    assert (str(first.baseline_value), first.factor) == ("12.3456", Decimal(1))
    assert Target.objects.get(due=date(2025, 12, 31)).value == Decimal("0.1")
    assert (
        lines(
            loading(
                ("value: 200", "value: 0.10"),
                ("unit: 个\n    verdict", "unit: 个\n    baseline: {value: 12.3456}\n    verdict"),
            )
        )
        == []
    )


def test_each_sort_of_change_costs_one_statement(loading: Any) -> None:
    many = "".join(f"    - {{due: 20{year}-12-31, value: {year}}}\n" for year in range(26, 96))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        loading(("    - {due: 2025-12-31, value: 200}\n", many))
    statements = ("INSERT INTO ", "UPDATE ", "DELETE FROM ")
    written = [each["sql"] for each in queries for said in statements if f'{said}"policies_target"' in each["sql"]]
    assert len(written) == 2  # one removes, one adds
