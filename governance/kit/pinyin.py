"""Pinyin initials of place names and persons, for search by typing: 重庆市 → cqs, 厦门市 → xms.

Most characters have one initial and take one table look-up. Where the neighbours decide (重庆 chóng, 重要 zhòng), the
phrases of pypinyin whose initials differ from the single characters' are tried, the longest first. What pypinyin reads
otherwise than people who live there (朝阳, 洪洞, 曾家) stands below.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module

# Readings that characters have in names of places, where the dictionary's first reading is another one.
_SINGLE = {"长": "c", "朝": "c", "曾": "z", "覃": "q", "漯": "l"}
_PHRASES = {
    "单县": "sx", "单家": "sj", "浚县": "xx", "洪洞": "ht", "涡阳": "gy", "繁峙": "fs", "南乐": "nl", "民乐": "ml",
    "荥经": "yj", "筠连": "jl", "伽师": "js", "仇家": "qj", "查家": "zj", "解家": "xj", "解州": "hz", "卜家": "bj",
    "长子县": "zzx", "乐清": "yq", "蔚县": "yx", "尉犁": "yl", "莎车": "sc", "阿房": "ep", "番禺": "py", "万俟": "mq",
}  # fmt: skip


def initials(name: str) -> str:
    """Return the lower-case initials of `name`, never longer than it: one letter for each Chinese character, other
    letters and digits kept."""
    single, phrases, openings = _tables()
    letters = name.translate(single)
    if len(letters) != len(name) or not any(name[at : at + 2] in openings for at in range(len(name) - 1)):
        return _plain(letters)[: len(name)]
    return _plain("".join(_read(name, letters, phrases)))[: len(name)]


def _read(name: str, letters: str, phrases: Mapping[str, str]) -> Iterator[str]:
    """Yield the letters of `name`, those of the longest phrase that starts at a place before those of its characters."""
    at = 0
    while at < len(name):
        length = next((size for size in range(min(len(name) - at, 6), 1, -1) if name[at : at + size] in phrases), 1)
        yield letters[at] if length == 1 else phrases[name[at : at + length]]
        at += length


def _plain(letters: str) -> str:
    """Return only ASCII letters and digits, lower case; full-width ones count as their narrow forms."""
    if letters.isascii() and letters.isalnum():
        return letters.lower()
    narrow = unicodedata.normalize("NFKC", letters).lower()
    return "".join(letter for letter in narrow if letter.isascii() and letter.isalnum())


class _Letters(dict[int, str]):
    """The initial of a code point, looked up once; characters without a reading stand for themselves."""

    def __init__(self, readings: Mapping[int, str]) -> None:
        super().__init__({ord(character): letter for character, letter in _SINGLE.items()})
        self.readings = readings

    def __missing__(self, point: int) -> str:
        reading = self.readings.get(point)
        letter = unicodedata.normalize("NFD", reading)[0] if reading and point > 127 else chr(point)
        self[point] = letter
        return letter


@cache
def _tables() -> tuple[_Letters, dict[str, str], frozenset[str]]:
    """Return the initials of characters, the phrases that differ from them, and how those phrases begin.

    Loaded at the first use: the dictionary takes a third of a second that most processes never need.
    """
    words = import_module("pypinyin.constants")
    single = _Letters(words.PINYIN_DICT)
    phrases: dict[str, str] = {}
    for phrase, readings in words.PHRASES_DICT.items():
        if len(phrase) != len(readings) or len(phrase) > 6:
            continue
        letters = "".join(unicodedata.normalize("NFD", reading[0])[:1] for reading in readings)
        plain = phrase.translate(single)
        if (
            letters != plain
            and letters.isalpha()
            and all(_may_differ(*each) for each in zip(phrase, plain, letters, strict=True))
        ):
            phrases[phrase] = letters
    phrases.update(_PHRASES)
    phrases = {phrase: letters for phrase, letters in phrases.items() if letters != phrase.translate(single)}
    return single, phrases, frozenset(phrase[:2] for phrase in phrases)


def _may_differ(character: str, plain: str, letter: str) -> bool:
    """Return whether a phrase may read this character so: it never overrules a reading that is settled for names."""
    return letter == plain or character not in _SINGLE
