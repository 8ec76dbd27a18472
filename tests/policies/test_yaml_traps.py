"""What YAML offers and a pack does not take, and faults of writing told to somebody who knows no YAML."""

from __future__ import annotations

from pathlib import Path
from time import monotonic

import pytest

from governance.policies.packing import load
from tests.factories.places import Tree
from tests.policies.test_loading import PACK

HEAD = PACK[: PACK.index("clauses:")]
PLAIN = "政策包不用“&”和“*”"


def told(path: Path, text: str) -> list[str]:
    path.write_text(text, encoding="utf-8")
    return [str(row).removeprefix(str(path)) for row in load([path]).findings]


def test_a_few_lines_do_not_become_a_million_rows(tree: Tree, tmp_path: Path) -> None:
    lines = [
        "clauses:",
        "- &c",
        "  quote: 'x'",
        "  indicators:",
        "  - &i",
        "    slug: a",
        "    targets:",
        "    - &t {value: 1}",
    ]
    text = HEAD + "\n".join([*lines, *["    - *t"] * 60, *["  - *i"] * 60, *["- *c"] * 60])
    begun = monotonic()
    [message] = told(tmp_path / "pack.yaml", text)
    assert PLAIN in message
    assert monotonic() - begun < 5  # it took a quarter of a minute and half a gigabyte


@pytest.mark.parametrize(
    "text",
    [
        "&a [*a]\n",
        HEAD + "clauses: &a\n- quote: 'x'\n  indicators: *a\n",
        "x: &a {slug: b}\n<<: *a\n" + PACK,
        "a: *b\n",
    ],
)
def test_nothing_stands_for_something_written_elsewhere(text: str, tree: Tree, tmp_path: Path) -> None:
    [message] = told(tmp_path / "pack.yaml", text)
    assert PLAIN in message


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a: 1\n\tb: 2\n", ":2:1:", "Tab"),
        ("a: 1\nb\nc: 2\n", ":2:1:", "这一行缺少冒号"),
        ("a: b: c\n", ":1:5:", "文字里有冒号加空格时要加引号"),
        ("a: 1\n---\nb: 2\n", ":2:1:", "一个文件只能写一份政策"),
        ("a: 1\nb: 'x\nc: 2\n", ":2:4:", "引号没有成对"),
        ("a:\n  b: 1\n c: 2\n", ":3:2:", "对不齐"),
        ("a: {b: 1\nc: 2\n", ":2:2:", "花括号里缺少逗号或右括号"),
        ("a: [1, 2\nb: 3\n", ":2:2:", "方括号里缺少逗号或右括号"),
        ('a: "\\q"\n', ":1:6:", "反斜杠要写两个"),
        ("a: @b\n", ":1:4:", "文字以这个符号开头时要加引号"),
        ("a: ]\n", ":1:4:", "这里缺少内容"),
        ("a: - b\n", ":1:4:", "列表要另起一行"),
    ],
)
def test_a_fault_of_writing_is_told_in_chinese_where_it_begins(
    text: str, place: str, words: str, db: None, tmp_path: Path
) -> None:
    [message] = told(tmp_path / "pack.yaml", text)
    assert message.startswith(place)
    assert words in message
    assert not set("abcdefghijklmnopqrstuvwxyz") & set(message.split("：", 1)[1].replace("Tab", ""))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2025-W01-1", "日期应写成 2025-12-31 的样子"),
        ("20251231", "日期应写成 2025-12-31 的样子"),
        ("2025-12-31T00:00:00", "日期应写成 2025-12-31 的样子"),
        ("0205-12-31", "日期不能早于 1949-10-01"),
    ],
)
def test_a_day_is_written_in_one_way_and_is_no_slip_of_the_pen(
    day: str, words: str, tree: Tree, tmp_path: Path
) -> None:
    [message] = told(tmp_path / "pack.yaml", PACK.replace("due: 2025-12-31", f"due: {day}"))
    assert words in message
