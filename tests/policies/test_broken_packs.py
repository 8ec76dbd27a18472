"""Faults are told with line and column, and nothing is loaded."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db.models import Model

from governance.policies.models import Clause, Indicator, Policy, ReferencePoint, Target
from governance.policies.packing import load, shipped
from tests.factories.places import Tree
from tests.policies.made import make_clause, make_indicator, make_policy

BROKEN = Path(__file__).parent / "broken.yaml"
MODELS: tuple[type[Model], ...] = (Policy, Clause, Indicator, Target, ReferencePoint)
FAULTS = [
    "1:1:missing_key", "1:10:version", "3:1:unknown_key", "5:12:bad_date", "8:11:valid_to", "9:9:wrong_type",
    "11:1:duplicate_key", "14:10:blank", "16:10:quote_twice", "20:12:slug_twice", "21:12:slug_taken",
    "22:50:unknown_kind", "23:50:unknown_role", "24:63:unknown_test", "25:78:unknown_direction",
    "26:73:unknown_level", "27:78:level_above_root", "28:90:unit_levels", "29:74:direction", "30:131:unit",
    "37:33:expression", "43:39:expression", "51:7:expression", "58:37:expression", "64:33:expression",
    "71:25:undeclared_source", "81:13:unknown_region", "83:7:high", "84:41:high", "85:41:negative", "86:13:due_twice",
    "87:7:due_mixed", "87:15:not_a_number", "96:13:due_of_year", "105:32:above_whole", "114:32:contradiction",
    "122:39:unknown_bound", "123:23:baseline_value", "130:33:baseline_unit", "138:13:unknown_yearly",
]  # fmt: skip


def faults(path: Path, *, strict: bool = True) -> list[str]:
    return [f"{row.place.line}:{row.place.column}:{row.code}" for row in load([path], strict=strict).findings]


@pytest.fixture
def taken(tree: Tree) -> None:
    make_indicator(make_clause(make_policy(tree.other_county, "elsewhere")), "taken_count")


def test_forty_faults_are_told_where_they_stand_and_nothing_is_loaded(taken: None) -> None:
    before = [model._default_manager.count() for model in MODELS]
    outcome = load([BROKEN], strict=True)
    found = [f"{row.place.line}:{row.place.column}:{row.code}" for row in outcome.findings]
    assert found == FAULTS
    assert len(found) == 40
    assert (outcome.refused, outcome.differences) == (True, [])
    assert [model._default_manager.count() for model in MODELS] == before
    for row in outcome.findings:
        assert str(row).startswith(f"{BROKEN}:{row.place.line}:{row.place.column}: ")
        assert not row.message.isascii()


def test_expressions_are_pointed_at_within(taken: None) -> None:
    lines = BROKEN.read_text(encoding="utf-8").splitlines()
    rows = [row for row in load([BROKEN]).findings if row.code in ("expression", "undeclared_source")]
    words = [lines[row.place.line - 1][row.place.column - 1 :] for row in rows]
    assert [word.rstrip(")'\",") for word in words] == [
        "incubatr", "floor_aera", "needs_surveys", "last13", "urbn", "nobody.anything",
    ]  # fmt: skip


def test_a_fault_in_one_pack_keeps_all_out(taken: None, tmp_path: Path) -> None:
    sound = tmp_path / "sound.yaml"
    sound.write_text(SOUND, encoding="utf-8")
    assert load([sound, BROKEN]).refused
    assert not Policy.objects.filter(slug="sound").exists()
    assert not load([sound]).refused
    assert Policy.objects.filter(slug="sound").exists()


SOUND = """\
version: 1
slug: sound
title: 某地意见
title_en: An opinion
issued_on: 2022-06-24
region: '430211000000'
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
    targets:
    - {due: 2025-12-31, value: 200}
"""
LAST = "    - {due: 2025-12-31, value: 200}\n"
SECOND = """\
  - slug: second
    name: 第二
    name_en: Second
    kind: count
    numerator: stock(estates.all)
    unit: 个
"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("    unit: 个\n", "    unit: 个\n    factor: 100\n", ["17:13:factor"]),
        ("    unit: 个\n", "", ["11:5:unit"]),
        ("stock(facilities.any)", "components(needs_survey, self)", ["15:27:expression"]),
        ("stock(facilities.any)", "'  '", ["15:16:blank"]),
        ("stock(facilities.any)", "1", ["15:16:expression"]),
        ("stock(facilities.any)", "stock(facilities.any", ["15:36:expression"]),
        ("    unit: 个\n", "    unit: 个\n    role: shown\n", ["17:11:role"]),
        ("    unit: 个\n", "    unit: 个\n    references: [{value: 1}]\n", ["11:5:role", "17:18:missing_key"]),
        ("    unit: 个\n", "    unit: 个\n    yearly: listed\n    direction:\n", ["18:5:direction"]),
        ("    unit: 个\n", "    unit: 个\n    region: '430212000000'\n", ["17:13:wrong_place"]),
        ("    unit: 个\n", "    unit: 个\n    subset_of: first\n", ["17:16:subset_of_itself"]),
        ("    unit: 个\n", "    unit: 个\n    subset_of: frist\n", ["17:16:unknown_subset"]),
        (LAST, LAST + SECOND + "    subset_of: second\n", ["25:16:subset_of_itself"]),
        (LAST, LAST + SECOND + "    yearly: every_year\n", ["25:13:yearly"]),
        (LAST, LAST + SECOND + "    position: 0\n", ["25:15:wrong_type"]),
        (LAST, LAST + SECOND + f"    position: {2**31}\n", ["25:15:wrong_type"]),
        (LAST, LAST.replace("}", ", high: 300}"), ["18:43:high"]),
        (LAST, LAST.replace("}", ", region: '430211002000'}"), ["18:45:wrong_place"]),
        (LAST, LAST.replace("200", "'200'"), ["18:32:not_a_number"]),
        (LAST, LAST.replace("200", "1.23456"), ["18:32:too_many_digits"]),
        (LAST, LAST.replace("200", "1e400"), ["18:32:too_many_digits"]),
        (LAST, LAST.replace("200", ""), ["18:25:blank"]),
        ("    targets:\n" + LAST, "    targets: 200\n", ["17:14:wrong_type"]),
        ("    targets:\n" + LAST, "    targets: [200]\n", ["17:15:wrong_type"]),
        ("[]", "", []),
        ("unit: 个", "unit_levels: [county, county]\n    unit: 个", ["16:27:listed_twice"]),
        ("slug: first", "slug: fi rst", ["11:11:wrong_type"]),
        ("title: 某地意见", f"title: {'长' * 201}", ["3:8:too_long"]),
        ("title: 某地意见", 'title: "某\\u202e"', ["3:8:control_character"]),
        ("title: 某地意见", "title: [某地]", ["3:8:wrong_type"]),
        ("'430211000000'", "430211000001", ["6:9:unknown_region"]),
        ("- quote", "- position: 2\n  quote: x\n- position: 2\n  quote", ["11:13:position_twice"]),
        ("- quote", "- 1\n- quote", ["9:3:wrong_type"]),
        ("slug: sound\n", "slug: sound\n? [a]\n: b\n", ["3:3:unknown_key"]),
        (SOUND, "", ["1:1:empty"]),
        (SOUND, "- 1\n", ["1:1:wrong_type"]),
        (SOUND, SOUND + "---\nversion: 1\n", ["19:1:syntax"]),
        ("'社区", "'社区'", ["9:14:syntax"]),
        ("slug", "\tslug", ["2:1:syntax"]),
        ("某地", "某\x07地", ["3:9:syntax"]),
        (SOUND, "[" * 3000, ["1:1:syntax"]),
    ],
)  # fmt: skip
def test_one_fault_is_one_finding(old: str, new: str, expected: list[str], tree: Tree, tmp_path: Path) -> None:
    path = tmp_path / "pack.yaml"
    path.write_text(SOUND.replace(old, new, 1), encoding="utf-8")
    assert faults(path) == expected
    assert Policy.objects.exists() == (not expected)


def test_a_multiple_has_a_count_as_its_baseline(tree: Tree, tmp_path: Path) -> None:
    path = tmp_path / "pack.yaml"
    multiple = (
        SOUND.replace("kind: count", "kind: growth_vs_baseline")
        .replace("unit: 个", "unit: 倍\n    denominator: at_baseline(stock(facilities.any), 2020-12-31)")
        .replace("value: 200", "value: 2")
    )
    for baseline, expected in (
        ("{value: 12.5}", ["20:23:baseline_value"]),
        ("{value: 12, unit: 倍}", ["20:33:baseline_unit"]),
        ("{value: 12, unit: 家}", []),
    ):
        path.write_text(f"{multiple}    baseline: {baseline}\n", encoding="utf-8")
        assert faults(path) == expected


def test_a_file_that_is_not_utf8(tree: Tree, tmp_path: Path) -> None:
    path = tmp_path / "pack.yaml"
    path.write_bytes(SOUND.encode("gbk"))
    assert "3:1:encoding" in faults(path)
    assert not Policy.objects.exists()


def test_a_mark_of_the_byte_order_does_no_harm(tree: Tree, tmp_path: Path) -> None:
    path = tmp_path / "pack.yaml"
    path.write_text(SOUND, encoding="utf-8-sig")
    assert faults(path) == []


def test_a_policy_in_two_files(tree: Tree, tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(SOUND, encoding="utf-8")
    outcome = load([tmp_path / "a.yaml", tmp_path / "b.yaml"])
    assert {(Path(row.file).name, row.code) for row in outcome.findings} == {
        ("b.yaml", "policy_twice"), ("b.yaml", "slug_twice"),
    }  # fmt: skip


def test_the_shipped_packs_are_found() -> None:
    assert [path.stem for path in shipped()] == [
        "anhui-2018", "chongqing-2022", "kunming-2021", "tianyuan-2021", "xiamen-2013",
    ]  # fmt: skip
