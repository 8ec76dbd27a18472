"""The two commands, as somebody at a terminal meets them."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from governance.policies.models import Policy
from governance.policies.packing import shipped
from tests.factories.places import Tree
from tests.policies.made import make_policy, make_roots
from tests.policies.test_loading import PACK


def run(name: str, *args: Any, **options: Any) -> str:
    out = StringIO()
    call_command(name, *args, stdout=out, no_color=True, **options)
    return out.getvalue()


@pytest.fixture
def pack(tree: Tree, tmp_path: Path) -> Path:
    path = tmp_path / "pack.yaml"
    path.write_text(PACK, encoding="utf-8")
    return path


def test_a_pack_is_loaded_once(pack: Path) -> None:
    assert run("load_policies", pack) == "street-policy：新增政策，3 条、3 项指标、2 个目标、1 条参考事实\n"
    assert run("load_policies", pack) == "street-policy：没有变化\n"


def test_changes_are_told_line_by_line(pack: Path) -> None:
    run("load_policies", pack)
    changed = PACK.replace("value: 200", "value: 300").replace("title_en: An opinion", "title_en: Another")
    pack.write_text(changed[: changed.index("    references")], encoding="utf-8")
    assert run("load_policies", pack).splitlines() == [
        "street-policy：有变化",
        "  变更 政策 street-policy 英文标题：An opinion → Another",
        "  变更 指标 third 性质：reference → shown",
        "  变更 指标 third 方向：（空） → at_least",
        "  变更 目标 first 430211000000 2025-12-31 目标数：200 → 300",
        "  删除 参考事实 third 430211000000 37个",
    ]


def test_a_dry_run_says_so(pack: Path) -> None:
    out = run("load_policies", pack, "--dry-run").splitlines()
    assert out == [
        "street-policy：新增政策，3 条、3 项指标、2 个目标、1 条参考事实",
        "只是试算，什么都没有写入。",
    ]
    assert not Policy.objects.exists()


def test_faults_end_with_one(pack: Path) -> None:
    pack.write_text(PACK.replace("kind: count", "kind: cuont", 1), encoding="utf-8")
    out = StringIO()
    with pytest.raises(CommandError, match="有 1 处错误，什么都没有载入。") as refused:
        call_command("load_policies", pack, stdout=out, no_color=True)
    assert refused.value.returncode == 1
    assert out.getvalue() == f"{pack}:15:11: 没有类型“cuont”。可用的有：count。\n"


def test_a_source_that_nobody_declares_is_refused_unless_told_otherwise(pack: Path) -> None:
    pack.write_text(PACK.replace("stock(facilities.any)", "stock(nobody.anything)"), encoding="utf-8")
    warning = "16:22: 警告：还没有模块提供台账“nobody”，在此之前这个指标没有数据。"
    assert run("load_policies", pack, "--no-strict").splitlines()[0] == f"{pack}:{warning}"
    Policy.objects.filter(slug="street-policy").update(title="没有载入过")
    with pytest.raises(CommandError) as refused:
        run("load_policies", pack)
    assert refused.value.returncode == 1
    assert Policy.objects.get().title == "没有载入过"


def test_a_file_that_is_not_there_ends_with_two(tree: Tree, tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.yaml", tmp_path):
        with pytest.raises(CommandError) as refused:
            run("load_policies", path)
        assert refused.value.returncode == 2


def test_without_a_path_the_portals_own_packs_are_loaded(db: None) -> None:
    make_roots()
    out = run("load_policies").splitlines()
    new = [line for line in out if "新增政策" in line]
    assert [line.split("：")[0] for line in new] == [path.stem for path in shipped()]
    assert all(": 警告：" in line for line in out if line not in new)


def test_a_policy_is_printed_and_loaded_again(pack: Path, tmp_path: Path) -> None:
    run("load_policies", pack)
    printed = run("export_policy", "street-policy")
    assert printed.startswith("# 政策包")
    assert printed.endswith(PACK)
    output = tmp_path / "again.yaml"
    assert run("export_policy", "street-policy", output=output) == ""
    assert output.read_text(encoding="utf-8") == printed
    assert run("load_policies", output) == "street-policy：没有变化\n"


def test_an_unknown_policy_ends_with_two_and_the_nearest(tree: Tree) -> None:
    with pytest.raises(CommandError, match="还没有载入任何政策") as refused:
        run("export_policy", "chongqing")
    assert refused.value.returncode == 2
    make_policy(tree.county, "chongqing-2022")
    make_policy(tree.county, "anhui-2018")
    with pytest.raises(CommandError, match=r"没有标识为 chongqing_2022 的政策。最接近的：chongqing-2022$") as refused:
        run("export_policy", "chongqing_2022")
    assert refused.value.returncode == 2


def test_an_output_that_cannot_be_written_ends_with_two(tree: Tree, tmp_path: Path) -> None:
    make_policy(tree.county, "chongqing-2022")
    with pytest.raises(CommandError) as refused:
        run("export_policy", "chongqing-2022", output=tmp_path)
    assert refused.value.returncode == 2
