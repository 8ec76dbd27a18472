"""Punctuation of Chinese texts."""

from __future__ import annotations

import pytest

from governance.kit.texts import full_width


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("村(社区)覆盖率达到70%,于2023年末达到100%", "村（社区）覆盖率达到70%，于2023年末达到100%"),
        ("株洲天元:培育;推进", "株洲天元：培育；推进"),
        ("总量达到80,000人,不含0.5", "总量达到80,000人，不含0.5"),
        ("每天8:30开放", "每天8:30开放"),
        ("Only English (no change), here: none", "Only English (no change), here: none"),
        ("", ""),
    ],
)
def test_chinese_texts_get_full_width_punctuation(text: str, expected: str) -> None:
    assert full_width(text) == expected
    assert full_width(expected) == expected
